// Shows why a row changed: the distributions of both versions, the instructions by method, and the parts of the operation.
import { axis, chartFigure, pointLegend } from "./charts.js";
import { el, table } from "./dom.js";
import { axisTitle, valueText, percent } from "./format.js";
import { look } from "./palette.js";
import { badge, changeText, earlierMark, isRatio, limitText, messageOf, plural, rowName, severity, sourceText, testLink, valuesText, verdictOf } from "./words.js";

const SHOWN_AT_ONCE = 4;
const MOST_METHODS = 8;

/** Length of the bar of a whole, relative to its cell. The text of the share stands beside it. */
const LONGEST_BAR = 0.4;

/** Smallest change of a method that is shown, in instructions per operation. */
const NOTEWORTHY = 0.05;

const SIDES = [["base", "Baseline", 0], ["candidate", "This run", 1]];

/** Draws a line at the judged value of each side. */
const judgedLines = (sides) => ({
  id: "judged",
  afterDatasetsDraw(chart) {
    const { ctx: pen, scales: { x, y } } = chart;
    pen.save();
    pen.lineWidth = 2;
    for (const { judged, index } of sides) {
      if (Number.isFinite(judged)) {
        pen.strokeStyle = look(index).color;
        pen.setLineDash(look(index).dash);
        pen.beginPath();
        pen.moveTo(x.getPixelForValue(judged), y.top);
        pen.lineTo(x.getPixelForValue(judged), y.bottom);
        pen.stroke();
      }
    }

    pen.restore();
  },
});

function distributionChart(row) {
  const sides = SIDES.filter(([name]) => row.densities?.[name]).map(([name, label, index]) => ({ ...row.densities[name], label, index, judged: name === "base" ? row.base : row.value }));
  if (sides.length === 0) {
    return null;
  }

  return chartFigure({
    label: `${rowName(row)}: samples`,
    title: sides.length > 1 ? "Samples of the baseline and of this run" : "Samples of this run",
    summary: sides.map((one) => `${one.label}: middle half from ${valueText(one.q1, row.unit)} to ${valueText(one.q3, row.unit)}`).join("; "),
    note: "Height: share of samples near a value. Vertical lines: the values that are compared.",
    height: 210,
    configure: () => ({
      type: "scatter",
      data: {
        datasets: sides.map((one) => {
          const { color, dash } = look(one.index);
          return { label: one.label, data: one.points.map(([x, y]) => ({ x, y })), showLine: true, fill: "origin", pointRadius: 0, pointStyle: "line", borderColor: color, borderDash: dash, borderWidth: 2, backgroundColor: `${color}40` };
        }),
      },
      options: {
        scales: {
          x: axis(`${axisTitle(row.unit)}; ${row.better} is better`, { unit: row.unit, min: Math.min(...sides.map((one) => one.points[0][0])), max: Math.max(...sides.map((one) => one.points.at(-1)[0])) }),
          y: { display: false, beginAtZero: true },
        },
        plugins: { legend: { ...pointLegend, labels: { ...pointLegend.labels, pointStyleWidth: 28 } }, tooltip: { enabled: false } },
      },
      plugins: [judgedLines(sides)],
    }),
    headings: ["Version", "2nd percentile", "Lower quartile", "Median", "Upper quartile", "98th percentile", "Samples"],
    rows: sides.map((one) => [one.label, ...["min", "q1", "median", "q3", "max"].map((of) => valueText(one[of], row.unit)), one.count.toLocaleString("en-US")]),
  });
}

/** Returns the row that counts the instructions of a row: the row itself, or the one that runs its benchmark. */
const countingRow = (row, rows) => (row.methods ? row : rows.find((one) => one.methods && one.countsFor === row.key));

