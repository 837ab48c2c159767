// Charts values as dots with intervals, one line per operation. A dot has no length, so an axis may be logarithmic without an origin.
import { axis, logBounds, pointLegend } from "./charts.js";
import { axisTitle, valueText, isSpeed } from "./format.js";
import { indexOf, ink, look } from "./palette.js";
import { earlierText } from "./words.js";

const HEADROOM = 1.1;

/** Ratio of the largest to the smallest value from which an axis is logarithmic. */
const SPREAD_FOR_LOG = 8;

/** Draws a line between the dots of one operation, so that their distance is seen. */
const connectors = {
  id: "connectors",
  beforeDatasetsDraw(chart) {
    const pen = chart.ctx;
    const { x, y } = chart.scales;
    pen.save();
    pen.strokeStyle = ink().guide;
    pen.lineWidth = 3;
    pen.globalAlpha = 0.45;
    chart.data.labels.forEach((_, line) => {
      const values = chart.data.datasets.flatMap((one) => one.data.filter((point) => point.line === line).map((point) => point.x));
      if (values.length > 1) {
        pen.beginPath();
        pen.moveTo(x.getPixelForValue(Math.min(...values)), y.getPixelForValue(line));
        pen.lineTo(x.getPixelForValue(Math.max(...values)), y.getPixelForValue(line));
        pen.stroke();
      }
    });
    pen.restore();
  },
};

/** Returns the bounds of an axis around the values of rows; a linear axis starts at zero. */
export function boundsOf(rows) {
  const values = rows.flatMap((row) => [row.value, row.low, row.high]).filter(Number.isFinite);
  const log = isSpeed(rows[0].unit) && values.every((value) => value > 0) && Math.max(...values) / Math.min(...values) >= SPREAD_FOR_LOG;
  return { log, ...(log ? logBounds(values, { room: 1.2 }) : { min: 0, max: Math.max(...values) * HEADROOM }) };
}

/** Returns a Chart.js configuration; each series has a label and points, which are rows with the number of their line. */
export function dotConfiguration({ labels, series, bounds, hasLegend }) {
  const { unit } = series[0].points[0].row;
  const { log, min, max } = bounds;
  return {
    type: "scatterWithErrorBars",
    data: {
      labels,
      datasets: series.map((one) => {
        const { color, shape } = look(indexOf(one.allocator));
        return {
          label: one.label, data: one.points.map(({ row, line }) => ({ x: row.value, y: line, xMin: row.low ?? row.value, xMax: row.high ?? row.value, line, row })),
          borderColor: color, backgroundColor: color, pointStyle: shape, pointRadius: 8, pointHoverRadius: 10,
          errorBarColor: color, errorBarWhiskerColor: color, errorBarLineWidth: 2, errorBarWhiskerLineWidth: 2, errorBarWhiskerSize: 12,
        };
      }),
    },
    options: {
      scales: {
        x: axis(`${axisTitle(unit)}${log ? ", log scale" : ""}`, { log, min, max, unit }),
        y: {
          type: "linear", min: -0.6, max: labels.length - 0.4, reverse: true, grid: { drawTicks: false }, border: { display: false },
          ticks: { autoSkip: false, display: labels.some((label) => label.length > 0), padding: 6, callback: (value) => labels[value] ?? "" },
          afterBuildTicks: (scale) => { scale.ticks = labels.map((_, line) => ({ value: line })); },
        },
      },
      plugins: {
        legend: hasLegend ? pointLegend : { display: false },
        tooltip: { callbacks: { label: ({ raw, dataset }) => `${dataset.label}: ${valueText(raw.x, unit)} (${valueText(raw.xMin, unit)} to ${valueText(raw.xMax, unit)})${earlierText(raw.row)}` } },
      },
    },
    plugins: [connectors],
  };
}
