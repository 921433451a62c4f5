const modules: Readonly<Record<string, readonly string[]>> = {
  "node:child_process": ["spawn"],
  "node:module": ["createRequire"],
  "node:url": ["fileURLToPath"],
  "node:util": ["inspect"],
  "node:v8": ["setFlagsFromString"],
  "node:vm": ["runInNewContext"],
  "node:worker_threads": [
    "isMainThread",
    "MessageChannel",
    "receiveMessageOnPort",
    "Worker",
    "workerData",
  ],
};

/** Names a program may import. */
export const imports = Object.values(modules).flat();

/** Imports of what the lines use; a module of TypeScript needs more. */
export function importLines(lines: readonly string[], module: string): readonly string[] {
  const source = [...lines, ...(module.endsWith(".ts") ? ["createRequire("] : [])].join("\n");
  return Object.entries(modules).flatMap(([from, names]) => {
    const used = names.filter((name) => new RegExp(`(?<![\\w.])${name}(?![\\w"':])`).test(source));
    return used.length === 0 ? [] : [`import { ${used.join(", ")} } from "${from}";`];
  });
}
