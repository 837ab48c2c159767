// Charts each operation that was measured on the original allocator and on another one, with the factor by which the other is better.
import { chartFigure } from "./charts.js";
import { boundsOf, dotConfiguration } from "./dots.js";
import { ORIGINAL, allocator, factor, valueText, isSpeed, parameters } from "./format.js";
import { earlierText, isRatio } from "./words.js";

const GROUPS = { allocation: "Allocation", addressTranslation: "Address translation", transfer: "Transfer", traceReplay: "Trace replay", lifecycle: "Lifecycle" };

/** Returns the title of the group of a row. */
export const groupTitle = (row) => GROUPS[row.group] ?? row.groupTitle ?? row.group;

/** True for a row that allocators can be compared by: it has a positive value that is neither a ratio nor a count. */
export const measures = (row) => Number.isFinite(row.value) && row.value > 0 && !isRatio(row) && !row.isCount;

/** Returns the words with which both titles begin, such as "Finding an address". */
export function sharedTitle(one, other) {
  if (one.title === other.title) {
    return one.title;
  }

  const words = one.title.split(" ");
  const others = other.title.split(" ");
  let count = 0;
  while (count < words.length && words[count] === others[count]) {
    count++;
  }

  const shared = words.slice(0, count).join(" ").replace(/( (a|by|of|the))+$/, "");
  return shared.length > 3 ? shared : `${one.title} / ${other.title}`;
}

/** Returns the first three words of a title. Two metrics for the same operation have titles that begin alike. */
export const beginning = (row) => row.title.split(" ").slice(0, 3).join(" ");

/** Returns the names of all allocators but the original, in the order of their rows. */
const othersOf = (rows) => [...new Set(rows.map((row) => row.allocator).filter((name) => name && name !== ORIGINAL))];

/** Returns the key of a row without the trace that it replayed. */
const withoutTrace = (key) => key.replace(/\/trace=.*$/, "");

/** Returns the rows with the values that the suite measured side by side for a speed-up; undefined if it measured none. */
function sideBySide(rows, original, other) {
  const both = rows.find((row) => row.sideBySide?.slow.name === withoutTrace(original.key) && row.sideBySide.fast.name === withoutTrace(other.key))?.sideBySide;
  const valued = (row, { value }) => ({ ...row, value, low: null, high: null });
  return both && { original: valued(original, both.slow), other: valued(other, both.fast), isSideBySide: true };
}

/**
 * Returns all pairs of a row of the original with a row of another allocator. Both rows have the same parameters. They are of one
 * metric, or of two metrics with the same unit whose titles begin alike. If the suite also measured both rows side by side, the pair has
 * those values, so that it agrees with the speed-up.
 */
export function pairsOf(rows) {
  const same = (one, other) => one.group === other.group && parameters(one) === parameters(other);
  const shared = new Set(rows.filter((row) => row.allocator === ORIGINAL).map((row) => row.metric));
  return othersOf(rows).flatMap((name) => {
    const others = rows.filter((row) => measures(row) && row.allocator === name);
    return rows.filter((row) => measures(row) && row.allocator === ORIGINAL).flatMap((original) => {
      const other = others.find((row) => row.metric === original.metric && same(row, original))
        ?? others.find((row) => !shared.has(row.metric) && row.unit === original.unit && beginning(row) === beginning(original) && same(row, original));
      if (!other) {
        return [];
      }

      const both = sideBySide(rows, original, other) ?? { original, other, isSideBySide: false };
      const improvement = original.better === "higher" ? both.other.value / both.original.value : both.original.value / both.other.value;
      return [{ title: sharedTitle(original, other), parameters: parameters(original), group: original.group, ...both, improvement, rows: [original, other] }];
    });
  });
}

/** Returns the names of the allocators that the charts compare with the original. */
export const comparedAllocators = (rows) => [...new Set(pairsOf(rows).map(({ other }) => other.allocator))];

/** Describes a speed-up in words. Values that differ by less than 5 % are called equal. */
export function speed(improvement, unit) {
  const [better, worse, equal] = isSpeed(unit) ? ["faster", "slower", "equally fast"] : ["better", "worse", "equal"];
  return improvement > 1.05 ? `${factor(improvement)} ${better}` : improvement < 0.95 ? `${factor(1 / improvement)} ${worse}` : equal;
}

const wordsOf = (pair) => `${speed(pair.improvement, pair.original.unit)}${pair.isSideBySide ? ", measured side by side" : ", measured separately"}`;

function pairChart(title, pairs, bounds) {
  const { unit } = pairs[0].original;
  const best = pairs.reduce((one, other) => (other.improvement > one.improvement ? other : one));
  const better = pairs[0].original.better === "higher" ? "further right is better" : "further left is better";
  const name = allocator(best.other.allocator);
  return chartFigure({
    title,
    summary: `Original ${valueText(best.original.value, unit)}, ${name.toLowerCase()} ${valueText(best.other.value, unit)}${best.parameters ? ` at ${best.parameters}` : ""}: ${speed(best.improvement, unit)}.`,
    note: `${pairs.length === 1 ? `${name}: ${wordsOf(best)}` : `${name}: ${best.improvement > 1.05 ? "up to " : ""}${speed(best.improvement, unit)}`}; ${better}`,
    height: 100 + pairs.length * 34,
    configure: () => dotConfiguration({
      labels: pairs.map((pair) => pair.parameters),
      series: ["original", "other"].map((side) => ({
        label: allocator(pairs[0][side].allocator), allocator: pairs[0][side].allocator, points: pairs.map((pair, line) => ({ row: pair[side], line })),
      })),
      bounds,
      hasLegend: true,
    }),
    headings: ["", "Original", name, `${name} is`],
    rows: pairs.map((pair) => [
      pair.parameters || pair.title,
      `${valueText(pair.original.value, unit)}${earlierText(pair.original)}`,
      `${valueText(pair.other.value, unit)}${earlierText(pair.other)}`,
      wordsOf(pair),
    ]),
  });
}

/** Returns a chart for each operation that was measured on the original and on another allocator. Charts of one unit share an axis. */
export function pairCharts(rows) {
  const all = pairsOf(rows);
  const byTitle = Map.groupBy(all, (pair) => JSON.stringify([pair.group, pair.title, pair.original.unit, pair.other.allocator]));
  const byUnit = Map.groupBy(all, (pair) => pair.original.unit);
  const bounds = new Map([...byUnit].map(([unit, pairs]) => [unit, boundsOf(pairs.flatMap(({ original, other }) => [original, other]))]));
  return [...byTitle.values()].map((pairs) => pairChart(pairs[0].title, pairs, bounds.get(pairs[0].original.unit)));
}
