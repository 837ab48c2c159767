// Shows the headline speed-ups as cards, and all other rows that have a fixed limit in a table.
import { el, table } from "./dom.js";
import { factor, valueText } from "./format.js";
import { pairsOf, speed } from "./pairs.js";
import { badge, earlierMark, isRatio, limitText, testLink, variant, verdictOf } from "./words.js";

const MOST_CARDS = 5;

/** Values that differ by less than this fraction are called equal. */
const EQUAL = 0.05;

function ratioCard(row) {
  const word = Math.abs(row.value - 1) < EQUAL ? "equally fast" : row.value > 1 ? "faster" : "of the speed";
  return el("li", { class: "card" },
    el("p", { class: "card-value" }, factor(row.value), " ", el("span", { class: "card-word" }, word)),
    el("p", { class: "card-title" }, testLink(row, row.headline ?? row.title)),
    el("p", { class: "card-detail" }, badge(row), ` must be ${limitText(row)}`, " ", earlierMark(row)));
}

/** Returns the card of a pair without a measured ratio. */
function pairCard(pair) {
  const { original, other } = pair;
  return el("li", { class: "card" },
    el("p", { class: "card-value" }, speed(pair.improvement, original.unit)),
    el("p", { class: "card-title" }, [pair.title, pair.parameters].filter(Boolean).join(", ")),
    el("p", { class: "card-detail" }, `${valueText(original.value, original.unit)} → ${valueText(other.value, other.unit)}`));
}

/** Returns the rows that are cards: those with a headline, or else the first ratios. */
function headlines(rows) {
  const ratios = rows.filter((row) => isRatio(row) && Number.isFinite(row.value));
  const named = ratios.filter((row) => row.headline);
  return (named.length > 0 ? named : ratios).slice(0, MOST_CARDS);
}

/** Returns the cards of the headline ratios; if no ratio was measured, a card for the best pair of each group. */
export function cards(rows) {
  const best = new Map();
  for (const pair of pairsOf(rows)) {
    if (!(best.get(pair.group)?.improvement >= pair.improvement)) {
      best.set(pair.group, pair);
    }
  }

  const ratios = headlines(rows);
  const made = ratios.length > 0 ? ratios.map(ratioCard) : [...best.values()].slice(0, MOST_CARDS).map(pairCard);
  return made.length > 0 ? el("ul", { class: "cards" }, made) : null;
}

/** Returns the distance of a value from its limit in words. */
function room(row) {
  const { value, bound, better } = row;
  if (value === bound) {
    return "at the limit";
  }

  const fraction = better === "higher" ? value / bound - 1 : bound > 0 ? 1 - value / bound : NaN;
  return !Number.isFinite(fraction) ? "–" : fraction > 1 ? `${factor(fraction + 1)} the limit` : `${Math.abs(100 * fraction).toFixed(0)}\u00a0% ${fraction < 0 ? "beyond" : "inside"}`;
}

/** Returns the heading and the table of all rows with a fixed limit that are not cards; null if there are none. */
export function limits(rows) {
  const shown = new Set(headlines(rows));
  const limited = rows.filter((row) => Number.isFinite(row.bound) && Number.isFinite(row.value) && !shown.has(row));
  if (limited.length === 0) {
    return null;
  }

  const kept = limited.filter((row) => verdictOf(row).tone === "good").length;
  const sorted = limited.toSorted((one, other) => verdictOf(one).rank - verdictOf(other).rank);
  return {
    isAllKept: kept === limited.length,
    heading: kept === limited.length ? `Limits kept: ${kept}` : `Limits kept: ${kept} of ${limited.length}`,
    table: table("Rows with a fixed limit", ["Operation", "Measured", "Limit", "Margin", "Verdict"], sorted.map((row) => ({
      class: verdictOf(row).tone,
      cells: [
        [testLink(row, [row.title, variant(row)].filter(Boolean).join(", ")), " ", earlierMark(row)],
        valueText(row.value, row.unit), limitText(row), room(row), badge(row),
      ],
    })), { numeric: [1, 2, 3], isStacked: true }),
  };
}
