// Charts the judged changes of earlier runs by commit, with the tolerance as a band. Rows without a judged change show their values.
import { axis, chartFigure } from "./charts.js";
import { el } from "./dom.js";
import { valueText, moment, percent, tickText, version } from "./format.js";
import { indexOf, ink, look } from "./palette.js";
import { plural, rowName, VERDICTS, verdictOf } from "./words.js";

const MOST_RUNS = 30;
const SHOWN_AT_ONCE = 6;

/** Smallest distance from the middle of the axis to its ends, relative to the middle. So noise of a percent or two looks small. */
const LEAST_HALF_RANGE = 0.15;

/** Smallest half range of an axis of changes, in percent. */
const LEAST_PERCENT = 6;

/** Marks of verdicts: a point shape and its radius. Other runs have the shape of their allocator. */
const MARKS = { regressed: ["crossRot", 8], inconclusive: ["rectRot", 7], improved: ["triangle", 6] };

/** Adds its change point to the first run at or after the time of the change. */
function withChangePoints(points, row, model) {
  for (const change of model.changePoints.filter(({ key }) => key === row.key)) {
    const point = points.find(({ time }) => time >= change.time);
    if (point && point !== points[0]) {
      point.changePoint = change;
    }
  }

  return points;
}

function pointsOf(row, model) {
  const earlier = model.history.filter((run) => Number.isFinite(run.values[row.key])).map((run) => {
    const [change, limit, verdict] = run.judged[row.key] ?? [];
    return { time: run.time, commit: run.commit, value: run.values[row.key], change, limit, verdict: verdict ?? (run.failed.includes(row.key) ? "regressed" : undefined) };
  });
  const now = row.measuredEarlier || !Number.isFinite(row.value) ? []
    : [{ time: model.time, commit: model.commit, value: row.value, change: row.changePercent, limit: row.limitPercent, verdict: row.verdict }];
  return withChangePoints([...earlier, ...now].slice(-MOST_RUNS), row, model);
}

/** Returns the labels of the runs: commits, or dates for runs of unknown commits. */
const labelsOf = (points) => points.map((point) => (point.commit ? version(point.commit).slice(0, 7)
  : Number.isFinite(point.time) ? new Date(point.time).toISOString().slice(5, 10) : ""));

/** Draws a dashed line at each change point. */
const changePointLines = (points) => ({
  id: "changePoints",
  afterDatasetsDraw(chart) {
    const { ctx: pen, scales: { x, y } } = chart;
    pen.save();
    pen.strokeStyle = ink().bad;
    pen.lineWidth = 2;
    pen.setLineDash([6, 4]);
    points.forEach((point, index) => {
      if (point.changePoint) {
        const at = x.getPixelForValue(index);
        pen.beginPath();
        pen.moveTo(at, y.top);
        pen.lineTo(at, y.bottom);
        pen.stroke();
      }
    });
    pen.restore();
  },
});

/** Returns the distance of ticks, so that two or three lie on each side of zero: 1, 2 or 5 times a power of ten. */
function stepFor(most) {
  const decade = 10 ** Math.floor(Math.log10(most / 2));
  return decade * [5, 2, 1].find((one) => one * decade <= most / 2);
}

