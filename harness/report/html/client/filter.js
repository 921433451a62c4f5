const filterBox = make("input", {
  type: "search",
  id: "filter",
  placeholder: "Filter: interrupt stated timeout …",
  "aria-label": "Filter requirements",
  "aria-controls": "matrix",
  autocomplete: "off",
  spellcheck: "false",
});
const onlyBad = make("button", { type: "button", "aria-pressed": "false" }, "only failures");
const onlyDiffering = make(
  "button",
  { type: "button", "aria-pressed": "false" },
  "only differences",
);
const filterCount = make("output", { for: "filter", "aria-live": "polite" });
const nothingFound = make("p", { class: "empty", hidden: true }, "No requirement is like that.");

/** The box above the matrix. */
function filterBar() {
  filterBox.addEventListener("input", () => {
    history.replaceState(null, "", filterAddress());
    applyFilter();
  });
  for (const button of [onlyBad, onlyDiffering]) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(!isPressed(button)));
      applyFilter();
    });
  }
  return make(
    "div",
    { class: "filter", role: "search" },
    filterBox,
    onlyBad,
    onlyDiffering,
    filterCount,
  );
}

/** @param {HTMLElement} button */
function isPressed(button) {
  return button.getAttribute("aria-pressed") === "true";
}

/** Where the overview is found again as it is filtered now. */
function filterAddress() {
  const text = filterBox.value.trim();
  return text === "" ? "#/" : `#/filter/${encodeURIComponent(text)}`;
}

/** Shows the rows that have all words of the filter, and the families that have such a row. */
function applyFilter() {
  const wanted = filterBox.value.toLowerCase().split(/\s+/).filter(Boolean);
  const [bad, differs] = [isPressed(onlyBad), isPressed(onlyDiffering)];
  const groups = new Set();
  let shown = 0;
  for (const row of matrixRows) {
    const fits =
      (row.bad || !bad) &&
      (row.differs || !differs) &&
      wanted.every((word) => row.words.includes(word));
    if (row.element.hidden === fits) row.element.hidden = !fits;
    if (!fits) continue;
    shown += 1;
    groups.add(row.group);
  }
  for (const { group } of matrixRows) {
    if (group.hidden === groups.has(group)) group.hidden = !groups.has(group);
  }
  const all = counted(matrixRows.length, "requirement");
  filterCount.textContent = shown === matrixRows.length ? all : `${shown} of ${all}`;
  nothingFound.hidden = shown > 0;
}
