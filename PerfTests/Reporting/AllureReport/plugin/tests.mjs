// Finds the row that a test of the report measured.

const label = (test, name) => test.labels?.find((one) => one.name?.toLowerCase() === name)?.value;

/** True for a test with the label `metric`, or with the tag or category `perf`. */
export function isPerformanceTest(test) {
  const isPerf = ({ name, value }) =>
    name?.toLowerCase() === "metric" || (["tag", "category"].includes(name?.toLowerCase()) && value?.toLowerCase() === "perf");
  return (test.labels ?? []).some(isPerf);
}

/** Message that the suite stores for each row at the start of a run. It remains for the rows that a killed run did not reach. */
const NOT_RUN = /^The run was ended before this row/;

/** True for the test of a row that an interrupted run did not reach. Any value of that row is of an earlier run. */
export const isNotRun = (test) => test?.status === "broken" && NOT_RUN.test(test.error?.message ?? "");

/** Returns the metric of a test. */
export const metricOf = (test) => label(test, "metric") ?? label(test, "testmethod") ?? test.name.split("(")[0];

const plain = (text) => {
  try {
    return String(JSON.parse(text));
  } catch {
    return String(text);
  }
};

/** Returns the arguments of a test, without the measured values, which Allure lists as parameters too. */
export const argumentsOf = (test) =>
  Object.fromEntries((test.parameters ?? []).filter((one) => !one.excluded).map((one) => [one.name, plain(one.value)]));

/** Returns a hidden parameter of a test, such as the id of its run; undefined if the test has none. */
const hiddenOf = (test, name) => {
  const value = (test?.parameters ?? []).find((one) => one.excluded && one.name === name)?.value;
  return value === undefined ? undefined : plain(value);
};

/** Returns the id of the run that wrote the result of a test; undefined for results of earlier versions of the suite. */
export const runOf = (test) => hiddenOf(test, "run");

/** Returns the place of the row of a test in the catalogue; null for results of earlier versions of the suite. */
export const placeOf = (test) => (Number.isFinite(Number(hiddenOf(test, "order") ?? NaN)) ? Number(hiddenOf(test, "order")) : null);

/** True if the test measured the row that the result belongs to. */
export function isSameRow(test, result) {
  if (!test || metricOf(test) !== (result.metric ?? result.name.split("/")[0])) {
    return false;
  }

  const { allocator, ...parameters } = argumentsOf(test);
  const wanted = Object.entries(result.parameters ?? {});
  const values = Object.values(parameters);
  if (wanted.length === 0 && values.length === 1) {
    // The key of a ratio or a counter ends with its only argument.
    return result.name === values[0] || result.name.endsWith(`/${values[0]}`);
  }

  return (
    (allocator === undefined || result.allocator === undefined || allocator === result.allocator)
    && wanted.length === Object.keys(parameters).length
    && wanted.every(([name, value]) => parameters[name] === String(value))
  );
}

/** Splits a key such as `lookup_linear_scan_time/shm/segments=100` into its parts. */
export function keyParts(key) {
  const [metric, ...rest] = key.split("/");
  const pairs = rest.filter((part) => part.includes("=")).map((part) => part.split("=", 2));
  return {
    metric,
    allocator: metric === "speed_up" ? undefined : rest.find((part) => !part.includes("=")),
    parameters: Object.fromEntries(pairs.map(([name, value]) => [name, Number.isFinite(Number(value)) ? Number(value) : value])),
  };
}
