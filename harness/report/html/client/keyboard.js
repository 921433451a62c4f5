/** The steps that keys take: down and right. */
const steps = /** @type {Record<string, [number, number]>} */ ({
  ...{ j: [1, 0], k: [-1, 0], h: [0, -1], l: [0, 1] },
  ...{ ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] },
});

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === filterBox) {
    onKeyInFilter(event);
    return;
  }
  const step = steps[event.key];
  if (event.key === "/") {
    event.preventDefault();
    openFilter();
  } else if (event.key === "Escape") {
    goBack();
  } else if (step !== undefined && (event.key.length === 1 || focusedRow() !== null)) {
    // Arrows scroll, as everywhere, until somebody moves among rows.
    event.preventDefault();
    move(...step);
  }
}

/** @param {KeyboardEvent} event */
function onKeyInFilter(event) {
  if (event.key === "Escape" && filterBox.value !== "") {
    event.preventDefault();
    setFilter("");
    history.replaceState(null, "", filterAddress());
  } else if (event.key === "Escape") {
    filterBox.blur();
  } else if (event.key === "ArrowDown" || event.key === "Enter") {
    event.preventDefault();
    linksOf(visibleRows(byId("matrix"))[0])[0]?.focus();
  }
}

function openFilter() {
  if (byId("overview").hidden) location.hash = filterAddress();
  showOverview();
  filterBox.focus();
  filterBox.select();
}

/** From a page to the overview; in the overview, out of the matrix. */
function goBack() {
  if (byId("overview").hidden) location.hash = filterAddress();
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** @param {number} down @param {number} right */
function move(down, right) {
  const view = byId("overview").hidden ? byId("page") : byId("overview");
  const rows = visibleRows(view);
  const row = focusedRow();
  if (row === null) {
    linksOf(rows[0])[0]?.focus();
    return;
  }
  const column = linksOf(row).findIndex((link) => link === document.activeElement);
  const next = rows[within(rows.indexOf(row) + down, rows.length)];
  const links = linksOf(next);
  links[within(column + right, links.length)]?.focus();
}

/** @param {number} index @param {number} length */
function within(index, length) {
  return Math.max(0, Math.min(index, length - 1));
}

/** @returns {HTMLElement | null} */
function focusedRow() {
  return document.activeElement?.closest("[data-row]") ?? null;
}

/**
 * @param {HTMLElement} view
 * @returns {HTMLElement[]}
 */
function visibleRows(view) {
  return [...view.querySelectorAll("[data-row]:not([hidden])")].filter(
    (row) => row instanceof HTMLElement,
  );
}

/**
 * @param {HTMLElement | undefined} row
 * @returns {HTMLElement[]}
 */
function linksOf(row) {
  return [...(row?.querySelectorAll("a, summary") ?? [])].filter(
    (link) => link instanceof HTMLElement,
  );
}
