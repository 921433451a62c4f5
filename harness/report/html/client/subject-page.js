/**
 * All about a subject.
 * @param {SubjectData} subject
 * @returns {HTMLElement[]}
 */
function subjectPage(subject) {
  const { key, about, sentence, facts } = subject;
  return [
    make(
      "nav",
      { "aria-label": "overview" },
      make("a", { href: filterAddress() }, "↑ all implementations"),
    ),
    make("p", { class: "family" }, about),
    make("h1", { tabindex: "-1" }, key),
    make("p", { class: "text" }, sentence),
    ...failureToJudge(subject),
    ...Object.keys(data.marks)
      .filter((character) => character !== "p" && character !== "i")
      .flatMap((character) => requirementsWith(character, subject)),
    make("h2", {}, "How it was judged"),
    factList(facts),
  ];
}

/** @param {SubjectData} subject */
function failureToJudge({ error }) {
  if (error === undefined) return [];
  return [
    make("h2", {}, `It could not be judged to the end: ${error.code}`),
    ...block(error.message),
    ...titled("The end of what it wrote on stderr", block(error.stderr.trim())),
  ];
}

/**
 * @param {string} character
 * @param {SubjectData} subject
 */
function requirementsWith(character, subject) {
  const items = data.requirements.flatMap(({ id, text }, index) => {
    if (subject.marks[index] !== character) return [];
    const message = stored(subject.results[index]?.[0]?.message).split("\n")[0] ?? "";
    return [
      make(
        "li",
        { "data-row": true },
        make("a", { href: resultAddress(id, subject) }, id),
        make("small", {}, ` ${message || text}`),
      ),
    ];
  });
  if (items.length === 0) return [];
  const { word } = markNamed(character);
  return [
    make(
      "h2",
      {},
      symbolOf(character),
      ` ${word} `,
      make("small", {}, counted(items.length, "requirement")),
    ),
    make("ul", { class: "subjects" }, ...items),
  ];
}
