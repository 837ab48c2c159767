// Charts how far the samples of each row lie above its minimum. This spread is the noise under which the row was judged.
import { axis, chartFigure } from "./charts.js";
import { number } from "./format.js";
import { hatch, indexOf, look } from "./palette.js";
import { rowName } from "./verdicts.js";

const ROW_HEIGHT = 34;

/** Returns one chart with a box for each row that has raw samples. */
export function spreadChart(rows) {
  const boxed = rows.filter((row) => row.box);
  if (boxed.length === 0) {
    return null;
  }

  const shorten = (text) => (text.length > 58 ? `${text.slice(0, 57)}…` : text);
  const widest = boxed.reduce((one, other) => (other.box.q3 / other.box.median > one.box.q3 / one.box.median ? other : one));
  const colors = () => boxed.map((row) => look(indexOf(row.allocator)).color);
  return chartFigure({
    title: "Spread of the samples of each row",
    summary: `Widest: ${rowName(widest)}.`,
    note: "Box: first to third quartile of the samples; whiskers: 2nd to 98th percentile; 1 is the minimum, which is judged",
    height: 90 + boxed.length * ROW_HEIGHT,
    configure: () => ({
      type: "boxplot",
      data: {
        labels: boxed.map((row) => shorten(row.key)),
        datasets: [{
          label: "Samples", data: boxed.map(({ box }) => ({ ...box, mean: box.median, items: [], outliers: [], whiskerMin: box.min, whiskerMax: box.max })),
          backgroundColor: boxed.map((row, index) => (row.allocator === "shm" ? hatch(colors()[index]) : `${colors()[index]}88`)), borderColor: colors(), borderWidth: 1.5,
          medianColor: colors(), meanRadius: 0, itemRadius: 0, outlierRadius: 0, maxBarThickness: 20,
        }],
      },
      options: {
        indexAxis: "y",
        scales: { x: axis("Time of a sample, relative to the minimum (1)", { min: Math.min(1, ...boxed.map(({ box }) => box.min)) - 0.01, max: Math.min(3, Math.max(...boxed.map(({ box }) => box.max)) * 1.02) }), y: { grid: { display: false }, ticks: { autoSkip: false } } },
        plugins: { legend: { display: false }, tooltip: { callbacks: { label: (item) => { const { box } = boxed[item.dataIndex]; return `median ${number(box.median)}, middle half ${number(box.q1)} to ${number(box.q3)}, ${box.count} samples`; } } } },
      },
    }),
    headings: ["Row", "2nd percentile", "Lower quartile", "Median", "Upper quartile", "98th percentile", "Samples"],
    rows: boxed.map((row) => [rowName(row), ...["min", "q1", "median", "q3", "max"].map((of) => number(row.box[of])), String(row.box.count)]),
  });
}
