/**
 * Makes an element. Texts become text nodes, never markup: what subjects say is not to be trusted.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | undefined>} attributes true stands for an attribute without a value
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/**
 * The symbol of a mark, with its word for those who do not see it.
 * @param {string} character
 */
function symbolOf(character) {
  const { symbol, word } = markNamed(character);
  return make(
    "span",
    { class: "mark", "data-mark": character, role: "img", "aria-label": word },
    symbol,
  );
}

/**
 * Names and what they stand for.
 * @param {readonly (readonly [string, string])[]} facts
 */
function factList(facts) {
  return make(
    "dl",
    {},
    ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]),
  );
}

/**
 * A title with something below it; nothing when there is nothing.
 * @param {string} title
 * @param {readonly (Node | string)[]} children
 * @returns {HTMLElement[]}
 */
function titled(title, children) {
  return children.length === 0 ? [] : [make("section", {}, make("h3", {}, title), ...children)];
}

/**
 * @param {string} text
 * @returns {HTMLElement[]}
 */
function block(text) {
  return text === "" ? [] : [make("pre", { tabindex: "0" }, text)];
}

/**
 * @param {number} number
 * @param {string} one
 */
function counted(number, one) {
  return `${number} ${number === 1 ? one : `${one}s`}`;
}

/**
 * A name that may be broken where its parts end.
 * @param {string} name
 * @returns {(Node | string)[]}
 */
function breakable(name) {
  return name.split(/(?<=[:?&/])/).flatMap((part) => [part, make("wbr", {})]);
}

/**
 * A name short enough for the head of a column: names tend to differ in their ends.
 * @param {string} name
 * @param {number} room
 */
function shortened(name, room) {
  if (name.length <= room) return name;
  const start = Math.floor(room / 3);
  return `${name.slice(0, start)}…${name.slice(start + 1 - room)}`;
}
