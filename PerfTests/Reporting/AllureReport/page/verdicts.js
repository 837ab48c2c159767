// Shows the verdict on the run in one line, and the table of all verdicts.
import { el, jump, table } from "./dom.js";
import { allocator, bound, valueText, moment, parameters, percent } from "./format.js";

const VERDICTS = {
  regressed: { word: "Regressed", sign: "▼", tone: "bad", rank: 0 },
  failed: { word: "Failed", sign: "✖", tone: "bad", rank: 1 },
  broken: { word: "Could not be measured", sign: "✖", tone: "bad", rank: 2 },
  notRun: { word: "Not run", sign: "✖", tone: "bad", rank: 3 },
  notComparable: { word: "Not comparable", sign: "?", tone: "unsure", rank: 4 },
  inconclusive: { word: "Inconclusive", sign: "?", tone: "unsure", rank: 5 },
  skipped: { word: "Skipped", sign: "–", tone: "unsure", rank: 6 },
  improved: { word: "Improved", sign: "▲", tone: "good", rank: 7 },
  passed: { word: "Passed", sign: "✔", tone: "good", rank: 8 },
};

/** Returns the word, the sign and the tone of a row's verdict. */
export const verdictOf = (row) => VERDICTS[row.verdict] ?? { word: String(row.verdict), sign: "?", tone: "unsure", rank: 9 };

/** Returns a verdict with its sign, so that it does not depend on colour. */
export const badge = (row) => {
  const { word, sign, tone } = verdictOf(row);
  return el("span", { class: `badge ${tone}` }, el("span", { "aria-hidden": "true" }, `${sign} `), word);
};

/** Returns a link to a test of the Allure report, which is the page around this one, or else the file beside it. */
export function testLink(row, text) {
  if (!row.test) {
    return el("span", {}, text);
  }

  const open = (event) => {
    if (window.parent !== window) {
      event.preventDefault();
      window.parent.postMessage({ source: "performance-overview", test: row.test.id }, "*");
    }
  };
  return el("a", { href: `index.html#${encodeURIComponent(row.test.id)}`, click: open }, text);
}

/** Returns the name of a row: metric, allocator and parameters; for a row without a value, the name of its test. */
export const rowName = (row) => {
  if (!Number.isFinite(row.value) && row.test) {
    return row.test.name;
  }

  const known = row.unit === "x" || row.unit === "B" ? [] : [allocator(row.allocator), parameters(row)];
  return [row.title, ...known].filter(Boolean).join(", ");
};

const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

const MOST_NAMED = 5;

/** Number of characters that are shown of a commit's hash or a branch's name. */
const MOST_OF_A_VERSION = 12;

/** Returns a short description of a row that regressed, failed or was not judged. */
function inShort(row) {
  if (!Number.isFinite(row.value) || !Number.isFinite(row.baseline)) {
    return row.message ? `: ${row.message.split("\n")[0]}` : "";
  }

  if (row.unit === "x") {
    return `: ${valueText(row.value, row.unit)}, must be at least ${bound(row.baseline, row.unit)}`;
  }

  // A paired change does not follow from the two values shown, because those were measured at different times.
  return row.pairedWith
    ? `: ${percent(row.changePercent)} side by side with ${row.pairedWith.slice(0, MOST_OF_A_VERSION)} (measured ${valueText(row.value, row.unit)}, stored ${valueText(row.baseline, row.unit)})`
    : `: ${valueText(row.baseline, row.unit)} → ${valueText(row.value, row.unit)} (${percent(row.changePercent)})`;
}

