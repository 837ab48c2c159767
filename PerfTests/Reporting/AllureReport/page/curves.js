// Draws a curve for each metric that is measured at several values of a numeric parameter, whatever the metric's name.
import { axis, chartFigure, logBounds, pointLegend } from "./charts.js";
import { allocator, axisTitle, valueText } from "./format.js";
import { indexOf, ink, look, looksOf } from "./palette.js";
import { growth, growthText } from "./growth.js";
import { beginning, sharedTitle } from "./pairs.js";
import { isNumeric, parameterText, scaleOf, ticksOf } from "./scales.js";
import { earlierText } from "./words.js";

const SPREAD_FOR_LOG = 8;

/** True for a parameter with only the values 0 and 1: it is a switch, and gives no curve. */
const isSwitch = (points) => points.every(({ x }) => x === 0 || x === 1);

/** Returns the families of curves: a family is the series of one chart, with one parameter, group and unit. */
function familiesOf(rows) {
  const families = new Map();
  const bothAllocators = new Map();
  for (const row of rows) {
    bothAllocators.set(row.metric, (bothAllocators.get(row.metric) ?? new Set()).add(row.allocator));
  }

  for (const row of rows.filter((one) => Number.isFinite(one.value) && !one.isCount)) {
    for (const [name, value] of Object.entries(row.parameters).filter(([, of]) => isNumeric(of))) {
      const rest = Object.entries(row.parameters).filter(([other]) => other !== name);

      // A metric that was measured on several allocators has its own chart. Two metrics for the same operation share one chart.
      const isShared = bothAllocators.get(row.metric).size === 1;
      const key = JSON.stringify([row.group, row.unit, name, isShared ? beginning(row) : row.metric]);
      const family = families.get(key) ?? { parameter: name, unit: row.unit, better: row.better, isShared, series: new Map() };
      families.set(key, family);
      const of = JSON.stringify([row.metric, row.allocator, rest]);
      const series = family.series.get(of) ?? { row, rest, points: [] };
      family.series.set(of, series);
      series.points.push({ x: Number(value), y: row.value, yMin: row.low ?? row.value, yMax: row.high ?? row.value, row });
    }
  }

  return [...families.values()]
    .map((family) => ({ ...family, series: [...family.series.values()].filter((one) => new Set(one.points.map((point) => point.x)).size > 1 && !isSwitch(one.points)) }))
    .filter((family) => family.series.length > 0);
}

const spread = (values) => Math.max(...values) / Math.min(...values);
const isLog = (values) => values.every((value) => value > 0) && spread(values) >= SPREAD_FOR_LOG;

/** Returns names that distinguish the series: the allocator and other parameters, and the metric's title if two names would be equal. */
function namesOf(series) {
  const short = series.map(({ row, rest }) => [allocator(row.allocator), ...rest.map(([name, value]) => parameterText(name, value))].join(", "));
  return short.map((name, index) => (short.indexOf(name) === short.lastIndexOf(name) ? name : `${series[index].row.title}, ${name}`));
}

/** Returns dotted lines that show the slopes of O(n) and O(1) on log-log axes. */
function guides(series, bounds) {
  const { guide } = ink();
  const line = (label, data, dash) => ({ type: "line", label, data, borderColor: guide, borderDash: dash, borderWidth: 1.5, pointRadius: 0, pointStyle: "line", order: 9 });
  const made = [];
  const linear = series.find((one) => growth(one.points) === "O(n)");
  const constant = series.find((one) => growth(one.points) === "O(1)");
  if (linear) {
    const last = linear.points.at(-1);
    const start = Math.max(linear.points[0].x, (last.x * bounds.min) / last.y);
    made.push(line("O(n) guide", [{ x: start, y: (last.y * start) / last.x }, { x: last.x, y: last.y }], [2, 4]));
  }

  if (constant) {
    const y = constant.points[0].y;
    made.push(line("O(1) guide", [{ x: constant.points[0].x, y }, { x: constant.points.at(-1).x, y }], [7, 5]));
  }

  return made;
}

