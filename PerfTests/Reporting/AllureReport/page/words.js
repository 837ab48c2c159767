// Words, signs and links for rows: the name of a row, its verdict, its change and its limit.
import { el } from "./dom.js";
import { allocator, bound, valueText, moment, parameters, percent, version } from "./format.js";

export const VERDICTS = {
  regressed: { word: "Regressed", sign: "▼", tone: "bad", rank: 0 },
  failed: { word: "Failed", sign: "✖", tone: "bad", rank: 1 },
  broken: { word: "Could not be measured", sign: "✖", tone: "bad", rank: 2 },
  notRun: { word: "Not run", sign: "–", tone: "unsure", rank: 3 },
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

/** True for a ratio of two values of one run. */
export const isRatio = (row) => row.unit === "x";

/** Returns what distinguishes a row from the others with its title: allocator and parameters. */
export const variant = (row) => [isRatio(row) ? "" : allocator(row.allocator), parameters(row)].filter(Boolean).join(", ");

/** Returns the name of a row: title, allocator and parameters; for a row without a value, the name of its test. */
export const rowName = (row) => (row.title === null && row.test ? row.test.name : [row.title, variant(row)].filter(Boolean).join(", "));

export const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;

/** Returns the change of a row with a word that says whether it is for the better, such as `+35.1 %, worse`. */
export function changeText(row) {
  if (!Number.isFinite(row.worsePercent)) {
    return "–";
  }

  const rounded = Number(row.worsePercent.toFixed(1));
  return `${percent(row.changePercent)}, ${rounded > 0 ? "worse" : rounded < 0 ? "better" : "unchanged"}`;
}

/** Returns the message of a row. Full hashes of commits are shortened, because one fills a line on a phone. */
export const messageOf = (row) => (row.message ?? "").replace(/\b[0-9a-f]{40}\b/g, (hash) => version(hash));

/**
 * Returns how many percent worse a row is than its baseline, or than its fixed limit if it has no baseline; a better row has a negative
 * number. Lists of the worst rows are sorted by it.
 */
export function severity(row) {
  if (Number.isFinite(row.worsePercent)) {
    return row.worsePercent;
  }

  const beyond = Number.isFinite(row.bound) && Number.isFinite(row.value) ? (row.better === "higher" ? row.bound - row.value : row.value - row.bound) : 0;
  return beyond === 0 ? 0 : (100 * beyond) / Math.max(Math.abs(row.bound), Number.EPSILON);
}

/** Returns the limit that the row was judged by, such as `10 %` or `at least 200 ×`. */
export function limitText(row) {
  if (Number.isFinite(row.bound)) {
    return `${row.better === "higher" ? "at least" : "at most"} ${bound(row.bound, row.unit)}`;
  }

  return [
    Number.isFinite(row.limitPercent) ? `${Number(row.limitPercent.toFixed(2))}\u00a0%` : null,
    row.limitAmount > 0 ? bound(row.limitAmount, row.isCount ? row.unit : "ns") : null,
  ].filter(Boolean).join(" and ") || "–";
}

/** Words that say where the baseline of a row comes from. */
const SOURCES = {
  pair: (row) => `measured side by side${row.pairedWith ? ` with ${version(row.pairedWith)}` : ""}`,
  adjustedBaseline: () => "stored, adjusted for the speed of the machine",
  baseline: () => "stored",
};

/** Returns where the baseline of a row comes from; empty if there is no baseline. */
export const sourceText = (row) => (Number.isFinite(row.base) ? SOURCES[row.source]?.(row) ?? "" : "");

/** Returns the baseline and the measured value in one unit, such as `9.70 ns → 13.1 ns`. */
export function valuesText(row) {
  const like = Math.max(Math.abs(row.base), Math.abs(row.value));
  return `${valueText(row.base, row.unit, like)} → ${valueText(row.value, row.unit, like)}`;
}

/** Returns the mark of a row whose result is of an earlier run; null for a row of this run. */
export const earlierMark = (row) => (row.measuredEarlier ? el("span", { class: "earlier" }, `earlier run, ${moment(row.measuredEarlier)}`) : null);

/** Returns the same mark as text for charts; empty for a row of this run. */
export const earlierText = (row) => (row.measuredEarlier ? " (earlier run)" : "");
