/**
 * A row of the matrix, and what the filter has to know about it.
 * @typedef {object} MatrixRow
 * @property {HTMLTableRowElement} element
 * @property {HTMLTableSectionElement} group
 * @property {string} words what the filter looks into, in lower case
 * @property {boolean} bad whether somebody has to do something about it
 * @property {boolean} differs whether subjects differ in it
 */

/** @type {MatrixRow[]} */
const matrixRows = [];

/** Whether there are too many columns for names that lie. */
const isWide = data.subjects.length > 5;

/**
 * Builds the matrix: requirements down, subjects across, a body per family. Rows are laid out apart from each other,
 * so that a browser leaves alone those out of sight; the roles say that it is a table all the same.
 */
function matrixTable() {
  const table = make(
    "table",
    { class: isWide ? "matrix many" : "matrix", role: "table" },
    make("caption", {}, "Requirements and what each implementation does about them"),
    make("thead", { role: "rowgroup" }, matrixHead()),
  );
  for (const [family, title] of Object.entries(data.families)) {
    const group = make("tbody", { role: "rowgroup" }, familyHead(family, title));
    data.requirements.forEach((requirement, index) => {
      if (requirement.family === family) group.append(matrixRow(requirement, index, group));
    });
    table.append(group);
  }
  return table;
}

function matrixHead() {
  return make(
    "tr",
    { role: "row" },
    make("th", { scope: "col", role: "columnheader", class: "requirement" }, "requirement"),
    ...data.subjects.map((subject) =>
      make(
        "th",
        { scope: "col", role: "columnheader", title: `${subject.key}: ${subject.sentence}` },
        make(
          "a",
          { href: subjectAddress(subject) },
          ...breakable(shortened(subject.key, isWide ? 30 : 60)),
        ),
      ),
    ),
  );
}

/**
 * @param {string} family
 * @param {string} title
 */
function familyHead(family, title) {
  const columns = String(data.subjects.length + 1);
  const said = title === family ? [family] : [make("b", {}, family), ` ${title}`];
  return make(
    "tr",
    { class: "family", role: "row" },
    make("th", { colspan: columns, scope: "colgroup", role: "rowheader" }, ...said),
  );
}

/**
 * @param {RequirementData} requirement
 * @param {number} index
 * @param {HTMLTableSectionElement} group
 */
function matrixRow(requirement, index, group) {
  const { id, text, basis, family } = requirement;
  const characters = data.subjects.map(({ marks }) => marks[index] ?? "n");
  const element = make(
    "tr",
    { "data-row": true, role: "row" },
    make(
      "th",
      { scope: "row", role: "rowheader" },
      make("a", { href: requirementAddress(id), tabindex: "-1" }, id),
      make("small", { title: text }, text),
    ),
    ...characters.map((character, column) => matrixCell(id, character, data.subjects[column])),
  );
  const asked = characters.filter((character) => character !== "i");
  const words = asked.map((character) => markNamed(character).word);
  const messages = data.subjects.flatMap(({ results }) =>
    (results[index] ?? []).map(({ message }) => stored(message)),
  );
  matrixRows.push({
    ...{ element, group },
    words: [id, text, basis, data.families[family] ?? "", ...new Set([...words, ...messages])]
      .join("\n")
      .toLowerCase(),
    bad: characters.some((character) => markNamed(character).bad),
    differs: new Set(asked).size > 1,
  });
  return element;
}

/**
 * @param {string} id
 * @param {string} character
 * @param {SubjectData | undefined} subject
 */
function matrixCell(id, character, subject) {
  const cell = document.createElement("td");
  cell.setAttribute("role", "cell");
  if (subject === undefined) return cell;
  const { symbol, word } = markNamed(character);
  const link = document.createElement("a");
  link.href = resultAddress(id, subject);
  link.tabIndex = -1;
  link.textContent = symbol;
  link.setAttribute("aria-label", word);
  cell.dataset["mark"] = character;
  cell.append(link);
  return cell;
}

/** What the symbols mean; only those that occur. */
function legend() {
  const used = new Set(data.subjects.flatMap(({ marks }) => [...marks]));
  const entries = Object.keys(data.marks).filter((character) => used.has(character));
  return make(
    "p",
    { class: "legend", "aria-label": "symbols" },
    ...entries.map((character) =>
      make("span", {}, symbolOf(character), ` ${markNamed(character).word}`),
    ),
  );
}
