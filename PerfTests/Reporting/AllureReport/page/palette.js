// Okabe and Ito's colours, which people with any common colour blindness can tell apart. Colour is never the
// only mark: each series has a point shape and a dash of its own, and the original's bars are hatched.

const LIGHT = ["#D55E00", "#0072B2", "#009E73", "#CC79A7", "#8A6D00", "#3A8FBF", "#000000"];
const DARK = ["#E69F00", "#56B4E9", "#2FC79A", "#E29AC3", "#F0E442", "#8FB8FF", "#FFFFFF"];
const SHAPES = ["circle", "triangle", "rect", "rectRot", "star", "crossRot", "cross"];
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [4, 4], [12, 4], [1, 4]];

const dark = window.matchMedia("(prefers-color-scheme: dark)");

let isPrinting = false;

/** Chooses the light colours while the page is printed, whatever the reader prefers on the screen. */
export function setPrinting(value) {
  isPrinting = value;
}

/** True if the page is dark: the reader prefers this, and the page is not printed. */
export const isDark = () => dark.matches && !isPrinting;

/** Calls the listener when the reader switches between a light and a dark page. */
export const onThemeChange = (listener) => dark.addEventListener("change", listener);

/** Returns the colours of texts, grids and other parts that are not data. */
export const ink = () => isDark()
  ? { text: "#e8eaed", muted: "#a9b1bb", grid: "#39414b", surface: "#1b2027", bad: "#FF8A65", guide: "#8d96a0" }
  : { text: "#1f2429", muted: "#57606a", grid: "#d9dee3", surface: "#ffffff", bad: "#B33A00", guide: "#6b7580" };

/** Returns the look of a series by its number; 0 is the original, and 1 is the arena. */
export function look(index) {
  const at = index % LIGHT.length;
  return { color: (isDark() ? DARK : LIGHT)[at], shape: SHAPES[at], dash: DASHES[at] };
}

const NAMES = ["shm", "arena"];

/** Returns the number of an allocator's look. The original and the arena have fixed numbers; each other allocator gets the next one. */
export function indexOf(allocator) {
  if (!NAMES.includes(allocator)) {
    NAMES.push(allocator);
  }

  return NAMES.indexOf(allocator);
}

/** Returns the number of a look for each series, by its allocator, or by its position if an allocator has several series. */
export const looksOf = (allocators) =>
  new Set(allocators).size < allocators.length ? allocators.map((_, index) => index) : allocators.map(indexOf);

/** Returns a hatch pattern in a colour, for the bars of the original. */
export function hatch(color) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.fillStyle = `${color}55`;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = color;
  pen.lineWidth = 2;
  for (const offset of [-8, 0, 8]) {
    pen.beginPath();
    pen.moveTo(offset - 1, 9);
    pen.lineTo(offset + 9, -1);
    pen.stroke();
  }

  return pen.createPattern(tile, "repeat");
}
