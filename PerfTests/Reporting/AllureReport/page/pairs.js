// The same thing, measured on both allocators, and how many times better the arena is.
import { chartFigure, axis, logBounds } from "./charts.js";
import { allocator, axisTitle, factor, figure, parameters } from "./format.js";
import { hatch, ink, look } from "./palette.js";

export const GROUPS = { allocation: "Allocation", addressTranslation: "Address translation", transfer: "Transfer", traceReplay: "Trace replay" };

/** A group's name for people. */
export const groupTitle = (row) => GROUPS[row.group] ?? row.groupTitle ?? row.group;

const RATIO = "x";

/** How many times its start the shortest bar reaches at least. */
const BAR_ROOM = 2;

/** True of a figure that stands for an operation's speed, and not for a ratio or a count. */
export const measures = (row) => Number.isFinite(row.value) && row.value > 0 && row.unit !== RATIO && row.unit !== "B";

/** What the titles of two ways of doing one thing share: "Finding an address". */
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

/** What a title begins with: two metrics that are two ways of doing one thing begin alike. */
export const beginning = (row) => row.title.split(" ").slice(0, 2).join(" ");

/** All pairs: rows of one metric, or of two metrics that begin alike and have one unit, with the same parameters. */
export function pairsOf(rows) {
  const arenas = rows.filter((row) => measures(row) && row.allocator === "arena");
  const same = (one, other) => one.group === other.group && parameters(one) === parameters(other);
  const shared = new Set(rows.filter((row) => row.allocator === "shm").map((row) => row.metric));
  return rows.filter((row) => measures(row) && row.allocator === "shm").flatMap((original) => {
    const arena = arenas.find((row) => row.metric === original.metric && same(row, original))
      ?? arenas.find((row) => !shared.has(row.metric) && row.unit === original.unit && beginning(row) === beginning(original) && same(row, original));
    if (!arena) {
      return [];
    }

    const improvement = original.better === "higher" ? arena.value / original.value : original.value / arena.value;
    return [{ title: sharedTitle(original, arena), parameters: parameters(original), group: original.group, original, arena, improvement }];
  });
}

function pairChart(title, pairs) {
  const { unit } = pairs[0].original;
  const labels = pairs.map((pair) => pair.parameters || "");
  const bounds = logBounds(pairs.flatMap(({ original, arena }) => [original.value, original.low, original.high, arena.value, arena.low, arena.high]), { room: BAR_ROOM });
  const point = (row) => ({ x: row.value, xMin: row.low ?? row.value, xMax: row.high ?? row.value });
  const dataset = (name, index, pick) => {
    const { color } = look(index);
    const { text } = ink();
    return {
      label: allocator(name), data: pairs.map(pick).map(point), backgroundColor: index === 0 ? hatch(color) : color, borderColor: color, borderWidth: 1.5,
      errorBarColor: text, errorBarWhiskerColor: text, errorBarLineWidth: 1.5, errorBarWhiskerLineWidth: 1.5, errorBarWhiskerRatio: 0.6, maxBarThickness: 26,
    };
  };
  const best = pairs.reduce((one, other) => (other.improvement > one.improvement ? other : one));
  const better = pairs[0].original.better === "higher" ? "longer is better" : "shorter is better";
  return chartFigure({
    title,
    summary: `Original ${figure(best.original.value, unit)}, arena ${figure(best.arena.value, unit)}${best.parameters ? ` at ${best.parameters}` : ""}: ${speed(best.improvement)}.`,
    note: `${pairs.length === 1 ? `Arena ${speed(best.improvement)}` : `Arena up to ${speed(best.improvement)}`}; ${better}`,
    height: 96 + pairs.length * 62,
    configure: () => ({
      type: "barWithErrorBars",
      data: { labels, datasets: [dataset("shm", 0, (pair) => pair.original), dataset("arena", 1, (pair) => pair.arena)] },
      options: {
        indexAxis: "y",
        scales: { x: axis(`${axisTitle(unit)}, log scale`, { log: true, ...bounds }), y: { grid: { display: false }, ticks: { autoSkip: false } } },
        plugins: { legend: { position: "top", align: "start" }, tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${figure(item.raw.x, unit)} (${figure(item.raw.xMin)} to ${figure(item.raw.xMax)})` } } },
      },
    }),
    headings: ["", "Original", "Arena", "Arena is"],
    rows: pairs.map((pair) => [pair.parameters || pair.title, figure(pair.original.value, unit), figure(pair.arena.value, unit), speed(pair.improvement)]),
  });
}

/** A speed-up in words; within 5 % the two are called equal. */
export const speed = (improvement) =>
  improvement > 1.05 ? `${factor(improvement)} faster` : improvement < 0.95 ? `${factor(1 / improvement)} slower` : "equally fast";

/** A chart for each thing that both allocators do. */
export function pairCharts(rows) {
  const byTitle = new Map();
  for (const pair of pairsOf(rows)) {
    const key = JSON.stringify([pair.group, pair.title, pair.original.unit]);
    byTitle.set(key, [...(byTitle.get(key) ?? []), pair]);
  }

  const numbers = (pair) => Object.values(pair.original.parameters).map(Number);
  const inOrder = (pairs) => pairs.toSorted((one, other) => {
    const values = numbers(other);
    return numbers(one).map((value, index) => value - values[index]).find((difference) => difference !== 0) ?? 0;
  });
  return [...byTitle.values()].map((pairs) => pairChart(pairs[0].title, inOrder(pairs)));
}
