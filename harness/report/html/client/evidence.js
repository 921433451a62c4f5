/**
 * Everything known about what one test found on one subject.
 * @param {RequirementData} requirement
 * @param {SubjectData} subject
 * @param {ResultData} result
 */
function evidence(requirement, subject, result) {
  const { word } = markNamed(result.mark);
  const sentence = requirement.tests[result.test] ?? "";
  const seen = [result.message, result.seen, result.dump].map(stored).filter(Boolean).join("\n\n");
  return make(
    "div",
    { class: "evidence" },
    make(
      "h4",
      {},
      symbolOf(result.mark),
      ` ${sentence} `,
      make("small", {}, `${word} after ${result.ms} ms`),
    ),
    ...excuse(result),
    ...titled("What we saw", block(seen)),
    ...titled("What is accepted", block(stored(result.accepted))),
    ...titled("What happened", transcript(result)),
    ...titled("Repeat just this", block(repeatCommand(requirement, subject, result))),
  );
}

/**
 * What to type to see it again; nothing where there was nothing to see.
 * @param {RequirementData} requirement
 * @param {SubjectData} subject
 * @param {ResultData} result
 */
function repeatCommand({ id }, { repeat }, { mark }) {
  return markNamed(mark).bad ? `${repeat}${id}` : "";
}

/**
 * Why it was expected.
 * @param {ResultData} result
 */
function excuse({ reason, issue, mark }) {
  if (reason === undefined) return [];
  const words = mark === "s" ? "Expected to fail, and no longer does: " : "Expectations say: ";
  return [make("p", { class: "excuse" }, words, stored(reason), ...issueLink(stored(issue)))];
}

/**
 * Only an address of the web becomes a link: anything else could be a script.
 * @param {string} issue
 * @returns {(Node | string)[]}
 */
function issueLink(issue) {
  if (issue === "") return [];
  const isWeb = /^https?:\/\//i.test(issue);
  return [" (", isWeb ? make("a", { href: issue, rel: "noreferrer noopener" }, issue) : issue, ")"];
}

/**
 * The conversation, with the last thing before the verdict marked, and where another subject went on differently.
 * @param {ResultData} result
 */
function transcript({ transcript: told }) {
  if (told === undefined) return [];
  const { hidden, lines, parting } = told;
  const count = lines.length / 2;
  const items = Array.from({ length: count }, (_, line) => {
    const isLast = line === count - 1;
    const parts = parting?.line === line;
    return make(
      "li",
      { class: [isLast ? "last" : "", parts ? "parts" : ""].join(" ").trim() || undefined },
      make("time", {}, `${lines[2 * line] ?? 0} ms`),
      make(isLast || parts ? "mark" : "span", {}, stored(lines[2 * line + 1])),
      ...(parts ? [partingNote(parting)] : []),
      ...(isLast ? [make("em", {}, "◀ the last thing before the verdict")] : []),
    );
  });
  return [
    ...(hidden === 0 ? [] : [make("p", {}, `… ${counted(hidden, "line")} before`)]),
    make("ol", { class: "transcript", tabindex: "0", "aria-label": "what happened" }, ...items),
    ...(parting !== undefined && parting.line >= count
      ? [make("p", {}, partingNote(parting))]
      : []),
  ];
}

/** @param {import("../page-data").Parting} parting */
function partingNote({ from, other }) {
  const subject = data.subjects[from]?.key ?? "another subject";
  const there = other === undefined ? "its transcript ends here" : stored(other);
  return make("em", {}, `◀ here it parts from ${subject}, where: ${there}`);
}
