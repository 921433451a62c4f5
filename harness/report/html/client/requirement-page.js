/**
 * All about a requirement; the subject that was asked for is unfolded.
 * @param {number} index
 * @param {string | undefined} wanted
 * @returns {HTMLElement[]}
 */
function requirementPage(index, wanted) {
  const requirement = /** @type {RequirementData} */ (data.requirements[index]);
  const { id, text, family, hint, facts, tests } = requirement;
  return [
    make("nav", { "aria-label": "requirements" }, ...neighbours(index)),
    make("p", { class: "family" }, data.families[family] ?? family),
    make("h1", { tabindex: "-1" }, id),
    make("p", { class: "text" }, text),
    factList(facts),
    make("p", { class: "hint" }, make("b", {}, "Hint "), hint),
    ...titled(tests.length === 1 ? "Test" : "Tests", [
      ...(tests.length === 0
        ? []
        : [make("ul", { class: "tests" }, ...tests.map((it) => make("li", {}, it)))]),
    ]),
    make("h2", {}, "What implementations do"),
    ...outcomeSections(requirement, index, wanted),
  ];
}

/**
 * The way back, and to the requirements before and after; from a failing one also to the next that fails.
 * @param {number} index
 */
function neighbours(index) {
  const failing = data.requirements.findIndex(
    (_, at) => at > index && data.subjects.some((subject) => markAt(subject, at).bad),
  );
  /** @type {[string, number][]} */
  const steps = [
    ["← before", index - 1],
    ["after →", index + 1],
    ["next failure ⇥", failing],
  ];
  return [
    make("a", { href: filterAddress() }, "↑ all requirements"),
    ...steps.flatMap(([words, at]) => {
      const id = at < 0 ? undefined : data.requirements[at]?.id;
      return id === undefined
        ? []
        : [make("a", { href: requirementAddress(id), title: id }, words)];
    }),
  ];
}

/**
 * Subjects by what they came to, those first that somebody has to do something about.
 * @param {RequirementData} requirement
 * @param {number} index
 * @param {string | undefined} wanted
 */
function outcomeSections(requirement, index, wanted) {
  return Object.entries(data.marks)
    .map(([character, { word, bad }]) => ({
      ...{ character, word, bad },
      subjects: data.subjects.filter(({ marks }) => marks[index] === character),
    }))
    .filter(({ subjects }) => subjects.length > 0)
    .sort((a, b) => Number(b.bad) - Number(a.bad))
    .map(({ character, word, subjects }) =>
      make(
        "section",
        { class: "outcome" },
        make(
          "h3",
          {},
          symbolOf(character),
          ` ${word} `,
          make("small", {}, counted(subjects.length, "subject")),
        ),
        make(
          "ul",
          { class: "subjects" },
          ...subjects.map((subject) => subjectItem(requirement, index, subject, wanted)),
        ),
      ),
    );
}

/**
 * @param {RequirementData} requirement
 * @param {number} index
 * @param {SubjectData} subject
 * @param {string | undefined} wanted
 */
function subjectItem(requirement, index, subject, wanted) {
  const results = subject.results[index] ?? [];
  const isWanted = subject.key === wanted;
  const current = isWanted ? "true" : undefined;
  if (results.length === 0) {
    return make(
      "li",
      { "data-row": true, "aria-current": current },
      make("a", { href: subjectAddress(subject) }, subject.key),
    );
  }
  const summary = make(
    "summary",
    {},
    make("b", {}, subject.key),
    make("small", {}, ` ${stored(results[0]?.message).split("\n")[0] ?? ""}`),
  );
  const details = make("details", { open: isWanted }, summary);
  const fill = () => {
    if (details.childElementCount > 1) return;
    details.append(...results.map((result) => evidence(requirement, subject, result)));
    details.append(
      make("p", {}, make("a", { href: subjectAddress(subject) }, `All about ${subject.key}`)),
    );
  };
  details.addEventListener("toggle", fill);
  if (isWanted) fill();
  return make("li", { "data-row": true, "aria-current": current }, details);
}
