// Charts how far the samples of each row lie above its minimum. This spread is the noise under which the row was judged.
import { axis, chartFigure } from "./charts.js";
import { number } from "./format.js";
import { hatch, indexOf, look } from "./palette.js";
import { lines } from "./singles.js";
import { plural, rowName } from "./words.js";

const ROW_HEIGHT = 30;
const MOST_ROWS = 12;

/** Most characters of a label: in a wide window, on two lines of paper, and on a phone. */
const MOST_CHARACTERS = { wide: 58, paper: 72, phone: 26 };

const isPrinting = () => document.documentElement.classList.contains("printing");

/** Width of the middle half of the samples, relative to their median. */
const width = ({ box }) => (box.q3 - box.q1) / box.median;

/** Returns one chart with a box for each of the rows with the widest spread; its table has all rows. */
export function spreadChart(rows) {
  const boxed = rows.filter((row) => row.box);
  if (boxed.length === 0) {
    return null;
  }

  const shorten = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
  const label = (row) => (isPrinting() ? lines(shorten(rowName(row), MOST_CHARACTERS.paper))
    : window.innerWidth < 700 ? shorten(row.key, MOST_CHARACTERS.phone) : shorten(rowName(row), MOST_CHARACTERS.wide));
  const drawn = boxed.toSorted((one, other) => width(other) - width(one)).slice(0, MOST_ROWS);
  const colors = () => drawn.map((row) => look(indexOf(row.allocator)).color);
  const most = Math.min(3, Math.max(...drawn.map(({ box }) => box.max)) * 1.02);
  return chartFigure({
    title: drawn.length < boxed.length ? `The ${drawn.length} rows with the widest spread, of ${boxed.length}` : `Spread of the samples of ${plural(boxed.length, "row")}`,
    summary: `Widest: ${rowName(drawn[0])}.`,
    note: "Box: middle half of the samples; whiskers: 2nd to 98th percentile; 1 is the minimum, which is judged",
    height: 90 + drawn.length * ROW_HEIGHT,
    configure: () => ({
      type: "boxplot",
      data: {
        labels: drawn.map(label),
        datasets: [{
          label: "Samples", data: drawn.map(({ box }) => ({ ...box, mean: box.median, items: [], outliers: [], whiskerMin: box.min, whiskerMax: box.max })),
          backgroundColor: drawn.map((row, index) => (row.allocator === "shm" ? hatch(colors()[index]) : `${colors()[index]}88`)), borderColor: colors(), borderWidth: 1.5,
          medianColor: colors(), meanRadius: 0, itemRadius: 0, outlierRadius: 0, maxBarThickness: 18,
        }],
      },
      options: {
        indexAxis: "y",
        scales: { x: axis("Time of a sample, relative to the minimum", { min: Math.min(1, ...drawn.map(({ box }) => box.min)) - 0.01, max: most }), y: { grid: { display: false }, ticks: { autoSkip: false } } },
        plugins: { legend: { display: false }, tooltip: { callbacks: { label: (item) => { const { box } = drawn[item.dataIndex]; return `median ${number(box.median)}, middle half ${number(box.q1)} to ${number(box.q3)}, ${box.count} samples`; } } } },
      },
    }),
    headings: ["Row", "2nd percentile", "Lower quartile", "Median", "Upper quartile", "98th percentile", "Samples"],
    rows: boxed.map((row) => [rowName(row), ...["min", "q1", "median", "q3", "max"].map((of) => number(row.box[of])), String(row.box.count)]),
  });
}
