/** @typedef {import("../page-data").PageData} PageData */
/** @typedef {import("../page-data").RequirementData} RequirementData */
/** @typedef {import("../page-data").SubjectData} SubjectData */
/** @typedef {import("../page-data").ResultData} ResultData */

/** @type {PageData} */
const data = JSON.parse(byId("data").textContent ?? "");

const requirementIndex = new Map(data.requirements.map(({ id }, index) => [id, index]));
const subjectIndex = new Map(data.subjects.map(({ key }, index) => [key, index]));

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`expected an element ${id}, got none`);
  return found;
}

/**
 * What a subject comes to for a requirement.
 * @param {SubjectData} subject
 * @param {number} requirement
 */
function markAt(subject, requirement) {
  return markNamed(subject.marks[requirement] ?? "n");
}

/** @param {string} character */
function markNamed(character) {
  return data.marks[character] ?? { symbol: character, word: "unknown", bad: true };
}

/**
 * A stored text.
 * @param {number | undefined} index
 */
function stored(index) {
  return index === undefined ? "" : (data.texts[index] ?? "");
}

/** @param {string} id */
function requirementAddress(id) {
  return `#/requirement/${encodeURIComponent(id)}`;
}

/**
 * @param {string} id
 * @param {SubjectData} subject
 */
function resultAddress(id, subject) {
  return `${requirementAddress(id)}/${encodeURIComponent(subject.key)}`;
}

/** @param {SubjectData} subject */
function subjectAddress(subject) {
  return `#/subject/${encodeURIComponent(subject.key)}`;
}
