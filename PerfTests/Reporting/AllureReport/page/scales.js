// What a numeric parameter means: a count, a size, or a percentile; how it is written and where it stands on an axis.
import { isPercentile, percentileLabel, tailFactor } from "./percentiles.js";
import { bytesOf, isSize, sizeLabel } from "./sizes.js";

const MOST_TICKS = 8;

/** True for an argument that is a number. */
export const isNumeric = (value) => value !== "" && value !== null && typeof value !== "boolean" && Number.isFinite(Number(value));

/** The scale of a parameter: its name for people, the place of a value on the axis, and the value as text. */
export function scaleOf(name) {
  if (isPercentile(name)) {
    return { title: "percentile", isAlwaysLog: true, place: tailFactor, text: percentileLabel };
  }

  return isSize(name)
    ? { title: "size", place: (value) => bytesOf(name, value), text: (value) => sizeLabel(bytesOf(name, value)) }
    : { title: name, place: (value) => value, text: (value) => value.toLocaleString("en-US") };
}

/** Ticks at the values themselves, where a count in tens says little; a few of them if there are many. */
export function ticksOf(name, values) {
  if (!isPercentile(name) && !isSize(name)) {
    return undefined;
  }

  const scale = scaleOf(name);
  const every = Math.ceil(values.length / MOST_TICKS);
  return values.filter((_, index) => index % every === 0).map((value) => [scale.place(value), scale.text(value)]);
}

/** From one value to another: `from 1 to 10,000 segments`, `from 4 KiB to 64 MiB`. */
export function rangeText(name, from, to) {
  const { text } = scaleOf(name);
  return `from ${text(from)} to ${text(to)}${isPercentile(name) || isSize(name) ? "" : ` ${name}`}`;
}

/** A parameter and its value, as people write them: `segments: 1,000`, `4 KiB`, `p99.9`. */
export function parameterText(name, value) {
  if (!isNumeric(value)) {
    return `${name}: ${value}`;
  }

  const text = scaleOf(name).text(Number(value));
  return isPercentile(name) || isSize(name) ? text : `${name}: ${text}`;
}
