// How a time grows with a count: the slope on log-log axes.

const LINEAR_FROM = 0.8;
const LINEAR_TO = 1.25;
const CONSTANT_BELOW = 0.1;

/** The slope over the upper half of the points: fixed costs hide the growth at the lower end. */
export function exponentOf(points) {
  const used = points.slice(Math.floor((points.length - 1) / 2));
  const first = used[0];
  const last = used.at(-1);
  return Math.log(last.y / first.y) / Math.log(last.x / first.x);
}

/** `O(1)`, `O(n)`, or undefined where it is neither. */
export function growth(points) {
  const exponent = exponentOf(points);
  if (Math.abs(exponent) < CONSTANT_BELOW) {
    return "O(1)";
  }

  return exponent >= LINEAR_FROM && exponent <= LINEAR_TO ? "O(n)" : undefined;
}

/** How a time grows, in words. */
export function growthText(points) {
  const order = growth(points);
  return order === "O(1)" ? "stays flat: O(1)" : `grows as n^${exponentOf(points).toFixed(2)}${order ? `: ${order}` : ""}`;
}
