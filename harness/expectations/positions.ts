import { isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from "yaml";

/** The line, counted from 1, on which the key or item at a path stands; of what is missing, that of its parent. */
export function lineAt(
  document: Document.Parsed,
  lines: LineCounter,
  path: readonly PropertyKey[],
): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const step of path) {
    const [key, value] = childAt(node, step);
    offset = offsetOf(key) ?? offset;
    node = value;
  }
  return Math.max(1, lines.linePos(offset).line);
}

function childAt(node: unknown, step: PropertyKey): readonly [key: unknown, value: unknown] {
  if (isSeq(node)) return [node.items[Number(step)], node.items[Number(step)]];
  if (!isMap(node)) return [undefined, undefined];
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  return [pair?.key, pair?.value];
}

const offsetOf = (node: unknown): number | undefined => (node as Node | undefined)?.range?.[0];