/** Returns a table of instructions per operation by method: those that changed come first, then the largest ones. */
function methodTable(row, rows) {
  const counted = countingRow(row, rows);
  if (!counted) {
    return null;
  }

  const changed = counted.methods.filter((one) => Math.abs(one.change ?? 0) >= NOTEWORTHY);
  const isCompared = counted.methods.some((one) => one.change !== null);
  const size = (one) => Math.abs(one.change ?? 0);
  const some = counted.methods.toSorted((one, other) => size(other) - size(one) || (other.count ?? 0) - (one.count ?? 0)).slice(0, MOST_METHODS);
  const text = (value) => (Number.isFinite(value) ? value.toLocaleString("en-US", { maximumFractionDigits: 1 }) : "–");
  const difference = ({ change }) => `${change > 0 ? "+" : change < 0 ? "−" : ""}${text(Math.abs(change))}`;
  const caption = `Instructions per operation, by method${changed.length > 0 ? `: ${plural(changed.length, "method")} changed` : isCompared ? ": none changed" : ""}`;
  const headings = ["Method", "This run", ...(isCompared ? ["Difference"] : [])];
  return el("div", { class: "methods" }, table(caption, headings, some.map((one) => [one.name, text(one.count), ...(isCompared ? [difference(one)] : [])]), { showCaption: true, label: `${rowName(row)}: ${caption}` }));
}

/** Returns the operation that a row is part of, or consists of, as a table with the row's part marked. */
function partTable(row, model) {
  const operation = model.operations.find((one) => one.parts.some((part) => part.key === row.key));
  return operation ? el("div", { class: "parts" }, operationTable(operation, row)) : null;
}

/** Returns a table of the parts of an operation, each with its share of the time as a bar. */
export function operationTable(operation, marked) {
  const total = operation.parts.reduce((sum, part) => sum + part.nanoseconds, 0);
  const cells = operation.parts.map((part) => {
    const share = (100 * part.nanoseconds) / total;
    return {
      class: part.key === marked?.key ? "bad" : null,
      cells: [[part.name, part.key === marked?.key ? " (this row)" : null], valueText(part.nanoseconds, "ns"),
        [el("span", { class: "share", "aria-hidden": "true", style: `width:${(share * LONGEST_BAR).toFixed(1)}%` }), `${share.toFixed(share < 1 ? 2 : 1)}\u00a0%`]],
    };
  });
  const caption = `${operation.title}: ${valueText(total, "ns")}`;
  return table(caption, ["Part", "Time", "Share"], cells, { showCaption: true, label: marked ? `${rowName(marked)}: ${caption}` : caption });
}

function changeFigure(row, model) {
  const facts = [
    ["Change", changeText(row)], ["Values", Number.isFinite(row.base) ? valuesText(row) : valueText(row.value, row.unit)], ["Limit", limitText(row)],
    ["Baseline", sourceText(row) || null], ["A/A control (baseline against itself)", Number.isFinite(row.controlPercent) ? percent(row.controlPercent) : null],
  ].filter(([, value]) => value && value !== "–");
  return el("article", { class: `change ${verdictOf(row).tone}` },
    el("h3", {}, testLink(row, rowName(row)), " ", badge(row), earlierMark(row)),
    el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
    isRatio(row) ? el("p", { class: "message" }, messageOf(row)) : null,
    el("div", { class: "reasons" }, distributionChart(row), methodTable(row, model.rows), partTable(row, model)));
}

/** Returns the details of the rows that regressed, and the names of those that improved; null if no row changed. */
export function changes(model) {
  const worst = model.rows.filter((row) => row.verdict === "regressed" && Number.isFinite(row.value)).sort((one, other) => severity(other) - severity(one));
  const improved = model.rows.filter((row) => row.verdict === "improved");
  const figures = (rows) => rows.map((row) => changeFigure(row, model));
  const parts = [
    ...figures(worst.slice(0, SHOWN_AT_ONCE)),
    worst.length > SHOWN_AT_ONCE ? el("details", { class: "more" }, el("summary", {}, `The other ${plural(worst.length - SHOWN_AT_ONCE, "regression")}`), figures(worst.slice(SHOWN_AT_ONCE))) : null,
    improved.length > 0 ? el("ul", { class: "improvements" }, improved.map((row) => el("li", {}, "Improved: ", testLink(row, rowName(row)), earlierMark(row), `, ${changeText(row)}, ${valuesText(row)}`))) : null,
  ].filter(Boolean);
  return parts.length > 0 ? parts : null;
}