/** Returns the series of a chart of changes: the changes, and the band of the tolerance around zero. */
function changeSeries(points) {
  const limits = points.map((point) => point.limit ?? null);
  const { guide } = ink();
  const edge = { borderColor: guide, borderDash: [3, 4], borderWidth: 1, pointRadius: 0, spanGaps: true };
  const most = Math.max(LEAST_PERCENT, ...points.map((point) => Math.abs(point.change ?? 0) * 1.15), ...limits.map((limit) => (limit ?? 0) * 1.3));
  const step = stepFor(most);
  const half = Math.ceil(most / step) * step;
  return {
    values: points.map((point) => point.change ?? null),
    band: [
      { label: "Upper limit", data: limits, ...edge },
      { label: "Lower limit", data: limits.map((limit) => (limit === null ? null : -limit)), ...edge, fill: { target: "-1" }, backgroundColor: `${guide}33` },
    ],
    y: { ...axis("Change", { min: -half, max: half }), ticks: { stepSize: step, callback: (value) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value)} %` } },
    text: (point) => percent(point.change),
  };
}

/** Returns the series of a chart of values, with the bound of a row that has one. */
function valueSeries(row, points) {
  const values = points.map((point) => point.value);
  const line = Number.isFinite(row.bound) ? row.bound : row.base;
  const all = [...values, ...(Number.isFinite(line) && !Number.isFinite(row.bound) ? [line] : [])];
  const middle = (Math.max(...all) + Math.min(...all)) / 2;
  const half = Math.max((Math.max(...all) - Math.min(...all)) * 0.65, middle * LEAST_HALF_RANGE);
  return {
    values,
    band: Number.isFinite(line) ? [{ label: Number.isFinite(row.bound) ? "Limit" : "Baseline", data: points.map(() => line), borderColor: ink().guide, borderDash: [3, 4], borderWidth: 1.5, pointRadius: 0 }] : [],
    y: { ...axis("Value", { min: Math.max(0, middle - half), max: middle + half }), ticks: { maxTicksLimit: 5, includeBounds: false, callback: (value) => tickText(value, row.unit) } },
    text: (point) => valueText(point.value, row.unit),
  };
}

const wordOf = (point) => (point.verdict ? VERDICTS[point.verdict]?.word ?? point.verdict : "–");

function trendChart(row, points) {
  const isNow = !row.measuredEarlier && Number.isFinite(row.value);
  const isChange = points.filter((point) => Number.isFinite(point.change)).length > 1;
  const count = (verdict) => points.filter((point) => point.verdict === verdict).length;
  const notes = [["regressed", count("regressed")], ["inconclusive", count("inconclusive")]].filter(([, of]) => of > 0).map(([word, of]) => `${of} ${word}`);
  const changed = points.filter((point) => point.changePoint);
  return chartFigure({
    title: rowName(row),
    summary: `${plural(points.length, "run")}, last ${valueText(points.at(-1).value, row.unit)}. ${notes.join(", ")}`,
    note: [valueText(points.at(-1).value, row.unit), isChange && Number.isFinite(points.at(-1).change) ? `${isNow ? "change now" : "last change"} ${percent(points.at(-1).change)}` : null, ...notes,
      changed.length > 0 ? `change point: ${changed.map(({ changePoint }) => `${percent(changePoint.changePercent)} at ${version(changePoint.toCommit ?? "an unknown commit")}`).join(", ")}` : null, `${row.better} is better`].filter(Boolean).join("; "),
    height: 190,
    compactFigure: true,
    configure() {
      const { values, band, y, text } = isChange ? changeSeries(points) : valueSeries(row, points);
      const { color, shape, dash } = look(indexOf(row.allocator));
      const { bad, surface } = ink();
      const mark = (choose) => points.map(choose);
      return {
        type: "line",
        data: {
          labels: labelsOf(points),
          datasets: [{
            label: "Measured", data: values, borderColor: color, borderDash: dash, borderWidth: 2, clip: false, spanGaps: true, order: -1,
            pointStyle: mark((point) => MARKS[point.verdict]?.[0] ?? shape), pointRadius: mark((point) => MARKS[point.verdict]?.[1] ?? 4),
            pointBorderWidth: mark((point) => (point.verdict === "regressed" ? 4 : 2)), pointBorderColor: mark((point) => (point.verdict === "regressed" ? bad : color)),
            pointBackgroundColor: mark((point) => (point.verdict === "inconclusive" ? surface : color)),
          }, ...band],
        },
        options: {
          scales: { x: { title: { display: true, text: "Commit" }, grid: { display: false }, ticks: { maxRotation: 45, maxTicksLimit: 10, font: { size: 10 } } }, y },
          plugins: {
            legend: { display: false }, filler: { drawTime: "beforeDatasetsDraw" },
            tooltip: {
              filter: (item) => item.datasetIndex === 0,
              callbacks: {
                title: ([item]) => `${moment(points[item.dataIndex].time)}, commit ${points[item.dataIndex].commit ? version(points[item.dataIndex].commit) : "unknown"}`,
                label: (item) => `${text(points[item.dataIndex])}, ${wordOf(points[item.dataIndex])}`,
              },
            },
          },
        },
        plugins: [changePointLines(points)],
      };
    },
    headings: ["Run", "Commit", "Measured", "Change", "Verdict"],
    rows: points.map((point) => [moment(point.time), point.commit ? version(point.commit) : "–", valueText(point.value, row.unit), percent(point.change),
      `${wordOf(point)}${point.changePoint ? ", change point" : ""}`]),
  });
}

/** Returns the rank of a trend: first rows that regressed now, then rows with a mark in an earlier run, other problems, and the rest. */
function concern({ row, points }) {
  const isMarked = points.some((point) => point.changePoint || point.verdict === "regressed");
  return row.verdict === "regressed" ? 0 : isMarked ? 1 : verdictOf(row).tone === "good" ? 3 : 2;
}

/** Returns a small chart for each row with a history, the worst first. Rows whose value was always zero are left out. */
export function trendCharts(model) {
  const trends = model.rows
    .map((row) => ({ row, points: pointsOf(row, model) }))
    .filter(({ points }) => points.length > 1 && points.some((point) => point.value !== 0))
    .sort((one, other) => concern(one) - concern(other));
  const grid = (some) => el("div", { class: "trends" }, some.map(({ row, points }) => trendChart(row, points)));
  return trends.length === 0 ? null : [
    grid(trends.slice(0, SHOWN_AT_ONCE)),
    trends.length > SHOWN_AT_ONCE ? el("details", { class: "more" }, el("summary", {}, `Trends of the other ${plural(trends.length - SHOWN_AT_ONCE, "row")}`), grid(trends.slice(SHOWN_AT_ONCE))) : null,
  ];
}
