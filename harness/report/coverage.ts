import { editions, newestEdition, type Edition } from "../../spec/editions";
import { applies, basisIn, familyTitle, type Requirement } from "../../spec/requirement";
import { count } from "./describe";

/** What is known about the suite and about those it was tried on. */
export interface Coverage {
  /** In the order of the catalogue. */
  readonly requirements: readonly Requirement[];
  /** How many tests a requirement has, by id; absent means none. */
  readonly tests: ReadonlyMap<string, number>;
  /** How many faults its tests have found out, by id; absent means none. */
  readonly kills: ReadonlyMap<string, number>;
  readonly columns: readonly Column[];
}

/** What one implementation did, in one or more editions. */
export interface Column {
  /** Name and version: what makes the same column on another machine. */
  readonly name: string;
  /** By id of the requirement; absent means that it was not asked for. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** One row per edition, without the name. */
  readonly runs: readonly (readonly string[])[];
}

/** A verdict in one character. */
export type Mark = "✓" | "✗" | "?" | "–";

/** The column of the runner that comes with this package. */
export const referenceColumn = "reference";

/** The head of the table of runs. */
export const runsHead = [
  "subject",
  "edition",
  "conformant",
  "CPython-compatible",
  "failed",
  "unsupported",
] as const;

/** The columns of a family's table before those of the subjects. */
export const factsHead = ["requirement", "basis", "editions", "tests", "kills"] as const;

/** How a column is called where many stand side by side. */
export const shortName = (name: string): string => name.replace(/^CPython /, "");

/** The report as Markdown: the same facts give the same bytes, and one requirement is one line. */
export function coverageReport(coverage: Coverage): string {
  const columns = [...coverage.columns].sort(referenceFirst);
  const parts = [
    "# Coverage",
    "Written by `npm run coverage-report` from real runs; not to be edited. One requirement is one line.",
    ...attention({ ...coverage, columns }),
    "## Subjects",
    table(
      runsHead,
      columns.flatMap(({ name, runs }) => [...runs].sort(byEdition).map((run) => [name, ...run])),
    ),
    "## Totals",
    "How many requirements each edition has, by why they bind, and how many of them lack what.",
    totals(coverage),
    "## Requirements",
    legend,
    ...familyTables({ ...coverage, columns }),
    "## Untestable",
    "Asked for by the chapter or shown by CPython, but no test can decide them. They count nowhere.",
    listOf(coverage.requirements.filter(isUntestable), ({ untestable }) => untestable),
    ...retiredPart(coverage.requirements.filter(({ retired }) => retired !== undefined)),
  ];
  return `${parts.join("\n\n")}\n`;
}

const legend = [
  "✓ holds · ✗ does not hold · ? needs what the subject does not claim · – not asked of that edition.",
  "Bare version numbers are those of CPython, each judged by its own edition; the reference is judged by every edition.",
  "_Kills_ counts the implementations, wrong in just this way, that the tests of the requirement have found out.",
].join("\n");

function attention({ requirements, tests, kills, columns }: Coverage): readonly string[] {
  const testable = requirements.filter(isTestable);
  const uncovered = testable.filter(({ id }) => !tests.has(id));
  const unproven = testable.filter(({ id }) => tests.has(id) && !kills.has(id));
  const marked = (where: readonly Column[], mark: Mark) =>
    testable.filter(({ id }) => where.some(({ marks }) => marks.get(id) === mark));
  const [own, others] = [columns.filter(isReference), columns.filter((it) => !isReference(it))];
  return [
    "## Needs attention",
    ...section("Uncovered: no test decides it", uncovered),
    ...section("Unproven: no fault has made its tests fail", unproven),
    ...section("The reference does not do it", marked(own, "✗")),
    ...section("The reference does not claim what it needs", marked(own, "?")),
    ...section("A real implementation does not do it", marked(others, "✗"), ({ id, note }) =>
      [
        others
          .filter(({ marks }) => marks.get(id) === "✗")
          .map(({ name }) => name)
          .join(", "),
        note ?? "**No note explains it.**",
      ].join(". "),
    ),
  ];
}

