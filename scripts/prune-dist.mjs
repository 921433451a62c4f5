// tsc never removes what it once wrote. A suite file that was renamed would be judged twice, so outputs without a
// source are removed after each build.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

for (const entry of readdirSync(join(root, "dist"), { recursive: true })) {
  const source = entry.replace(/(\.d\.ts|\.js|\.js\.map)$/, ".ts");
  if (source !== entry && !existsSync(join(root, source))) rmSync(join(root, "dist", entry));
}
