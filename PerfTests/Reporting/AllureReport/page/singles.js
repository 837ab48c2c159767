// Charts the rows without a pair and without a curve, such as single system calls.
import { barConfiguration, barLook } from "./bars.js";
import { chartFigure } from "./charts.js";
import { rowsOfCurves } from "./curves.js";
import { allocator, valueText, parameters } from "./format.js";
import { groupTitle, measures, pairsOf } from "./pairs.js";
import { rowName } from "./verdicts.js";

const NARROW_WINDOW = 600;

/** Returns the width of the labels in characters. On a phone, labels get at most half of the width. */
const labelWidth = () => (window.innerWidth < NARROW_WINDOW ? 19 : 26);

/** Returns the name of a row without its allocator, for a chart whose rows all have the same allocator. */
const shortName = (row) => [row.title, parameters(row)].filter(Boolean).join(", ");

/** Breaks a name into lines that fit on a phone. It breaks between words, but never between a number and its unit. */
function lines(name) {
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

function singleChart(rows) {
  const { unit, better } = rows[0];
  const sorted = rows.toSorted((one, other) => other.value - one.value);
  const isOne = new Set(rows.map((row) => row.allocator)).size === 1;
  const name = isOne ? shortName : rowName;
  return chartFigure({
    title: isOne ? `${groupTitle(rows[0])}: ${allocator(rows[0].allocator)}` : groupTitle(rows[0]),
    summary: `Most: ${name(sorted[0])}, ${valueText(sorted[0].value, unit)}.`,
    note: better === "higher" ? "longer is better" : "shorter is better",
    height: 80 + sorted.length * 48,
    configure() {
      const looks = sorted.map((row) => barLook(row.allocator));
      return barConfiguration({
        labels: sorted.map((row) => lines(name(row))),
        series: [{
          label: "Measured", rows: sorted,
          look: { backgroundColor: looks.map((one) => one.backgroundColor), borderColor: looks.map((one) => one.borderColor) },
        }],
        legend: { display: false },
        thickness: 22,
      });
    },
    headings: ["Row", "Measured"],
    rows: sorted.map((row) => [name(row), valueText(row.value, unit)]),
  });
}

/** Returns a chart for each group and unit with two or more rows that have no pair and no curve. */
export function singleCharts(rows) {
  const curves = rowsOfCurves(rows);
  const paired = new Set(pairsOf(rows).flatMap(({ original, other }) => [original, other]));
  const groups = new Map();
  for (const row of rows.filter((one) => measures(one) && !curves.has(one) && !paired.has(one))) {
    const key = JSON.stringify([row.group, row.unit]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }

  return [...groups.values()].filter((some) => some.length > 1).map(singleChart);
}
