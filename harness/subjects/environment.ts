import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { isProgram } from "../adapters/python/shims";
import { subjectsFolder, type SubjectFile } from "./subject-file";

/** What was installed for a subject. */
export interface Environment {
  readonly folder: string;
  /** The interpreter to start; absent for subjects without one. */
  readonly python?: string;
}

/** Where the environment of a subject belongs. Whoever asks for the same gets the same; what asks for more, a new one. */
export function folderFor({ install }: SubjectFile, cache: string): string {
  const digest = createHash("sha256").update(JSON.stringify(install)).digest("hex").slice(0, 8);
  const first = install.pip?.[0] ?? install.npm?.[0] ?? install.implementation ?? "cpython";
  const word = first.replace(/(?<=.)[=<>@[;].*$/, "").replace(/[^\w.-]+/g, "-");
  return join(cache, "env", `${word}-${digest}`);
}

const marker = "installed.json";

/** Says that an environment is complete. */
export function markInstalled({ folder, python }: Environment): void {
  writeFileSync(join(folder, marker), `${JSON.stringify({ python })}\n`);
}

/** The environment of a subject, when it was installed to the end and its interpreter is still there. */
export function installedEnvironment(file: SubjectFile, cache: string): Environment | undefined {
  const folder = folderFor(file, cache);
  if (!existsSync(join(folder, marker))) return undefined;
  const { python } = JSON.parse(readFileSync(join(folder, marker), "utf8")) as Environment;
  if (python === undefined) return { folder };
  return isProgram(python) ? { folder, python } : undefined;
}

/** The subject string and the variables of a subject, with everything in its place. */
export function filledIn(
  { subject, env }: SubjectFile,
  { folder, python = "" }: Environment,
): { readonly subject: string; readonly env: Readonly<Record<string, string>> } {
  const values: Readonly<Record<string, string>> = {
    python,
    env: folder,
    glue: join(subjectsFolder(), "glue"),
  };
  const fill = (text: string, encode = (value: string) => value): string =>
    text.replace(/\{(python|env|glue)\}/g, (_, name: string) => encode(values[name] ?? ""));
  const [before = "", ...query] = subject.split("?");
  // After the question mark everything is read as in a URL.
  return {
    subject: [fill(before), ...query.map((text) => fill(text, inQuery))].join("?"),
    env: Object.fromEntries(Object.entries(env ?? {}).map(([key, text]) => [key, fill(text)])),
  };
}

const inQuery = (path: string): string =>
  pathToFileURL(path).pathname.replaceAll("+", "%2B").replaceAll("&", "%26");