function section(
  title: string,
  found: readonly Requirement[],
  about?: (requirement: Requirement) => string,
): readonly string[] {
  const binding = found.filter(({ basis }) => basis !== "observed");
  const rest = found.filter(({ basis }) => basis === "observed");
  return [`### ${title} (${found.length})`, listOf([...binding, ...rest], about)];
}

function listOf(
  found: readonly Requirement[],
  about: (requirement: Requirement) => string | undefined = () => undefined,
): string {
  if (found.length === 0) return "None.";
  const line = (requirement: Requirement) =>
    `- ${linked(requirement)} (${basisOf(requirement)}, ${editionsOf(requirement)})`;
  return found
    .map((requirement) => {
      const more = about(requirement);
      return more === undefined ? line(requirement) : `${line(requirement)}: ${more}`;
    })
    .join("\n");
}

function totals({ requirements, tests, kills }: Coverage): string {
  const asked = requirements.filter(({ retired }) => retired === undefined);
  const row = (name: string, of: readonly Requirement[], edition: Edition) => {
    const testable = of.filter(isTestable);
    const bound = (basis: string) => of.filter((it) => basisIn(it, edition) === basis).length;
    return [
      name,
      ...["stated", "implied", "observed"].map(bound),
      of.length,
      of.length - testable.length,
      testable.filter(({ id }) => !tests.has(id)).length,
      testable.filter(({ id }) => tests.has(id) && !kills.has(id)).length,
    ].map(String);
  };
  return table(
    ["edition", "stated", "implied", "observed", "all", "untestable", "uncovered", "unproven"],
    [
      ...editions.map((edition) =>
        row(
          edition,
          asked.filter((it) => applies(it, edition)),
          edition,
        ),
      ),
      row("any", asked, newestEdition),
    ],
  );
}

function familyTables({ requirements, tests, kills, columns }: Coverage): readonly string[] {
  const families = [...new Set(requirements.map(({ family }) => family))];
  return families.flatMap((name) => {
    const own = requirements.filter((it) => it.family === name && isTestable(it));
    if (own.length === 0) return [];
    const rows = own.map((requirement) => [
      linked(requirement),
      basisOf(requirement),
      editionsOf(requirement),
      String(tests.get(requirement.id) ?? 0),
      String(kills.get(requirement.id) ?? 0),
      ...columns.map(({ marks }) => marks.get(requirement.id) ?? "–"),
    ]);
    const all = own.map(({ id }) => tests.get(id) ?? 0).reduce((sum, some) => sum + some, 0);
    return [
      `### ${familyTitle(name)}`,
      `\`${name}\`: ${count(own.length, "requirement")}, ${count(all, "test")}.`,
      table([...factsHead, ...columns.map((column) => shortName(column.name))], rows),
    ];
  });
}

const retiredPart = (retired: readonly Requirement[]): readonly string[] =>
  retired.length === 0 ? [] : ["## Retired", listOf(retired, (it) => it.retired)];

/** Not padded: else one long word would change every line. */
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const linked = ({ id, family }: Requirement): string => `[${id}](spec/families/${family}.ts)`;

const basisOf = ({ basis, observedBefore }: Requirement): string =>
  observedBefore === undefined ? basis : `${basis}, observed before ${observedBefore}`;

const editionsOf = ({ since, until }: Requirement): string => {
  if (until === undefined) return `${since} on`;
  return since === until ? since : `${since} to ${until}`;
};

const isUntestable = ({ untestable, retired }: Requirement): boolean =>
  untestable !== undefined && retired === undefined;

const isTestable = ({ untestable, retired }: Requirement): boolean =>
  untestable === undefined && retired === undefined;

const isReference = ({ name }: Column): boolean => name === referenceColumn;

const byEdition = ([a]: readonly string[], [b]: readonly string[]): number =>
  editions.findIndex((edition) => edition === a) - editions.findIndex((edition) => edition === b);

const referenceFirst = (a: Column, b: Column): number =>
  Number(isReference(b)) - Number(isReference(a)) ||
  a.name.localeCompare(b.name, "en", { numeric: true });
