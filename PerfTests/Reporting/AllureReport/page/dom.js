// Builds elements without parsing HTML, so text from a result stays text.

/** Elements whose text may have places where a long name can continue on the next line. */
const WRAPPED = new Set(["a", "code", "dd", "h3", "li", "p", "span", "strong", "td", "th"]);

/** Places where a name in a sentence can continue on the next line: after `_` and `/`, as in `lookup_arithmetic_time/arena`. */
const BREAKS = /(?<=\w{2}[_/])(?=\w{2})/;

/** The same places in a name that stands alone, and after its dots and before its capitals, as in `ArenaHeap.TryAllocate`. */
const BREAKS_OF_NAME = new RegExp(`${BREAKS.source}|(?<=[a-z]{2}\\.)(?=[A-Za-z]{2})|(?<=[a-z]{2})(?=[A-Z][a-z])`);

/** Returns the parts of a text with places to break between them, so that a narrow cell does not break a name within a word. */
const wrappable = (text) => text.split(/\s/.test(text) ? BREAKS : BREAKS_OF_NAME).flatMap((part, index) => (index > 0 ? [document.createElement("wbr"), part] : part));

/** Returns an element with properties, attributes (`aria-…`, `data-…`, `role`, …) and children. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }

    if (name === "class") {
      node.className = value;
    } else if (typeof value === "function") {
      node.addEventListener(name, value);
    } else {
      node.setAttribute(name, value === true ? "" : value);
    }
  }

  const shown = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
  node.append(...shown.flatMap((child) => (typeof child === "string" && WRAPPED.has(tag) ? wrappable(child) : child)));
  return node;
}

const isNarrow = () => window.matchMedia("(max-width: 640px)").matches;

/**
 * Returns a section with a heading and an anchor; nothing if there is no content. A section with a `summary` is a detail: it is closed
 * at first, on a phone or everywhere.
 */
export function section({ id, heading, introduction, summary, isClosed = false }, ...children) {
  const content = children.flat(Infinity).filter(Boolean);
  if (content.length === 0) {
    return null;
  }

  const body = [introduction ? el("p", { class: "introduction" }, introduction) : null, content];
  return el("section", { id, "aria-labelledby": `${id}-heading` },
    el("h2", { id: `${id}-heading` }, heading),
    summary ? el("details", { class: "body", open: !(isClosed || isNarrow()) }, el("summary", {}, summary), body) : body);
}

/** Returns a table whose first column holds the headings of the rows. */
export function table(caption, headings, rows, more = {}) {
  const numeric = new Set(more.numeric ?? headings.keys());
  const cell = (content, column) => el(column === 0 ? "th" : "td", { scope: column === 0 ? "row" : null, role: column === 0 ? "rowheader" : "cell", "data-label": column > 0 ? headings[column] : null, class: column > 0 && numeric.has(column) ? "number" : null }, [content].flat().filter((one) => one !== null));

  // In a narrow window, CSS stacks the cells of the widest tables. Table elements then lose roles that are not set explicitly.
  return el("div", { class: more.isStacked ? "scroll stacked" : "scroll", tabindex: "0", role: "region", "aria-label": more.label ?? caption },
    el("table", { role: "table" },
      el("caption", { class: more.showCaption ? null : "hidden" }, caption),
      el("thead", {}, el("tr", {}, headings.map((heading, column) => el("th", { scope: "col", class: column > 0 && numeric.has(column) ? "number" : null }, heading)))),
      el("tbody", {}, rows.map((row) => el("tr", { class: row.class, role: "row" }, (row.cells ?? row).map(cell))))));
}

/** Scrolls to the section of a link. The address stays unchanged, because the report around the page uses it. */
export function jump(event) {
  const target = document.querySelector(event.currentTarget.getAttribute("href"));
  event.preventDefault();
  target.querySelector(":scope > details.body")?.setAttribute("open", "");
  target.tabIndex = -1;
  target.scrollIntoView();
  target.focus({ preventScroll: true });
}
