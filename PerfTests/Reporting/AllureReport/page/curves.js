// Whatever is measured at several values of a numeric parameter is a curve; nothing here knows a metric's name.
import { axis, chartFigure, logBounds, pointLegend } from "./charts.js";
import { allocator, axisTitle, figure, number } from "./format.js";
import { indexOf, ink, look } from "./palette.js";
import { growth, growthText } from "./growth.js";
import { sharedTitle } from "./pairs.js";
import { isPercentile, percentileLabel, tailFactor } from "./percentiles.js";

const SPREAD_FOR_LOG = 8;
const isNumeric = (value) => value !== "" && Number.isFinite(Number(value));

/** The families of curves: one for each parameter of each group and unit. */
function familiesOf(rows) {
  const families = new Map();
  const bothAllocators = new Map();
  for (const row of rows) {
    bothAllocators.set(row.metric, (bothAllocators.get(row.metric) ?? new Set()).add(row.allocator));
  }

  for (const row of rows.filter((one) => Number.isFinite(one.value))) {
    for (const [name, value] of Object.entries(row.parameters).filter(([, of]) => isNumeric(of))) {
      const rest = Object.entries(row.parameters).filter(([other]) => other !== name);

      // A metric that has rows of both allocators is a picture of its own; two metrics that are two ways of one thing share one.
      const own = bothAllocators.get(row.metric).size > 1 ? row.metric : "";
      const key = JSON.stringify([row.group, row.unit, name, own]);
      const family = families.get(key) ?? { parameter: name, unit: row.unit, better: row.better, isShared: own === "", series: new Map() };
      families.set(key, family);
      const of = JSON.stringify([row.metric, row.allocator, rest]);
      const series = family.series.get(of) ?? { row, rest, points: [] };
      family.series.set(of, series);
      series.points.push({ x: Number(value), y: row.value, yMin: row.low ?? row.value, yMax: row.high ?? row.value, row });
    }
  }

  return [...families.values()]
    .map((family) => ({ ...family, series: [...family.series.values()].filter((one) => new Set(one.points.map((point) => point.x)).size > 1) }))
    .filter((family) => family.series.length > 0);
}

const spread = (values) => Math.max(...values) / Math.min(...values);
const isLog = (values) => values.every((value) => value > 0) && spread(values) >= SPREAD_FOR_LOG;

function nameOf(series) {
  const rest = series.rest.map(([name, value]) => `${name}: ${number(Number(value))}`).join(", ");
  return [allocator(series.row.allocator), rest].filter(Boolean).join(", ");
}

/** Dotted lines that show what O(n) and O(1) look like on log-log axes. */
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
  const isTail = isPercentile(family.parameter);
  const place = isTail ? tailFactor : (value) => value;
  const series = family.series.map((one) => ({ ...one, points: one.points.map((point) => ({ ...point, parameter: point.x, x: place(point.x) })).toSorted((a, b) => a.x - b.x) }))
    .sort((one, other) => indexOf(one.row.allocator) - indexOf(other.row.allocator));
  const xs = series.flatMap((one) => one.points.map((point) => point.x));
  const ys = series.flatMap((one) => one.points.flatMap((point) => [point.yMin, point.y, point.yMax]));
  const log = { x: isTail || isLog(xs), y: isLog(ys) };
  const named = series.map((one) => nameOf(one));
  const isPicture = family.unit === "ns" && log.x && log.y && !isTail;
  const bounds = log.y ? logBounds(ys) : { min: 0, max: Math.max(...ys) * 1.1 };
  const title = series.map((one) => ({ title: one.row.title })).reduce((one, other) => ({ title: sharedTitle(one, other) })).title;
  const better = family.better === "higher" ? "Higher is better" : "Lower is better";
  const note = isPicture ? series.map((one, index) => `${named[index]} ${growthText(one.points)}`).join("; ") : better;
  const text = (value) => (isTail ? percentileLabel(value) : value.toLocaleString("en-US"));
  const values = [...new Map(series.flatMap((one) => one.points.map((point) => [point.x, point.parameter])))].sort(([a], [b]) => a - b);
  const ticks = isTail ? values.map(([x, parameter]) => [x, text(parameter)]) : undefined;
  return chartFigure({
    title: `${title}, by ${family.parameter}`,
    summary: named.map((name, index) => `${name}: from ${figure(series[index].points[0].y, family.unit)} to ${figure(series[index].points.at(-1).y, family.unit)}`).join("; "),
    note,
    height: 340,
    configure() {
      const datasets = series.map((one, index) => {
        const unique = new Set(series.map((of) => of.row.allocator)).size === series.length;
        const { color, shape, dash } = look(unique ? indexOf(one.row.allocator) : index);
        return {
          label: named[index], data: one.points, showLine: true, borderColor: color, backgroundColor: color, borderDash: dash, borderWidth: 2.5,
          pointStyle: shape, pointRadius: 6, pointHoverRadius: 8, errorBarColor: color, errorBarWhiskerColor: color, errorBarLineWidth: 1.5, errorBarWhiskerSize: 8,
        };
      });
      return {
        type: "scatterWithErrorBars",
        data: { datasets: [...datasets, ...(isPicture ? guides(series, bounds) : [])] },
        options: {
          scales: { x: axis(`${family.parameter}${log.x ? ", log scale" : ""}`, { log: log.x, ticks }), y: axis(`${axisTitle(family.unit)}${log.y ? ", log scale" : ""}`, { log: log.y, ...bounds }) },
          plugins: { legend: pointLegend, tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${figure(item.parsed.y, family.unit)} at ${text(item.raw.parameter ?? item.parsed.x)}` } } },
        },
      };
    },
    headings: [family.parameter, ...named],
    rows: values.map(([x, parameter]) => [text(parameter), ...series.map((one) => figure(one.points.find((point) => point.x === x)?.y ?? NaN, family.unit))]),
  });
}

/** The curves of all rows; those that show how a time grows come first. */
export function curveCharts(rows) {
  const isTime = (family) => (family.unit === "ns" ? 0 : 1);
  const shared = (family) => (family.isShared ? 0 : 1);
  return familiesOf(rows).sort((one, other) => shared(one) - shared(other) || isTime(one) - isTime(other)).map(curveChart);
}
