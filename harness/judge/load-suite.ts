import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";

import { familyNames, requirements } from "../../spec/catalogue";
import { declaredTests, type ConformanceTest } from "./suite";

/** Where the suite stands, beside the harness: the harness never imports it, it loads what it finds. */
const folder = join(__dirname, "../../conformance");

/** Loads every file of the suite and gives its tests in the order of the catalogue, slow ones only where asked for. */
export function loadSuite({ slow = false } = {}): readonly ConformanceTest[] {
  const load = createRequire(__filename);
  for (const file of suiteFiles().sort()) load(join(folder, file));
  return inOrder(declaredTests().filter(({ takes }) => slow || takes === undefined));
}

/** A file for each family; one that is too long for a file is a folder of that name. */
const suiteFiles = (): string[] =>
  ["", ...familyNames]
    .filter((name) => existsSync(join(folder, name)))
    .flatMap((name) => readdirSync(join(folder, name)).map((file) => join(name, file)))
    .filter(isSuiteFile);

/** Compiled under `dist`, as they are under ts-node. */
const isSuiteFile = (name: string): boolean =>
  extname(name) === extname(__filename) && !/\.(test|d)\.\w+$/.test(name);

/** Sorted by requirement; tests of one requirement keep the order of their declaration. */
function inOrder(tests: readonly ConformanceTest[]): readonly ConformanceTest[] {
  const rank = new Map(requirements.map(({ id }, index) => [id, index]));
  const rankOf = (test: ConformanceTest) => rank.get(test.requirement.id) ?? rank.size;
  return [...tests].sort((a, b) => rankOf(a) - rankOf(b));
}
