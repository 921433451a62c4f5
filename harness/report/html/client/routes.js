/** Where the overview was left: scrolled so far, with the focus there. */
const left = { at: 0, focus: /** @type {Element | null} */ (null) };
const title = document.title;

/**
 * Shows what the address asks for; an address nobody knows is the overview. Names of subjects may hold slashes, and
 * not everybody who writes an address writes them as %2F.
 */
function route() {
  const [view, ...words] = location.hash.replace(/^#\/?/, "").split("/").map(decoded);
  const [id = "", ...rest] = words;
  const name = words.join("/");
  const requirement = requirementIndex.get(id);
  const subject = data.subjects[subjectIndex.get(name) ?? -1];
  if (view === "requirement" && requirement !== undefined) {
    showPage(id, requirementPage(requirement, rest.join("/")));
  } else if (view === "subject" && subject !== undefined) {
    showPage(name, subjectPage(subject));
  } else {
    setFilter(view === "filter" ? name : "");
    showOverview();
  }
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** @param {string} text */
function setFilter(text) {
  if (filterBox.value.trim() !== text) filterBox.value = text;
  applyFilter();
}

function showOverview() {
  document.title = title;
  if (!byId("overview").hidden) return;
  byId("page").hidden = true;
  byId("overview").hidden = false;
  window.scrollTo(0, left.at);
  if (left.focus instanceof HTMLElement) left.focus.focus({ preventScroll: true });
}

/**
 * @param {string} name
 * @param {HTMLElement[]} content
 */
function showPage(name, content) {
  if (!byId("overview").hidden) Object.assign(left, { at: scrollY, focus: document.activeElement });
  document.title = `${name} · ${title}`;
  const page = byId("page");
  page.replaceChildren(...content);
  page.hidden = false;
  byId("overview").hidden = true;
  window.scrollTo(0, 0);
  const current = page.querySelector("[aria-current=true]");
  const target = current?.querySelector("summary, a") ?? page.querySelector("h1");
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  current?.scrollIntoView({ block: "start" });
}

/** On paper nothing can be unfolded. */
function unfoldAll() {
  for (const details of byId("page").querySelectorAll("details")) {
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
  }
}

byId("matrix").append(filterBar(), legend(), matrixTable(), nothingFound);
addEventListener("hashchange", route);
addEventListener("keydown", onKey);
addEventListener("beforeprint", unfoldAll);
route();
