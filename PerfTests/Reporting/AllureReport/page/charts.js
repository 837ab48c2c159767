// What all charts share: registration, axes, theme, and a table that says the same.
import { BarController, BarElement, CategoryScale, Chart, Legend, LineController, LineElement, LinearScale, LogarithmicScale, PointElement, ScatterController, Tooltip } from "chart.js";
import { BoxAndWiskers, BoxPlotController } from "@sgratzl/chartjs-chart-boxplot";
import { BarWithErrorBar, BarWithErrorBarsController, PointWithErrorBar, ScatterWithErrorBarsController } from "chartjs-chart-error-bars";
import { el, table } from "./dom.js";
import { compact } from "./format.js";
import { ink, onThemeChange } from "./palette.js";

Chart.register(BarController, BarElement, CategoryScale, Legend, LineController, LineElement, LinearScale, LogarithmicScale, PointElement, ScatterController, Tooltip,
  BoxAndWiskers, BoxPlotController, BarWithErrorBar, BarWithErrorBarsController, PointWithErrorBar, ScatterWithErrorBarsController);
Chart.defaults.animation = false;
Chart.defaults.responsive = true;
Chart.defaults.maintainAspectRatio = false;
Chart.defaults.font.family = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

const drawn = [];

function theme() {
  const colors = ink();
  Chart.defaults.color = colors.text;
  Chart.defaults.borderColor = colors.grid;
}

onThemeChange(() => {
  theme();
  for (const one of drawn) {
    one.chart?.destroy();
    one.draw();
  }
});
theme();

/** Only powers of ten, or 1-2-5 steps where the range is short, keep a log axis readable. */
const logTick = (axis) => (value) => {
  const first = Number(String(Number(value).toExponential())[0]);
  const decades = Math.log10(axis().max / axis().min);
  return first === 1 || (decades <= 2 && (first === 2 || first === 5)) ? compact(value) : null;
};

/** An axis with a title. */
export function axis(title, { log = false, min, max, grid = true } = {}) {
  const made = { type: log ? "logarithmic" : "linear", title: { display: true, text: title }, min, max, grid: { display: grid }, beginAtZero: false };
  made.ticks = log
    ? { autoSkip: false, maxRotation: 0, callback(value) { return logTick(() => this)(value); } }
    : { maxTicksLimit: 7, maxRotation: 0, callback: (value) => compact(value) };
  return made;
}

/** Bounds of a log axis for these values: whole decades, or 1-2-5 steps if they lie close. */
export function logBounds(values) {
  const positive = values.filter((value) => value > 0);
  const low = Math.min(...positive);
  const high = Math.max(...positive);
  return { min: 10 ** Math.floor(Math.log10(low * 0.999)), max: 10 ** Math.ceil(Math.log10(high * 1.001)) };
}

/**
 * A figure: heading, canvas, a note, and the same figures as a table.
 * `configure` returns a Chart.js configuration and is called again when the theme changes.
 */
export function chartFigure({ title, summary, note, height = 260, configure, headings, rows, compactFigure = false }) {
  const canvas = el("canvas", { role: "img", "aria-label": `${title}. ${summary}` });
  const one = { chart: undefined, draw() { this.chart = new Chart(canvas, configure()); } };
  drawn.push(one);
  const node = el("figure", { class: compactFigure ? "chart small" : "chart" },
    el("figcaption", {}, el("h3", {}, title), note ? el("p", {}, note) : null),
    el("div", { class: "canvas", style: `height:${height}px` }, canvas),
    el("details", {}, el("summary", {}, "The same as a table"), table(title, headings, rows)));
  return node;
}

/** Draws once the figures are part of the page: a canvas needs its size. */
export function drawAll() {
  for (const one of drawn) {
    one.draw();
  }
}
