/** A generator called as a bare statement never runs; inside a coroutine it needs `yield*`. */
export const noFloatingGenerator = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      floating: "This coroutine is created but never stepped; write `yield*` before it.",
    },
  },
  create(context) {
    const { esTreeNodeToTSNodeMap, program } = context.sourceCode.parserServices;
    const checker = program.getTypeChecker();
    return {
      "ExpressionStatement > CallExpression"(node) {
        const type = checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(node));
        if (["Generator", "AsyncGenerator"].includes(type.getSymbol()?.name ?? "")) {
          context.report({ node, messageId: "floating" });
        }
      },
    };
  },
};
