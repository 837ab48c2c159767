// Formats values like the rest of the suite: with three significant digits, and with separated thousands.
import { parameterText } from "./scales.js";

const decimalsOf = (value) => Math.min(Math.max(2 - Math.floor(Math.log10(Math.abs(value))), 0), 12);

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
  return rounded.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Formats a value with its unit. */
export const valueText = (value, unit) => (Number.isFinite(value) ? `${number(value)}${unit ? `\u00a0${unit}` : ""}` : "–");

/** Formats a factor, such as `852 ×`. */
export const factor = (value) => `${number(value)}\u00a0×`;

/** Formats a bound, without trailing zeros. */
export const bound = (value, unit) => `${Number(value.toPrecision(3)).toLocaleString("en-US", { maximumFractionDigits: 6 })}\u00a0${unit}`;

/** Formats a percentage with its sign. */
export function percent(value) {
  if (!Number.isFinite(value)) {
    return "–";
  }

  const rounded = Number(value.toFixed(1));
  return `${rounded > 0 ? "+" : rounded < 0 ? "−" : ""}${Math.abs(rounded).toFixed(1)}\u00a0%`;
}

/** Formats a number for an axis, such as `10K`. */
export const compact = (value) => new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 }).format(value);

/** Formats a date and time in UTC. */
export const moment = (time) => (Number.isFinite(time) ? `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC` : "–");

/** Formats the parameters of a row, such as `segments: 1,000`; the allocator is not one of them. */
export const parameters = (row) => Object.entries(row.parameters).map(([name, value]) => parameterText(name, value)).join(", ");

/** Name of the allocator that the others are compared with. */
export const ORIGINAL = "shm";

/** Returns the name of an allocator in texts, such as `Original (shm)` or `Arena`. */
export const allocator = (name) => (name === ORIGINAL ? `Original (${name})` : name ? name[0].toUpperCase() + name.slice(1) : name);

/** True for a unit of speed: a time, or a rate. */
export const isSpeed = (unit) => unit === "ns" || unit.endsWith("/s");

/** Returns the title of an axis: the quantity that is measured in a unit, and the unit. */
export function axisTitle(unit) {
  const quantity = unit === "ns" ? "Time per operation" : unit === "GB/s" ? "Bandwidth" : isSpeed(unit) ? "Throughput" : "Value";
  return unit ? `${quantity} (${unit})` : quantity;
}
