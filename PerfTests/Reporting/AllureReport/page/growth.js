// Finds how a time grows with a count, by the slope of the curve on log-log axes.

const LINEAR_FROM = 0.8;
const LINEAR_TO = 1.25;
const CONSTANT_BELOW = 0.1;

/** Returns the slope over the upper half of the points, because fixed costs hide the growth at the lower end. */
export function exponentOf(points) {
  const used = points.slice(Math.floor((points.length - 1) / 2));
  const first = used[0];
  const last = used.at(-1);
  return Math.log(last.y / first.y) / Math.log(last.x / first.x);
}

/** Returns `O(1)`, `O(n)`, or undefined if the growth is neither. */
export function growth(points) {
  const exponent = exponentOf(points);
  if (Math.abs(exponent) < CONSTANT_BELOW) {
    return "O(1)";
  }

  return exponent >= LINEAR_FROM && exponent <= LINEAR_TO ? "O(n)" : undefined;
}

/** Describes the growth of a time, such as `stays flat: O(1)`. */
export function growthText(points) {
  const order = growth(points);
  return order === "O(1)" ? "stays flat: O(1)" : `grows as n^${exponentOf(points).toFixed(2)}${order ? `: ${order}` : ""}`;
}
