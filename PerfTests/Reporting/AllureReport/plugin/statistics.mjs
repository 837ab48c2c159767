// What the page shows of the samples: a range for the error bars and a box for the spread.

/**
 * From the best floor to the worst median of all launches, in the figure's unit. The value stands for the best
 * floor; a rate shrinks as the time grows.
 */
export function rangeOf(figure, better) {
  const launches = (figure?.launches ?? []).filter((one) => one.floor_nanoseconds > 0 && one.median_nanoseconds > 0);
  if (launches.length === 0 || !(figure.value > 0)) {
    return { low: null, high: null };
  }

  const best = Math.min(...launches.map((one) => one.floor_nanoseconds));
  const worst = Math.max(...launches.map((one) => Math.max(one.floor_nanoseconds, one.median_nanoseconds)));
  return better === "lower"
    ? { low: figure.value, high: (figure.value * worst) / best }
    : { low: (figure.value * best) / worst, high: figure.value };
}

function quantile(sorted, of) {
  const at = (sorted.length - 1) * of;
  const below = Math.floor(at);
  return sorted[below] + (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]) * (at - below);
}

/** The spread of the samples, relative to the floor of their launch: 1 is the floor. */
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
