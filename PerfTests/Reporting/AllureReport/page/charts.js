// Parts that all charts share: registration, axes, theme, and a table with the same values.
import { CategoryScale, Chart, Filler, Legend, LineController, LineElement, LinearScale, LogarithmicScale, PointElement, ScatterController, Tooltip } from "chart.js";
import { BoxAndWiskers, BoxPlotController } from "@sgratzl/chartjs-chart-boxplot";
import { PointWithErrorBar, ScatterWithErrorBarsController } from "chartjs-chart-error-bars";
import { el, table } from "./dom.js";
import { compact, tickText } from "./format.js";
import { ink, onThemeChange } from "./palette.js";

Chart.register(CategoryScale, Filler, Legend, LineController, LineElement, LinearScale, LogarithmicScale, PointElement, ScatterController, Tooltip,
  BoxAndWiskers, BoxPlotController, PointWithErrorBar, ScatterWithErrorBarsController);
Chart.defaults.animation = false;
Chart.defaults.responsive = true;
Chart.defaults.maintainAspectRatio = false;
Chart.defaults.font.family = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

const drawn = [];

/** Details that are open at first. A browser sends their toggle events later; their charts are drawn in turn. */
let first = new Set();

function theme() {
  const colors = ink();
  Chart.defaults.color = colors.text;
  Chart.defaults.borderColor = colors.grid;
}

/** Draws all visible charts again, in the present colours and the present width of the page. */
export function redrawAll() {
  theme();
  for (const one of drawn.filter(({ chart }) => chart)) {
    one.chart.destroy();
    one.chart = undefined;
  }

  drawAll();
}

onThemeChange(redrawAll);
theme();

/** Returns readable ticks of a log axis: powers of ten, or steps of 1, 2 and 5 if the range is short. */
function logTicks({ min, max }) {
  const steps = Math.log10(max / min) <= 2 ? [1, 2, 5] : [1];
  const ticks = [];
  for (let decade = Math.floor(Math.log10(min)); decade <= Math.ceil(Math.log10(max)); decade++) {
    ticks.push(...steps.map((step) => step * 10 ** decade).filter((value) => value >= min * 0.999 && value <= max * 1.001));
  }

  return ticks.map((value) => ({ value }));
}

/** Least distance between two labels of ticks, in pixels: the width of a label such as 64 MiB, and a gap. */
const TICK_DISTANCE = 52;

/** Returns those ticks whose labels do not overlap on a horizontal axis. The last tick always stays. */
function roomyTicks({ type, chart, left, right }, values) {
  const place = (value) => (type === "logarithmic" ? Math.log(value) : value);
  const [first, last] = [place(values[0]), place(values.at(-1))];
  const width = right > left ? right - left : chart.width;
  const kept = [];
  for (const value of values.toReversed()) {
    if (kept.length === 0 || (place(kept.at(-1)) - place(value)) / (last - first) * width >= TICK_DISTANCE) {
      kept.push(value);
    }
  }

  return kept.toReversed().map((value) => ({ value }));
}

/**
 * Returns an axis with a title. `unit` is the unit of its values, for the texts of the ticks; `ticks` are pairs of a value and a label
 * that replace the usual ticks; with `whole`, the usual ticks are whole numbers.
 */
export function axis(title, { log = false, min, max, ticks, unit, whole = false } = {}) {
  const labels = new Map(ticks);
  return {
    type: log ? "logarithmic" : "linear", title: { display: true, text: title }, min, max, beginAtZero: false,
    ticks: { precision: whole ? 0 : undefined, autoSkip: true, autoSkipPadding: 6, maxTicksLimit: log ? undefined : 7, maxRotation: 0, includeBounds: false, callback: (value) => (ticks ? labels.get(value) : unit ? tickText(value, unit) : compact(value)) },
    afterBuildTicks: ticks ? (scale) => { scale.ticks = roomyTicks(scale, ticks.map(([value]) => value)); } : log ? (scale) => { scale.ticks = logTicks(scale); } : undefined,
  };
}

/** Legend that shows the shapes of points, and the dashes of lines without points. */
export const pointLegend = {
  position: "top", align: "start",
  labels: {
    usePointStyle: true, boxHeight: 7,
    generateLabels: (chart) => Chart.defaults.plugins.legend.labels.generateLabels(chart).map((label) => (
      label.pointStyle === "line" ? { ...label, lineDash: chart.data.datasets[label.datasetIndex].borderDash } : label)),
  },
};

/** Returns the bounds of a log axis around the values: the lower bound is a step of 1, 2 or 5, the upper bound a power of ten. */
export function logBounds(values, { room = 1.2 } = {}) {
  const positive = values.filter((value) => value > 0);
  const low = Math.min(...positive) / room;
  const decade = 10 ** Math.floor(Math.log10(low));
  const step = [5, 2, 1].find((one) => one * decade <= low) ?? 1;
  return { min: step * decade, max: 10 ** Math.ceil(Math.log10(Math.max(...positive))) };
}

/**
 * Returns a chart: a heading, a note, a canvas, and a table of the same values.
 * `configure` returns a Chart.js configuration and is called again when the theme changes.
 */
export function chartFigure({ title, label = title, summary, note, height = 260, configure, headings, rows, compactFigure = false }) {
  const canvas = el("canvas", { role: "img", "aria-label": `${label}. ${summary}` });
  const one = { canvas, chart: undefined, draw() { this.chart = new Chart(canvas, configure()); } };
  drawn.push(one);
  const node = el("figure", { class: compactFigure ? "chart small" : "chart" },
    el("figcaption", {}, el("h3", {}, title), note ? el("p", {}, note) : null),
    el("div", { class: "canvas", style: `height:${height}px` }, canvas),
    el("details", {}, el("summary", {}, "Values as a table"), table(label, headings, rows)));
  return node;
}

/** Returns the charts that are still to be drawn. Those inside a closed `details` are drawn when it opens. */
const missing = () => drawn.filter(({ canvas, chart }) => !chart && !canvas.closest("details:not([open])"));

/** Draws the charts that are visible. Call this after the charts became part of the page, because only then a canvas has its size. */
function drawAll() {
  missing().forEach((one) => one.draw());
}

/**
 * Draws the charts on the first screen at once, so that a page of many charts shows quickly, and the others one by one while the browser is
 * idle. Then the page has the attribute `data-drawn`.
 */
export function drawFirst() {
  first = new Set(document.querySelectorAll("details[open]"));
  missing().filter(({ canvas }) => canvas.getBoundingClientRect().top < window.innerHeight).forEach((one) => one.draw());
  drawNext(missing());
}

function drawNext(rest) {
  const next = rest.findIndex(({ chart }) => !chart);
  if (next >= 0) {
    (window.requestIdleCallback ?? setTimeout)(() => {
      try {
        // A print may have drawn it meanwhile.
        if (!rest[next].chart) {
          rest[next].draw();
        }
      } finally {
        drawNext(rest.slice(next + 1));
      }
    }, { timeout: 50 });
  } else {
    document.documentElement.dataset.drawn = "all";
  }
}

document.addEventListener("toggle", ({ target }) => {
  if (!first.delete(target)) {
    missing().filter(({ canvas }) => target.contains(canvas)).forEach((one) => one.draw());
  }
}, true);
