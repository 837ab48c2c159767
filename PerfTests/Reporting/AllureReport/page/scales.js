// Finds the text and the position on an axis for values of a numeric parameter, which is a count, a size, a switch or a percentile.
import { isPercentile, percentileLabel, tailFactor } from "./percentiles.js";
import { bytesOf, isSize, sizeLabel } from "./sizes.js";

const MOST_TICKS = 8;

/** True for an argument that is a number. */
export const isNumeric = (value) => value !== "" && value !== null && typeof value !== "boolean" && Number.isFinite(Number(value));

/** True for the name of a switch, such as `reserved`: its value 1 means yes. */
const isSwitchName = (name) => /ed$|^prefault$/i.test(name);

/** Returns the scale of a parameter: its title, the position of a value on the axis, and the text of a value. */
export function scaleOf(name) {
  if (isPercentile(name)) {
    return { title: "percentile", isAlwaysLog: true, place: tailFactor, text: percentileLabel };
  }

  return isSize(name)
    ? { title: "size", place: (value) => bytesOf(name, value), text: (value) => sizeLabel(bytesOf(name, value)) }
    : { title: `number of ${name}`, place: (value) => value, text: (value) => value.toLocaleString("en-US") };
}

/** Returns ticks at the values of a size or percentile, or at some of the values if there are many; undefined for a count. */
export function ticksOf(name, values) {
  if (!isPercentile(name) && !isSize(name)) {
    return undefined;
  }

  const scale = scaleOf(name);
  const every = Math.ceil(values.length / MOST_TICKS);
  return values.filter((_, index) => index % every === 0).map((value) => [scale.place(value), scale.text(value)]);
}

/** Formats a range of values, such as `from 1 to 10,000 segments` or `from 4 KiB to 64 MiB`. */
export function rangeText(name, from, to) {
  const { text } = scaleOf(name);
  return `from ${text(from)} to ${text(to)}${isPercentile(name) || isSize(name) ? "" : ` ${name}`}`;
}

/** Formats a parameter and its value, such as `1,000 segments`, `4 KiB`, `not reserved` or `p99.9`. */
export function parameterText(name, value) {
  if (!isNumeric(value)) {
    return `${name}: ${value}`;
  }

  if (isSwitchName(name) && (Number(value) === 0 || Number(value) === 1)) {
    const word = name.replace(/^prefault$/, "prefaulted");
    return Number(value) === 1 ? word : `not ${word}`;
  }

  const text = scaleOf(name).text(Number(value));
  if (isPercentile(name) || isSize(name)) {
    return text;
  }

  return name.endsWith("s") ? `${text}\u00a0${Number(value) === 1 ? name.slice(0, -1) : name}` : `${name} ${text}`;
}
