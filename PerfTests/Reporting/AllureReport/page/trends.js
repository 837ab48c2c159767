// Charts the values of earlier runs. A cross and a text mark each regression.
import { axis, chartFigure } from "./charts.js";
import { el } from "./dom.js";
import { compact, valueText, moment, number, percent } from "./format.js";
import { indexOf, ink, look } from "./palette.js";
import { rowName, verdictOf } from "./verdicts.js";

const MOST_RUNS = 30;
const SHOWN_AT_ONCE = 6;

/** Smallest distance from the middle of the axis to its ends, relative to the middle. So noise of a percent or two looks small. */
const LEAST_HALF_RANGE = 0.15;

function pointsOf(row, model) {
  const earlier = model.history.filter((run) => Number.isFinite(run.values[row.key]))
    .map((run) => ({ time: run.time, value: run.values[row.key], isRegressed: run.failed.includes(row.key) }));
  const now = row.measuredEarlier ? [] : [{ time: model.time, value: row.value, isRegressed: row.verdict === "regressed" }];
  return [...earlier, ...now].slice(-MOST_RUNS);
}

function trendChart(row, points) {
  const first = points[0].value;
  const change = first > 0 ? ((points.at(-1).value / first) - 1) * 100 : NaN;
  const regressed = points.filter((point) => point.isRegressed).length;
  const times = points.map((point) => (Number.isFinite(point.time) ? new Date(point.time).toISOString() : ""));
  const isOneDay = new Set(times.map((time) => time.slice(0, 10))).size === 1;
  const values = [...points.map((point) => point.value), ...(Number.isFinite(row.baseline) && row.unit !== "x" ? [row.baseline] : [])];
  const middle = (Math.max(...values) + Math.min(...values)) / 2;
  const half = Math.max((Math.max(...values) - Math.min(...values)) * 0.65, middle * LEAST_HALF_RANGE);
  return chartFigure({
    title: rowName(row),
    summary: `${points.length} runs, from ${valueText(first, row.unit)} to ${valueText(points.at(-1).value, row.unit)}. ${regressed} regressed.`,
    note: `${valueText(points.at(-1).value, row.unit)}, ${percent(change)} over ${points.length} runs${regressed > 0 ? `; ${regressed} regressed` : ""}; ${row.better} is better`,
    height: 170,
    compactFigure: true,
    configure() {
      const { color, shape, dash } = look(indexOf(row.allocator));
      const { bad, guide } = ink();
      const mark = (yes, no) => points.map((point) => (point.isRegressed ? yes : no));
      const datasets = [{
        label: "Measured", data: points.map((point) => point.value), borderColor: color, backgroundColor: color, borderDash: dash, borderWidth: 2,
        pointStyle: mark("crossRot", shape), pointRadius: mark(9, 4), pointBorderWidth: mark(4, 1), pointBorderColor: mark(bad, color), clip: false,
      }];
      if (Number.isFinite(row.baseline) && row.unit !== "x") {
        datasets.push({ label: "Baseline", data: points.map(() => row.baseline), borderColor: guide, borderDash: [3, 4], borderWidth: 1.5, pointRadius: 0 });
      }

      return {
        type: "line",
        data: { labels: times.map((time) => (isOneDay ? time.slice(11, 16) : time.slice(5, 10))), datasets },
        options: {
          scales: {
            x: { title: { display: true, text: isOneDay ? "Run of (time, UTC)" : "Run of (month-day)" }, grid: { display: false }, ticks: { maxRotation: 0, maxTicksLimit: 6 } },
            y: { ...axis(row.unit || "value", { min: Math.max(0, middle - half), max: middle + half }), ticks: { maxTicksLimit: 8, includeBounds: false, callback: (value) => (Math.abs(value) < 1e5 ? number(value) : compact(value)) } },
          },
          plugins: {
            legend: { display: false },
            tooltip: { callbacks: { title: (items) => moment(points[items[0].dataIndex].time), label: (item) => `${item.dataset.label}: ${valueText(item.parsed.y, row.unit)}${item.datasetIndex === 0 && points[item.dataIndex].isRegressed ? " (regressed)" : ""}` } },
          },
        },
      };
    },
    headings: ["Run", "Measured", "Verdict"],
    rows: points.map((point) => [moment(point.time), valueText(point.value, row.unit), point.isRegressed ? "Regressed" : "–"]),
  });
}

/** Returns the rank of a trend: first rows that regressed now, then rows that regressed earlier, other problems, and the rest. */
const concern = ({ row, points }) =>
  row.verdict === "regressed" ? 0 : points.some((point) => point.isRegressed) ? 1 : verdictOf(row).tone === "good" ? 3 : 2;

/** Returns a small chart for each row with a history, the worst first. Rows whose value was always zero are left out. */
export function trendCharts(model) {
  const trends = model.rows
    .filter((row) => Number.isFinite(row.value))
    .map((row) => ({ row, points: pointsOf(row, model) }))
    .filter(({ points }) => points.length > 1 && points.some((point) => point.value !== 0))
    .sort((one, other) => concern(one) - concern(other));
  const grid = (some) => el("div", { class: "trends" }, some.map(({ row, points }) => trendChart(row, points)));
  const regressed = trends.filter(({ points }) => points.some((point) => point.isRegressed)).length;
  const first = Math.max(SHOWN_AT_ONCE, Math.ceil(regressed / 3) * 3);
  return trends.length === 0 ? null : [
    grid(trends.slice(0, first)),
    trends.length > first ? el("details", { class: "more" }, el("summary", {}, `Trends of the other ${trends.length - first} rows`), grid(trends.slice(first))) : null,
  ];
}
