// Computes statistics of the samples: a range for the error bars, a box for the spread, and densities of both versions.

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

const DENSITY_POINTS = 64;
const QUANTILES = { min: 0.02, q1: 0.25, median: 0.5, q3: 0.75, max: 0.98 };

/** Returns the quantiles of sorted samples. */
const quantilesOf = (sorted) => Object.fromEntries(Object.entries(QUANTILES).map(([name, of]) => [name, quantile(sorted, of)]));

/** Returns a Gaussian density of samples between two ends, with Silverman's bandwidth by the interquartile range. */
function density(sorted, from, to) {
  const { q1, q3 } = quantilesOf(sorted);
  const bandwidth = Math.max((0.9 * (q3 - q1)) / 1.34 / sorted.length ** 0.2, (to - from) / 200);
  return Array.from({ length: DENSITY_POINTS }, (_, index) => {
    const x = from + ((to - from) * index) / (DENSITY_POINTS - 1);
    const sum = sorted.reduce((total, sample) => total + Math.exp(-0.5 * ((x - sample) / bandwidth) ** 2), 0);
    return [Number(x.toPrecision(6)), Number((sum / (sorted.length * bandwidth * Math.sqrt(2 * Math.PI))).toPrecision(4))];
  });
}

/**
 * Returns the densities of the samples of the baseline and of this run in the row's unit, over one range. A side without samples is
 * left out; the result is null if no side has samples.
 */
export function densitiesOf(result, better) {
  const minima = (result?.launches ?? []).map((one) => one.floor_nanoseconds).filter((one) => one > 0);
  const perValue = result?.value * Math.min(...minima);
  const { figures, judgement } = result ?? {};

  // Samples of a stored baseline are adjusted to the present speed of the machine, as its value is.
  const adjustment = figures?.source === "adjustedBaseline" && judgement.baseline_value > 0 ? figures.base / judgement.baseline_value : 1;
  const inUnit = (copies, factor) => (copies ?? []).flat(2).filter((one) => one > 0)
    .map((time) => factor * (better === "lower" ? time : perValue / time)).sort((one, other) => one - other);
  const sides = Object.entries({
    base: inUnit(judgement?.baseline_sample_nanoseconds, adjustment),
    candidate: inUnit(judgement?.candidate_sample_nanoseconds ?? (result?.launches ?? []).map((launch) => launch.sample_nanoseconds ?? []), 1),
  }).filter(([, samples]) => samples.length >= 5);
  if (sides.length === 0) {
    return null;
  }

  const quantiles = sides.map(([, samples]) => quantilesOf(samples));
  const from = Math.min(...quantiles.map((one) => one.min));
  const to = Math.max(...quantiles.map((one) => one.max));
  const margin = (to - from) * 0.08 || Math.abs(to) * 0.01;
  return Object.fromEntries(sides.map(([name, samples], index) => [name, {
    ...quantiles[index], count: samples.length, points: density(samples, from - margin, to + margin),
  }]));
}
