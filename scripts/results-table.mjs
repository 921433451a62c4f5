// results-table.mjs INTERRUPTS RESULTS…: what `subjects run --json` and `bench:interrupt` wrote, as one table in Markdown.
// Of a subject with several results the last one counts.
import { readFileSync } from "node:fs";

const [interrupts, ...files] = process.argv.slice(2);

const latencies = new Map(
  readFileSync(interrupts, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(/ {2,}/))
    .map(([name, reached]) => [name, reached]),
);

const subjects = new Map(
  files
    .flatMap((file) => JSON.parse(readFileSync(file, "utf8")).subjects)
    .map((subject) => [subject.subject, subject]),
);

const score = ({ passed, of }) =>
  passed === of && of > 0 ? `**${passed}/${of}**` : `${passed}/${of}`;

const described = ({ identity, subject }) => {
  if (identity === null) return subject;
  const own = `${identity.name} ${identity.version === "unknown" ? "" : identity.version}`.trim();
  return own === identity.language ? own : `${own} on ${identity.language}`;
};

const outcomes = (requirements) => {
  const count = (outcome) => requirements.filter((it) => it.outcome === outcome).length;
  return [count("timeout"), count("crash")];
};

const row = (subject) => {
  const { statement, error, requirements } = subject;
  const [hangs, crashes] = outcomes(requirements);
  return [
    `\`${subject.subject}\``,
    described(subject),
    subject.edition ?? "",
    statement === null ? (error?.code ?? "not judged") : score(statement.conformant),
    statement === null ? "" : score(statement.compatible),
    statement?.unsupported.length ?? "",
    hangs || "",
    crashes || "",
    latencies.get(subject.subject) ?? "",
  ];
};

const header = [
  ...["subject", "implementation", "edition", "conformant", "CPython-compatible"],
  ...["unsupported", "hangs", "crashes", "first Ctrl-C reaches main after"],
];
const rows = [...subjects.values()]
  .sort((a, b) => a.subject.localeCompare(b.subject, undefined, { numeric: true }))
  .map(row);
for (const cells of [header, header.map(() => "---"), ...rows]) {
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
}