/** Returns the top of the page: the verdict on the run, and the number of rows by verdict. */
export function verdictLine(model) {
  const count = (...verdicts) => model.rows.filter((row) => verdicts.includes(row.verdict)).length;
  const bad = model.rows.filter((row) => verdictOf(row).tone === "bad").sort((one, other) => (other.worsePercent ?? 0) - (one.worsePercent ?? 0));
  const regressed = count("regressed");
  const notRun = count("notRun");
  const other = bad.length - regressed - notRun;
  const unsure = model.rows.filter((row) => verdictOf(row).tone === "unsure").length;
  const failedTests = (model.otherTests.failed ?? 0) + (model.otherTests.broken ?? 0);
  const parts = [];

  // An interrupted run comes first: a row that it did not measure may have regressed.
  if (notRun > 0) {
    parts.push(`interrupted: ${model.rows.length - notRun} of ${model.rows.length} rows`);
  }

  if (regressed > 0) {
    parts.push(plural(regressed, "regression"));
  }

  if (other > 0) {
    parts.push(`${plural(other, "row")} that failed or could not be measured`);
  }

  if (failedTests > 0) {
    parts.push(`${plural(failedTests, "correctness test")} failed`);
  }

  const tone = parts.length > 0 ? "bad" : unsure > 0 || model.rows.length === 0 ? "unsure" : "good";
  const found = parts.join(", ");
  const headline = model.rows.length === 0 ? "No values in these results" : parts.length > 0 ? `${found[0].toUpperCase()}${found.slice(1)}` : unsure === model.rows.length ? "No row could be compared with a baseline" : unsure > 0 ? `${unsure} of ${model.rows.length} rows not judged` : "No regression";
  const detail = `${plural(model.rows.length, "row")}: ${Object.entries(VERDICTS)
    .map(([verdict, { word }]) => [count(verdict), word.toLowerCase()]).filter(([of]) => of > 0).map(([of, word]) => `${of} ${word}`).join(", ")}`;
  const earlier = model.rows.filter((row) => row.measuredEarlier).length;
  const counted = model.rows.length > 0 ? `${detail}.${earlier > 0 ? ` ${plural(earlier, "row is", "rows are")} of an earlier run.` : ""}` : "";
  const correctness = Object.entries(model.otherTests).map(([status, of]) => `${of} ${status}`).join(", ");
  return el("div", { class: `verdict ${tone}`, role: "status", id: "verdict" },
    el("p", { class: "headline" }, el("span", { "aria-hidden": "true" }, { bad: "✖ ", unsure: "? ", good: "✔ " }[tone]), headline),
    el("p", {}, [counted, correctness ? `Other tests: ${correctness}.` : ""].join(" ")),
    bad.length > 0 ? el("ul", {}, bad.slice(0, MOST_NAMED).map((row) => el("li", {}, testLink(row, rowName(row)), inShort(row))),
      bad.length > MOST_NAMED ? el("li", {}, `and ${bad.length - MOST_NAMED} more, in the `, el("a", { href: "#verdicts", click: jump }, "table")) : null) : null);
}

/** Returns the table of all rows, the worst first. */
export function verdictTable(model) {
  const sorted = model.rows.map((row, index) => ({ row, index })).sort((one, other) =>
    verdictOf(one.row).rank - verdictOf(other.row).rank || one.index - other.index).map(({ row }) => row);
  const headings = ["Row", "Measured", "Baseline", "Change", "Tolerance", "Verdict"];
  return table("Verdict of every row", headings, sorted.map((row) => ({
    class: verdictOf(row).tone,
    cells: [
      [testLink(row, rowName(row)), row.verdict === "passed" ? null : el("span", { class: "message" }, row.message),
        row.measuredEarlier ? el("span", { class: "message" }, `of an earlier run, ${moment(row.measuredEarlier)}`) : null],
      valueText(row.value, row.unit),
      row.unit === "x" && Number.isFinite(row.baseline) ? `≥ ${bound(row.baseline, row.unit)}` : valueText(row.baseline, row.unit),
      percent(row.changePercent),
      Number.isFinite(row.tolerancePercent) ? `${row.tolerancePercent} %` : "–",
      badge(row),
    ],
  })), { numeric: [1, 2, 3, 4] });
}
