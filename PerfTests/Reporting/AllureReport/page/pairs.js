// Charts each operation that was measured on the original allocator and on another one, with the factor by which the other is better.
import { barConfiguration, barLook } from "./bars.js";
import { chartFigure } from "./charts.js";
import { ORIGINAL, allocator, factor, valueText, isSpeed, parameters } from "./format.js";

export const GROUPS = { allocation: "Allocation", addressTranslation: "Address translation", transfer: "Transfer", traceReplay: "Trace replay" };

/** Returns the title of the group of a row. */
export const groupTitle = (row) => GROUPS[row.group] ?? row.groupTitle ?? row.group;

const RATIO = "x";

/** True for a row that allocators can be compared by: it has a positive value that is neither a ratio nor a number of bytes. */
export const measures = (row) => Number.isFinite(row.value) && row.value > 0 && row.unit !== RATIO && row.unit !== "B";

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

  const shared = words.slice(0, count).join(" ").replace(/ by$/, "");
  return shared.length > 3 ? shared : `${one.title} / ${other.title}`;
}

/** Returns the first two words of a title. Two metrics for the same operation have titles that begin alike. */
export const beginning = (row) => row.title.split(" ").slice(0, 2).join(" ");

/** Returns the names of the allocators that the original is compared with, in the order of their rows. */
export const othersOf = (rows) => [...new Set(rows.map((row) => row.allocator).filter((name) => name && name !== ORIGINAL))];

/**
 * Returns all pairs of a row of the original with a row of another allocator. Both rows have the same parameters. They are of one
 * metric, or of two metrics with the same unit whose titles begin alike.
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

      const improvement = original.better === "higher" ? other.value / original.value : original.value / other.value;
      return [{ title: sharedTitle(original, other), parameters: parameters(original), group: original.group, original, other, improvement }];
    });
  });
}

function pairChart(title, pairs) {
  const { unit } = pairs[0].original;
  const best = pairs.reduce((one, other) => (other.improvement > one.improvement ? other : one));
  const better = pairs[0].original.better === "higher" ? "longer is better" : "shorter is better";
  const improvement = speed(best.improvement, unit);
  const name = allocator(best.other.allocator);
  return chartFigure({
    title,
    summary: `Original ${valueText(best.original.value, unit)}, ${name.toLowerCase()} ${valueText(best.other.value, unit)}${best.parameters ? ` at ${best.parameters}` : ""}: ${improvement}.`,
    note: `${pairs.length === 1 ? `${name} ${improvement}` : `${name} up to ${improvement}`}; ${better}`,
    height: 96 + pairs.length * 62,
    configure: () => barConfiguration({
      labels: pairs.map((pair) => pair.parameters),
      series: ["original", "other"].map((side) => {
        const rows = pairs.map((pair) => pair[side]);
        return { label: allocator(rows[0].allocator), rows, look: barLook(rows[0].allocator) };
      }),
      legend: { position: "top", align: "start" },
      thickness: 26,
    }),
    headings: ["", "Original", name, `${name} is`],
    rows: pairs.map((pair) => [pair.parameters || pair.title, valueText(pair.original.value, unit), valueText(pair.other.value, unit), speed(pair.improvement, unit)]),
  });
}

/** Describes a speed-up in words. Values that differ by less than 5 % are called equal. */
export function speed(improvement, unit) {
  const [better, worse, equal] = isSpeed(unit) ? ["faster", "slower", "equally fast"] : ["better", "worse", "equal"];
  return improvement > 1.05 ? `${factor(improvement)} ${better}` : improvement < 0.95 ? `${factor(1 / improvement)} ${worse}` : equal;
}

/** Returns a chart for each operation that was measured on the original and on another allocator. */
export function pairCharts(rows) {
  const byTitle = new Map();
  for (const pair of pairsOf(rows)) {
    const key = JSON.stringify([pair.group, pair.title, pair.original.unit, pair.other.allocator]);
    byTitle.set(key, [...(byTitle.get(key) ?? []), pair]);
  }

  const numbers = (pair) => Object.values(pair.original.parameters).map(Number);
  const inOrder = (pairs) => pairs.toSorted((one, other) => {
    const values = numbers(other);
    return numbers(one).map((value, index) => value - values[index]).find((difference) => difference !== 0) ?? 0;
  });
  return [...byTitle.values()].map((pairs) => pairChart(pairs[0].title, inOrder(pairs)));
}