function curveChart(family) {
  const scale = scaleOf(family.parameter);
  const series = family.series.map((one) => ({ ...one, points: one.points.map((point) => ({ ...point, parameter: point.x, x: scale.place(point.x) })).toSorted((a, b) => a.x - b.x) }))
    .sort((one, other) => indexOf(one.row.allocator) - indexOf(other.row.allocator));
  const values = [...new Set(series.flatMap((one) => one.points.map((point) => point.parameter)))].sort((one, other) => scale.place(one) - scale.place(other));
  const ys = series.flatMap((one) => one.points.flatMap((point) => [point.yMin, point.y, point.yMax]));
  const log = { x: scale.isAlwaysLog || isLog(values.map(scale.place)), y: isLog(ys) };
  const named = namesOf(series);
  const isPicture = family.unit === "ns" && log.x && log.y && !scale.isAlwaysLog;
  const bounds = log.y ? logBounds(ys) : { min: 0, max: Math.max(...ys) * 1.1 };
  const title = series.map((one) => ({ title: one.row.title })).reduce((one, other) => ({ title: sharedTitle(one, other) })).title;
  const better = family.better === "higher" ? "Higher is better" : "Lower is better";
  const note = isPicture ? series.map((one, index) => `${named[index]} ${growthText(one.points)}`).join("; ") : better;
  const looks = looksOf(series.map((one) => one.row.allocator));
  return chartFigure({
    title: `${title}, by ${scale.title}`,
    summary: named.map((name, index) => `${name}: from ${valueText(series[index].points[0].y, family.unit)} to ${valueText(series[index].points.at(-1).y, family.unit)}`).join("; "),
    note,
    height: 340,
    configure() {
      const datasets = series.map((one, index) => {
        const { color, shape, dash } = look(looks[index]);
        return {
          label: named[index], data: one.points, showLine: true, borderColor: color, backgroundColor: color, borderDash: dash, borderWidth: 2.5,
          pointStyle: shape, pointRadius: 6, pointHoverRadius: 8, errorBarColor: color, errorBarWhiskerColor: color, errorBarLineWidth: 1.5, errorBarWhiskerSize: 8,
        };
      });
      return {
        type: "scatterWithErrorBars",
        data: { datasets: [...datasets, ...(isPicture ? guides(series, bounds) : [])] },
        options: {
          scales: {
            x: axis(`${scale.title}${log.x ? ", log scale" : ""}`, { log: log.x, ticks: ticksOf(family.parameter, values), whole: true }),
            y: axis(`${axisTitle(family.unit)}${log.y ? ", log scale" : ""}`, { log: log.y, unit: family.unit, ...bounds }),
          },
          plugins: { legend: pointLegend, tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${valueText(item.parsed.y, family.unit)}${item.raw.parameter === undefined ? "" : ` at ${scale.text(item.raw.parameter)}`}` } } },
        },
      };
    },
    headings: [scale.title, ...named],
    rows: values.map((value) => [scale.text(value), ...series.map((one) => {
      const point = one.points.find(({ parameter }) => parameter === value);
      return point ? `${valueText(point.y, family.unit)}${earlierText(point.row)}` : "–";
    })]),
  });
}

/** Returns the rows that are points of a curve. */
export const rowsOfCurves = (rows) => new Set(familiesOf(rows).flatMap((family) => family.series.flatMap((one) => one.points.map((point) => point.row))));

/** Returns the charts of all curves. Charts that two metrics share come first, and then those of times. */
export function curveCharts(rows) {
  const isTime = (family) => (family.unit === "ns" ? 0 : 1);
  const shared = (family) => (family.isShared ? 0 : 1);
  return familiesOf(rows).sort((one, other) => shared(one) - shared(other) || isTime(one) - isTime(other)).map(curveChart);
}
