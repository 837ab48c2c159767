// Shows the key speed-ups as cards, and the key improvements in words.
import { el } from "./dom.js";
import { bound, factor, valueText, parameters } from "./format.js";
import { groupTitle, pairsOf, speed } from "./pairs.js";
import { growth } from "./growth.js";
import { rangeText } from "./scales.js";
import { badge, rowName, testLink } from "./verdicts.js";

const RATIO = "x";
/** Largest number of cards. It exceeds the number of ratios that the suite measures, so no card is cut off today. */
const MOST_CARDS = 24;

/** Returns the card of a ratio that the suite measured side by side. */
function ratioCard(row) {
  return el("li", { class: "card" },
    el("p", { class: "card-group" }, groupTitle(row)),
    el("p", { class: "card-value" }, factor(row.value)),
    el("p", { class: "card-title" }, testLink(row, row.title)),
    el("p", { class: "card-detail" }, badge(row), Number.isFinite(row.baseline) ? ` must be at least ${bound(row.baseline, "×")}` : ""));
}

/** Returns the card of a pair without a measured ratio. */
function pairCard(pair) {
  const { original, other } = pair;
  return el("li", { class: "card" },
    el("p", { class: "card-group" }, groupTitle(original)),
    el("p", { class: "card-value" }, factor(pair.improvement)),
    el("p", { class: "card-title" }, [pair.title, pair.parameters].filter(Boolean).join(", ")),
    el("p", { class: "card-detail" }, `${valueText(original.value, original.unit)} → ${valueText(other.value, other.unit)}`));
}

/** Returns a card for each measured ratio, or for the best pair of each group if no ratio was measured. */
export function cards(rows) {
  const ratios = rows.filter((row) => row.unit === RATIO && Number.isFinite(row.value));
  const best = new Map();
  for (const pair of pairsOf(rows)) {
    if (!(best.get(pair.group)?.improvement >= pair.improvement)) {
      best.set(pair.group, pair);
    }
  }

  const made = ratios.length > 0 ? ratios.map(ratioCard) : [...best.values()].map(pairCard);
  return made.length > 0 ? el("ul", { class: "cards" }, made.slice(0, MOST_CARDS)) : null;
}

/** Returns a sentence for each curve that stays flat, with the growth of the original if that is linear. */
function flatness(rows) {
  const byMetric = new Map();
  for (const row of rows.filter((one) => one.unit === "ns" && one.value > 0 && Object.keys(one.parameters).length === 1)) {
    const [[name, x]] = Object.entries(row.parameters);
    const key = JSON.stringify([row.metric, row.allocator, name]);
    byMetric.set(key, [...(byMetric.get(key) ?? []), { x: Number(x), y: row.value, row, name }]);
  }

  const curves = [...byMetric.values()].map((points) => points.toSorted((a, b) => a.x - b.x)).filter((points) => points.length > 2 && points.every((point) => point.x > 0));
  return curves.filter((points) => growth(points) === "O(1)").map((points) => {
    const { row, name } = points[0];
    const other = curves.find((one) => one[0].row.group === row.group && one[0].name === name && growth(one) === "O(n)");
    const flat = `${row.title} takes ${valueText(points.at(-1).y, row.unit)} ${rangeText(name, points[0].x, points.at(-1).x)}: O(1)`;
    return other ? `${flat}, where the original grows from ${valueText(other[0].y, row.unit)} to ${valueText(other.at(-1).y, row.unit)}: O(n).` : `${flat}.`;
  });
}

/** Returns list items that compare the allocators, and list the rows that improved against the baseline. */
export function improvements(rows) {
  const pairs = pairsOf(rows);
  const best = new Map();
  for (const pair of pairs) {
    const key = JSON.stringify([pair.group, pair.title]);
    if (!(best.get(key)?.improvement >= pair.improvement)) {
      best.set(key, pair);
    }
  }

  const sentences = [...best.values()].sort((one, other) => other.improvement - one.improvement).map((pair) => {
    const { original, other } = pair;
    const where = pair.parameters ? ` (${parameters(original)})` : "";
    return `${pair.title}${where}: ${valueText(other.value, other.unit)} instead of ${valueText(original.value, original.unit)}, ${speed(pair.improvement, original.unit)}.`;
  });
  const free = rows.filter((row) => row.unit === "B" && row.value === 0);
  if (free.length > 0) {
    sentences.push(`No managed memory is allocated by ${free.length === 1 ? "one tracked operation" : `${free.length} tracked operations`} of the arena: ${free.map((row) => row.title.replace(/^.*: /, "").replaceAll("_", " ")).join(", ")}.`);
  }

  sentences.push(...flatness(rows));
  const improved = rows.filter((row) => row.verdict === "improved");
  return [...sentences.map((text) => el("li", {}, text)),
    ...improved.map((row) => el("li", {}, "Better than the baseline: ", testLink(row, rowName(row)), `, ${valueText(row.baseline, row.unit)} → ${valueText(row.value, row.unit)}.`))];
}
