// Formats a parameter that holds percentiles: 50, 99 and 999 mean p50, p99 and p99.9. The axis shows how rare slower samples are.

/** True for a parameter that holds percentiles. */
export const isPercentile = (name) => /percentile|quantile/i.test(name);

/** Formats a percentile, such as `p99.9`. */
export function percentileLabel(value) {
  const digits = String(value);
  return value >= 100 ? `p${digits.slice(0, 2)}.${digits.slice(2)}` : value < 1 ? `p${Number((value * 100).toPrecision(6))}` : `p${digits}`;
}

/** Returns n for "one in n is slower": 2 at p50, 100 at p99. */
export const tailFactor = (value) => 1 / (1 - Math.min(Number(percentileLabel(value).slice(1)) / 100, 1 - 1e-9));
