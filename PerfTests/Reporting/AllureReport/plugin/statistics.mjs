// Computes statistics of the samples: a range for the error bars and a box for the spread.

/**
 * Returns the range from the smallest minimum to the largest median of all launches, in the unit of the value. The smallest
 * minimum gives the value itself, which for a rate is the upper end of the range.
 */
export function rangeOf(result, better) {
  const launches = (result?.launches ?? []).filter((one) => one.floor_nanoseconds > 0 && one.median_nanoseconds > 0);
  if (launches.length === 0 || !(result.value > 0)) {
    return { low: null, high: null };
  }

  const best = Math.min(...launches.map((one) => one.floor_nanoseconds));
  const worst = Math.max(...launches.map((one) => Math.max(one.floor_nanoseconds, one.median_nanoseconds)));
  return better === "lower"
    ? { low: result.value, high: (result.value * worst) / best }
    : { low: (result.value * best) / worst, high: result.value };
}

function quantile(sorted, of) {
  const at = (sorted.length - 1) * of;
  const below = Math.floor(at);
  return sorted[below] + (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]) * (at - below);
}

/** Returns quantiles of the samples, each of which is first divided by the minimum of its launch. */
export function boxOf(launches) {
  const ratios = (launches ?? []).flatMap((launch) =>
    launch.floor_nanoseconds > 0
      ? (launch.sample_nanoseconds ?? []).flat().filter((one) => one > 0).map((sample) => sample / launch.floor_nanoseconds)
      : []);
  if (ratios.length < 5) {
    return null;
  }

  ratios.sort((one, other) => one - other);
  const [min, q1, median, q3, max] = [0.02, 0.25, 0.5, 0.75, 0.98].map((of) => quantile(ratios, of));
  return { min, q1, median, q3, max, count: ratios.length };
}
