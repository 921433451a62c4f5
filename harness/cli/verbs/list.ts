import { familyNames, requirements } from "../../../spec/catalogue";
import { editionsOf, familyTitle } from "../../../spec/requirement";
import { loadSuite } from "../../judge/load-suite";
import type { ConformanceTest } from "../../judge/suite";
import { count } from "../../report/describe";
import { table } from "../../report/layout";
import { exitCodes, type ExitCode } from "../exit-codes";
import { lazily } from "../lazily";
import type { Output } from "../output";
import { discoveredSubjects } from "../subjects/resolve";

/** What to list; nothing chosen means everything. */
export interface ListOptions {
  readonly subjects?: boolean;
  readonly requirements?: boolean;
  readonly tests?: boolean;
  readonly json?: boolean;
}

/** Prints what there is to judge and to be judged by. */
export async function list(options: ListOptions, output: Output): Promise<ExitCode> {
  const everything = ![options.subjects, options.requirements, options.tests].includes(true);
  const suite = loadSuite({ slow: true });
  const inventory = {
    ...(everything || options.subjects === true ? { subjects: await subjects(output) } : {}),
    ...(everything || options.requirements === true
      ? { requirements: listedRequirements(suite) }
      : {}),
    ...(everything || options.tests === true ? { tests: suite.map(({ title }) => title) } : {}),
  };
  output.print(options.json ? JSON.stringify(inventory, undefined, 1) : text(inventory));
  return exitCodes.asExpected;
}

interface Inventory {
  readonly subjects?: readonly { readonly name: string; readonly origin: string }[];
  readonly requirements?: ReturnType<typeof listedRequirements>;
  readonly tests?: readonly string[];
}

async function subjects(output: Output): Promise<NonNullable<Inventory["subjects"]>> {
  const { configPath, configuredSubjects } = lazily.config();
  const path = configPath(process.cwd());
  const configured = path === undefined ? [] : configuredSubjects(path);
  return [
    ...(await discoveredSubjects(output)).map(({ name, command }) => ({
      name,
      origin: command.command,
    })),
    ...configured.map(({ name }) => ({ name, origin: path ?? "" })),
  ];
}

const listedRequirements = (suite: readonly ConformanceTest[]) =>
  requirements.map((requirement) => ({
    id: requirement.id,
    family: requirement.family,
    basis: requirement.basis,
    editions: editionsOf(requirement),
    text: requirement.text,
    tests: suite.filter((test) => test.requirement === requirement).length,
  }));

function text({ subjects = [], requirements: listed = [], tests = [] }: Inventory): string {
  const families = familyNames.flatMap((family) => [
    `${family}: ${familyTitle(family)}`,
    ...table(
      listed
        .filter((requirement) => requirement.family === family)
        .map(({ id, basis, editions, tests: number }) => [
          `  ${id}`,
          basis,
          `${editions[0] ?? ""} to ${editions.at(-1) ?? ""}`,
          count(number, "test"),
        ]),
    ),
  ]);
  const parts = [
    subjects.length === 0
      ? []
      : ["Subjects", ...table(subjects.map(({ name, origin }) => [`  ${name}`, origin]))],
    listed.length === 0 ? [] : [`Requirements (${listed.length})`, ...families],
    tests.length === 0 ? [] : [`Tests (${tests.length})`, ...tests.map((title) => `  ${title}`)],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}
