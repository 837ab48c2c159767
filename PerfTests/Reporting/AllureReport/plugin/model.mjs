// Builds the data of the page. It consists of plain values, so the page does not depend on the sources of the values.
import { argumentsOf, metricOf } from "./tests.mjs";
import { boxOf, rangeOf } from "./statistics.mjs";

const SYMBOLS = { nanoseconds: "ns", bytes: "B" };
const HIGHER = /^(GB\/s|x|.*\/s)$/;

/** Message that the suite stores for each row at the start of a run. It remains for the rows that a killed run did not reach. */
const NOT_RUN = /^The run was ended before this row/;

function verdictOf(judgement, test) {
  const message = test?.error?.message ?? "";
  switch (test?.status) {
    case "failed":
      return judgement?.verdict === "regressed" || /Regressed:/.test(message) ? "regressed" : judgement?.verdict === "notComparable" ? "notComparable" : "failed";
    case "broken":
      return NOT_RUN.test(message) ? "notRun" : "broken";
    case "skipped":
      return judgement?.verdict ?? (/not comparable|no baseline/i.test(message) ? "notComparable" : "skipped");
    default:
      return judgement?.verdict ?? "passed";
  }
}

/** Returns the numeric arguments of the test, for a result that does not name its parameters. */
const numericArguments = (own) => Object.fromEntries(
  Object.entries(own).filter(([, value]) => value !== "" && Number.isFinite(Number(value))).map(([name, value]) => [name, Number(value)]));

function rowOf({ result, test, groupTitle, symbol, isEarlier }) {
  const judgement = result?.judgement;
  const verdict = verdictOf(judgement, test);
  const unit = symbol ?? SYMBOLS[result?.unit] ?? result?.unit ?? "";
  const better = result?.direction === "higher" || result?.direction === "lower" ? result.direction : HIGHER.test(unit) ? "higher" : "lower";
  const worse = judgement?.worse_percent;
  const own = test ? argumentsOf(test) : {};
  const metric = result?.metric ?? (test ? metricOf(test) : result.name.split("/")[0]);
  return {
    key: result?.name ?? test.name,
    metric,
    title: result?.title ?? metric,
    group: result?.group ?? "other",
    groupTitle,
    allocator: result?.allocator ?? own.allocator ?? (metric === "lookup_arithmetic_time" ? "arena" : "shm"),
    parameters: result?.parameters && Object.keys(result.parameters).length > 0 ? result.parameters : numericArguments(own),
    workload: result?.workload,
    unit,
    better,
    value: result?.value ?? null,
    ...rangeOf(result, better),
    box: boxOf(result?.launches),
    verdict,
    message: judgement?.message ?? test?.error?.message ?? "",
    baseline: judgement?.baseline_value ?? null,
    baselineFile: judgement?.baseline_file ?? null,
    baselineCommit: judgement?.baseline_commit ?? null,
    pairedWith: judgement?.paired?.base ?? null,
    changePercent: Number.isFinite(worse) ? (better === "lower" ? worse : -worse) : null,
    worsePercent: Number.isFinite(worse) ? worse : null,
    tolerancePercent: result?.tolerance_percent ?? null,
    measuredEarlier: isEarlier && Number.isFinite(test.start) ? test.start : null,
    test: test ? { id: test.id, name: test.name, status: test.status } : null,
  };
}

const firstOf = (environment, ...names) => {
  const wanted = names.map((name) => name.toLowerCase());
  const found = Object.entries(environment).find(([name]) => wanted.includes(name.toLowerCase().replaceAll(/[\s-]+/g, "_")));
  return found?.[1];
};

/** Order of the sections. Rows of one section keep their order. */
const GROUP_ORDER = ["allocation", "addressTranslation", "transfer", "traceReplay"];
const rank = (row) => (GROUP_ORDER.indexOf(row.group) + GROUP_ORDER.length + 1) % (GROUP_ORDER.length + 1);

/** Returns the data of the page. */
export function buildModel({ entries, others, environment, metadata, time, history, name }) {
  return {
    name,
    time: Number.isFinite(time) ? time : null,
    machineClass: metadata.machine_class ?? firstOf(environment, "machine_class", "machineclass") ?? null,
    commit: metadata.git_commit ?? firstOf(environment, "git_commit", "commit") ?? null,
    isDirty: metadata.git_dirty ?? false,
    runtime: metadata.runtime ?? firstOf(environment, "runtime", "dotnet", ".net") ?? null,
    rows: entries.map(rowOf).sort((one, other) => rank(one) - rank(other)),
    otherTests: others,
    history,
  };
}
