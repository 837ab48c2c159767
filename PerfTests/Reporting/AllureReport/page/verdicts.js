// The table of all rows: searched, sorted, filtered by verdict, and grouped by operation. Rows that passed are hidden at first.
import { el } from "./dom.js";
import { valueText } from "./format.js";
import { groupTitle } from "./pairs.js";
import { badge, changeText, earlierMark, limitText, messageOf, plural, rowName, sourceText, testLink, variant, VERDICTS, verdictOf } from "./words.js";

const HEADINGS = ["Operation", "Baseline", "Measured", "Change", "Limit", "Verdict"];
const BY_OPERATION = "operation";

/** Orders of the table; a row without a change comes last. */
const ORDERS = {
  [BY_OPERATION]: { text: "operation", compare: null },
  worst: { text: "change, worst first", compare: (one, other) => (other.worsePercent ?? -Infinity) - (one.worsePercent ?? -Infinity) },
  best: { text: "change, best first", compare: (one, other) => (one.worsePercent ?? Infinity) - (other.worsePercent ?? Infinity) },
  verdict: { text: "verdict, gravest first", compare: (one, other) => verdictOf(one).rank - verdictOf(other).rank },
};

const NO_VALUE = "–";

const cell = (content, column) => el("td", { role: "cell", "data-label": HEADINGS[column], class: content === NO_VALUE ? "number empty" : column < 5 ? "number" : null }, content);

function rowElement(row, name) {
  const like = Math.max(Math.abs(row.base ?? row.value), Math.abs(row.value));
  const source = sourceText(row);
  return el("tr", { class: verdictOf(row).tone, role: "row" },
    el("th", { scope: "row", role: "rowheader" }, testLink(row, name),
      row.verdict === "passed" ? null : el("span", { class: "message" }, messageOf(row)), earlierMark(row)),
    cell(Number.isFinite(row.base) ? el("div", {}, valueText(row.base, row.unit, like), source ? el("span", { class: "message" }, source) : null) : NO_VALUE, 1),
    cell(valueText(row.value, row.unit, like), 2),
    cell(changeText(row), 3),
    cell(limitText(row), 4),
    cell(badge(row), 5));
}

const groupElement = (text, count) => el("tr", { class: "group", role: "row" },
  el("th", { scope: "rowgroup", role: "rowheader", colspan: HEADINGS.length }, text, count > 1 ? el("span", { class: "count" }, ` (${count} rows)`) : null));

/** Returns the elements of the rows by operation, each group of several rows under a heading of its own. */
function grouped(rows) {
  return [...Map.groupBy(rows, (row) => JSON.stringify([row.group, row.title ?? row.key]))].flatMap(([, some]) => (
    some.length === 1 ? [rowElement(some[0], rowName(some[0]))]
      : [groupElement(some[0].title, some.length), ...some.map((row) => rowElement(row, variant(row) || row.key))]));
}

/** Returns the nodes of the table and its controls, and a function that shows all rows in a print. */
export function verdictTable(model) {
  const counts = Map.groupBy(model.rows, (row) => row.verdict);
  const shown = new Set([...counts.keys()].filter((verdict) => verdict !== "passed"));
  const state = { search: "", order: BY_OPERATION, isChosen: false, isPrinting: false };
  const body = el("tbody", {});
  const frame = el("div", { class: "scroll stacked", tabindex: "0", role: "region", "aria-label": "Verdict of every row" },
    el("table", { role: "table" }, el("caption", { class: "hidden" }, "Verdict of every row"),
      el("thead", {}, el("tr", {}, HEADINGS.map((heading, column) => el("th", { scope: "col", class: column > 0 && column < 5 ? "number" : null }, heading)))), body));
  const status = el("p", { class: "status", role: "status" });
  const showPassed = el("button", { type: "button", class: "plain", click: () => toggle("passed") });
  const textOf = (row) => [rowName(row), row.key, groupTitle(row), verdictOf(row).word].join(" ").toLowerCase();
  const texts = new Map(model.rows.map((row) => [row, textOf(row)]));

  function update() {
    const words = state.search.toLowerCase().split(/\s+/).filter(Boolean);

    // A print shows what the reader chose, or else all rows.
    const isWhole = state.isPrinting && !state.isChosen;

    // A search looks at all rows, because a reader who looks for a row does not know its verdict.
    const rows = model.rows.filter((row) => (words.length > 0 ? words.every((word) => texts.get(row).includes(word)) : isWhole || shown.has(row.verdict)));
    const { compare } = ORDERS[state.order];
    body.replaceChildren(...(compare ? rows.toSorted(compare).map((row) => rowElement(row, rowName(row))) : grouped(rows)));
    frame.hidden = rows.length === 0;
    const passed = counts.get("passed")?.length ?? 0;
    status.textContent = `${rows.length} of ${plural(model.rows.length, "row")} shown`;
    showPassed.hidden = passed === 0 || shown.has("passed") || words.length > 0;
    showPassed.textContent = `Show the ${plural(passed, "row")} that passed`;
    for (const chip of chips) {
      chip.setAttribute("aria-pressed", String(shown.has(chip.dataset.verdict)));
    }
  }

  function toggle(verdict) {
    shown[shown.has(verdict) ? "delete" : "add"](verdict);
    state.isChosen = true;
    update();
  }

  const chips = Object.keys(VERDICTS).filter((verdict) => counts.has(verdict)).map((verdict) => el(
    "button", { type: "button", class: `chip ${VERDICTS[verdict].tone}`, "data-verdict": verdict, click: () => toggle(verdict) },
    el("span", { "aria-hidden": "true" }, `${VERDICTS[verdict].sign} `), `${VERDICTS[verdict].word} ${counts.get(verdict).length}`));
  const search = el("input", { type: "search", id: "row-search", placeholder: "for example: lookup arena", input: (event) => { state.search = event.target.value; update(); } });
  const order = el("select", { id: "row-order", change: (event) => { state.order = event.target.value; update(); } },
    Object.entries(ORDERS).map(([value, { text }]) => el("option", { value }, text)));
  update();
  const nodes = [
    el("div", { class: "controls" },
      el("label", { for: "row-search" }, "Search"), search, el("label", { for: "row-order" }, "Sort by"), order,
      el("div", { class: "chips", role: "group", "aria-label": "Verdicts to show" }, chips)),
    el("div", { class: "shown" }, status, showPassed),
    frame,
  ];
  return { nodes, setPrinting: (isPrinting) => { state.isPrinting = isPrinting; update(); } };
}
