// Formats values as a reader says them: with three significant digits, in a unit of a fitting size.
import { parameterText } from "./scales.js";

const decimalsOf = (value) => Math.min(Math.max(2 - Math.floor(Math.log10(Math.abs(value))), 0), 12);
const MILLION = 1e6;

/** Units of time with their number of nanoseconds, smallest first. */
const TIMES = [["ns", 1], ["µs", 1e3], ["ms", 1e6], ["s", 1e9]];

/** Words for the units of the results; a unit that is missing here is shown as it is. */
const WORDS = { "alloc/s": "allocations/s", "system calls": "system call", "page faults": "page fault", instructions: "instruction" };

const formats = new Map();

/** Returns the format of numbers with these digits behind the point. Creating a format takes much longer than using it. */
function formatOf(minimumFractionDigits, maximumFractionDigits) {
  const key = minimumFractionDigits * 100 + maximumFractionDigits;
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat("en-US", { minimumFractionDigits, maximumFractionDigits }));
  }

  return formats.get(key);
}

/** Formats a number without a unit. */
export function number(value) {
  if (!Number.isFinite(value)) {
    return "–";
  }

  if (value === 0) {
    return "0";
  }

  const rounded = Number(value.toPrecision(3));
  const digits = decimalsOf(rounded);
  return formatOf(digits, digits).format(rounded);
}

/** Formats a number without trailing zeros. */
const plain = (value) => formatOf(0, 6).format(Number(value.toPrecision(3)));

/** Longest unit that always stands on the line of its number. A narrow cell breaks before a longer one instead of within it. */
const LONGEST_KEPT = 5;

const withUnit = (text, unit) => `${text}${unit.length > LONGEST_KEPT ? " " : "\u00a0"}${unit}`;

function timeText(value, like, format) {
  const [unit, size] = TIMES.findLast(([, of]) => Math.abs(like) >= of) ?? TIMES[0];
  return `${format(value / size)}\u00a0${unit}`;
}

/** Formats a count. A whole one keeps all digits. */
function countText(value, unit, format) {
  const word = WORDS[unit] ?? unit;
  return withUnit(Number.isInteger(value) ? formatOf(0, 0).format(value) : format(value), `${word}${value === 1 || word === unit ? "" : "s"}`);
}

function text(value, unit, like, format) {
  if (!Number.isFinite(value)) {
    return "–";
  }

  if (unit === "ns") {
    return timeText(value, like, format);
  }

  if (unit === "x") {
    return `${format(value)}\u00a0×`;
  }

  if (unit.startsWith("of ")) {
    return `${format(100 * value)}\u00a0% ${unit}`;
  }

  if (unit === "B" || (WORDS[unit] && !unit.includes("/"))) {
    return countText(value, unit, format);
  }

  const name = WORDS[unit] ?? unit;
  return unit.endsWith("/s") && unit !== "GB/s" && Math.abs(like) >= MILLION ? withUnit(`${format(value / MILLION)}\u00a0million`, name)
    : name ? withUnit(format(value), name) : format(value);
}

/** Formats a value with its unit. `like` chooses the size of the unit, so that two values can be shown in the same unit. */
export const valueText = (value, unit, like = value) => text(value, unit, like, number);

/** Formats a bound with its unit, without trailing zeros. */
export const bound = (value, unit) => text(value, unit, value, plain);

/** Formats a factor, such as `852 ×`. */
export const factor = (value) => `${number(value)}\u00a0×`;

/** Formats a percentage with its sign. */
export function percent(value) {
  if (!Number.isFinite(value)) {
    return "–";
  }

  const rounded = Number(value.toFixed(1));
  return `${rounded > 0 ? "+" : rounded < 0 ? "−" : ""}${formatOf(1, 3).format(Math.abs(rounded))}\u00a0%`;
}

const COMPACT = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

/** Formats a number for an axis, such as `10K`. */
export const compact = (value) => COMPACT.format(value);

/** Formats a tick of an axis of values: times with their unit, other values as numbers. */
export const tickText = (value, unit) => (unit === "ns" ? timeText(value, value, plain) : unit.startsWith("of ") ? `${plain(100 * value)}\u00a0%` : compact(value));

/** Formats a date and time in UTC. */
export const moment = (time) => (Number.isFinite(time) ? `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC` : "–");

const VERSION_LENGTH = 9;

/** Shortens the hash of a commit; other names of versions keep their length. */
export const version = (name) => (/^[0-9a-f]{12,}/i.test(String(name)) ? String(name).replace(/^([0-9a-f]+)/i, (hash) => hash.slice(0, VERSION_LENGTH)) : String(name).slice(0, 40));

/** Formats the parameters of a row, such as `1,000 segments`; the allocator is not one of them. */
export const parameters = (row) => Object.entries(row.parameters).map(([name, value]) => parameterText(name, value)).join(", ");

/** Name of the allocator that the others are compared with. */
export const ORIGINAL = "shm";

/** Returns the name of an allocator in texts, such as `Original (shm)` or `Arena`. */
export const allocator = (name) => (name === ORIGINAL ? `Original (${name})` : name ? (name[0].toUpperCase() + name.slice(1)).replaceAll("_", " ") : name);

/** True for a unit of speed: a time, or a rate. */
export const isSpeed = (unit) => unit === "ns" || unit.endsWith("/s");

/** Returns the title of an axis: the quantity that is measured in a unit. */
export function axisTitle(unit) {
  return unit === "ns" ? "Time per operation" : unit === "GB/s" ? "Bandwidth (GB/s)"
    : unit === "alloc/s" ? "Allocations per second" : unit === "blocks/s" ? "Blocks per second"
      : unit.startsWith("of ") ? `Percent ${unit}` : unit ? unit[0].toUpperCase() + unit.slice(1) : "Value";
}
