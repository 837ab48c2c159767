// Horizontal bars with error bars. Times and rates have a log axis; other values have a linear axis from zero.
import { axis, logBounds } from "./charts.js";
import { axisTitle, valueText, isSpeed } from "./format.js";
import { hatch, indexOf, ink, look } from "./palette.js";

/** Smallest ratio of a bar's end to its start, on a log axis. */
const BAR_ROOM = 2;

const HEADROOM = 1.1;

/** Returns the colours of an allocator's bars; the original's bars are hatched. */
export function barLook(allocator) {
  const { color } = look(indexOf(allocator));
  return { backgroundColor: allocator === "shm" ? hatch(color) : color, borderColor: color };
}

/** Returns a row as a bar, with the range of its launches. */
const barOf = (row) => ({ x: row.value, xMin: row.low ?? row.value, xMax: row.high ?? row.value });

/** Returns a Chart.js configuration; each series has a label, rows and a look. */
export function barConfiguration({ labels, series, legend, thickness }) {
  const rows = series.flatMap((one) => one.rows);
  const { unit } = rows[0];
  const values = rows.flatMap((row) => [row.value, row.low, row.high]).filter(Number.isFinite);
  const log = isSpeed(unit);
  const bounds = log ? logBounds(values, { room: BAR_ROOM }) : { min: 0, max: Math.max(...values) * HEADROOM };
  const { text } = ink();
  return {
    type: "barWithErrorBars",
    data: {
      labels,
      datasets: series.map((one) => ({
        label: one.label, data: one.rows.map(barOf), ...one.look, borderWidth: 1.5, maxBarThickness: thickness,
        errorBarColor: text, errorBarWhiskerColor: text, errorBarLineWidth: 1.5, errorBarWhiskerLineWidth: 1.5, errorBarWhiskerRatio: 0.6,
      })),
    },
    options: {
      indexAxis: "y",
      scales: { x: axis(`${axisTitle(unit)}${log ? ", log scale" : ""}`, { log, ...bounds }), y: { grid: { display: false }, ticks: { autoSkip: false } } },
      plugins: { legend, tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${valueText(item.raw.x, unit)} (${valueText(item.raw.xMin)} to ${valueText(item.raw.xMax)})` } } },
    },
  };
}
