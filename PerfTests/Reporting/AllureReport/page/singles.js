// Charts the rows without a pair and without a curve, such as single system calls.
import { chartFigure } from "./charts.js";
import { rowsOfCurves } from "./curves.js";
import { boundsOf, dotConfiguration } from "./dots.js";
import { allocator, valueText, parameters } from "./format.js";
import { groupTitle, measures, pairsOf } from "./pairs.js";
import { earlierText, rowName } from "./words.js";

const NARROW_WINDOW = 700;
const LINE_HEIGHT = 15;
const LEAST_PITCH = 25;

/** Most rows of one chart. A taller chart does not fit on a sheet of paper. */
const MOST_ROWS = 20;

/** Returns the width of the labels in characters. On a phone, labels get at most half of the width; on paper, they get a third. */
const labelWidth = () => (window.innerWidth < NARROW_WINDOW ? 24 : 42);

/** Returns the name of a row without its allocator, for a chart whose rows all have the same allocator. */
const shortName = (row) => [row.title, parameters(row)].filter(Boolean).join(", ");

/** Breaks a name into lines that fit on a phone. It breaks between words, but never between a number and its unit. */
export function lines(name) {
  const broken = [""];
  for (const word of name.split(/(?<!\b\d+) /)) {
    const line = [broken.at(-1), word].filter(Boolean).join(" ");
    if (line.length > labelWidth() && broken.at(-1)) {
      broken.push(word);
    } else {
      broken[broken.length - 1] = line;
    }
  }

  return broken.length > 3 ? [...broken.slice(0, 2), `${broken[2]} …`] : broken;
}

/** Returns the distance of two rows that keeps the labels of any two neighbours apart. */
const pitchOf = (labels) => Math.max(LEAST_PITCH, ...labels.slice(1).map((label, index) => 6 + ((label.length + labels[index].length) / 2) * LINE_HEIGHT));

/** Returns a chart of some rows of a group. `part` says which part of the group they are; it is empty if they are all. */
function singleChart(rows, bounds, part) {
  const { unit, better } = rows[0];
  const most = rows.reduce((one, other) => (other.value > one.value ? other : one));
  const isOne = new Set(rows.map((row) => row.allocator)).size === 1;
  const name = isOne ? shortName : rowName;
  const labels = rows.map((row) => lines(`${name(row)}${earlierText(row)}`));
  return chartFigure({
    title: `${groupTitle(rows[0])}${isOne ? `: ${allocator(rows[0].allocator)}` : ""}${part}`,
    summary: `Largest value: ${name(most)}, ${valueText(most.value, unit)}.`,
    note: better === "higher" ? "Further right is better" : "Further left is better",
    height: 90 + labels.length * pitchOf(labels),
    configure: () => dotConfiguration({
      labels,
      series: [...new Set(rows.map((row) => row.allocator))].map((one) => ({
        label: allocator(one), allocator: one, points: rows.flatMap((row, line) => (row.allocator === one ? [{ row, line }] : [])),
      })),
      bounds,
      hasLegend: !isOne,
    }),
    headings: ["Operation", "Measured"],
    rows: rows.map((row) => [`${name(row)}${earlierText(row)}`, valueText(row.value, unit)]),
  });
}

/** Returns the charts of a group. Its rows are divided evenly, and all its charts have the same axis. */
function chartsOf(rows) {
  const count = Math.ceil(rows.length / MOST_ROWS);
  const size = Math.ceil(rows.length / count);
  return Array.from({ length: count }, (_, index) =>
    singleChart(rows.slice(index * size, (index + 1) * size), boundsOf(rows), count > 1 ? `, ${index + 1} of ${count}` : ""));
}

/** Returns charts for each group and unit with two or more rows that have no pair and no curve. The order is the same for each run. */
export function singleCharts(rows) {
  const curves = rowsOfCurves(rows);
  const paired = new Set(pairsOf(rows).flatMap((pair) => pair.rows));
  const groups = Map.groupBy(rows.filter((one) => measures(one) && !curves.has(one) && !paired.has(one)), (row) => JSON.stringify([row.group, row.unit]));
  return [...groups.values()].filter((some) => some.length > 1).flatMap(chartsOf);
}
