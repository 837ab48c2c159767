// Builds the data of the page. It consists of plain values, so the page does not depend on the sources of the values.
import { argumentsOf, isNotRun, metricOf, placeOf } from "./tests.mjs";
import { boxOf, densitiesOf, rangeOf } from "./statistics.mjs";
import { figuresOf } from "./figures.mjs";
import { operationsOf } from "./operations.mjs";
import { compareRows } from "./order.mjs";

const SYMBOLS = {
  nanoseconds: "ns", bytes: "B", system_calls: "system calls", page_faults: "page faults", used_ratio: "of the capacity", unusable_ratio: "of free memory",
};
const HIGHER = /^(GB\/s|x|.*\/s)$/;
const isSpeed = (unit) => unit === "ns" || unit.endsWith("/s");

function verdictOf(judgement, test) {
  const message = test?.error?.message ?? "";
  switch (test?.status) {
    case "failed":
      return judgement?.verdict === "regressed" || /Regressed:/.test(message) ? "regressed" : judgement?.verdict === "notComparable" ? "notComparable" : "failed";
    case "broken":
      return isNotRun(test) ? "notRun" : "broken";
    case "skipped":
      return judgement?.verdict ?? (/not comparable|no baseline/i.test(message) ? "notComparable" : "skipped");
    default:
      return judgement?.verdict ?? "passed";
  }
}

/** Returns the numeric arguments of the test, for a result that does not name its parameters. */
const numericArguments = (own) => Object.fromEntries(
  Object.entries(own).filter(([, value]) => value !== "" && Number.isFinite(Number(value))).map(([name, value]) => [name, Number(value)]));

/** Returns the instructions of a row by method, and their change where the baseline was counted too; null for other rows. */
function methodsOf(result) {
  const changes = result?.judgement?.methods;
  const counts = result?.instructions_by_method;
  if (!changes && !counts) {
    return null;
  }

  const changeOf = new Map((changes ?? []).map(({ method, change }) => [method, change]));
  const names = new Set([...changeOf.keys(), ...(counts ?? []).map(({ method }) => method)]);
  return [...names].map((name) => ({ name, count: counts?.find(({ method }) => method === name)?.count ?? null, change: changes ? changeOf.get(name) ?? 0 : null }));
}

/** Verdicts of rows whose samples are drawn. */
const CHANGED = ["regressed", "improved", "inconclusive"];

function rowOf({ result, test, groupTitle, symbol, isEarlier }) {
  const judgement = result?.judgement;
  const verdict = verdictOf(judgement, test);
  const unit = symbol ?? SYMBOLS[result?.unit] ?? result?.unit ?? "";
  const better = result?.direction === "higher" || result?.direction === "lower" ? result.direction : HIGHER.test(unit) ? "higher" : "lower";
  const own = test ? argumentsOf(test) : {};
  const metric = result?.metric ?? (test ? metricOf(test) : result.name.split("/")[0]);
  return {
    key: result?.name ?? test.name,
    place: placeOf(test),
    metric,
    title: result?.title ?? (result ? metric : null),
    headline: result?.headline ?? null,
    sideBySide: result?.side_by_side ?? null,
    group: result?.group ?? "other",
    groupTitle,
    allocator: result?.allocator ?? own.allocator ?? (metric === "lookup_arithmetic_time" ? "arena" : "shm"),
    parameters: result?.parameters && Object.keys(result.parameters).length > 0 ? result.parameters : numericArguments(own),
    workload: result?.workload,
    unit,
    better,
    isCount: Boolean(result) && unit !== "x" && !isSpeed(unit),
    value: result?.figures?.candidate ?? result?.value ?? null,
    ...rangeOf(result, better),
    ...figuresOf(result, better),
    box: boxOf(result?.launches),
    densities: CHANGED.includes(verdict) ? densitiesOf(result, better) : null,
    methods: methodsOf(result),
    countsFor: result?.counted_row ?? null,
    verdict,
    message: judgement?.message ?? test?.error?.message ?? "",
    baselineFile: judgement?.baseline_file ?? null,
    baselineCommit: judgement?.baseline_commit ?? null,
    pairedWith: judgement?.paired?.base ?? null,
    controlPercent: judgement?.paired?.same_floor_percent ?? null,
    measuredEarlier: isEarlier && Number.isFinite(test?.start) ? test.start : null,
    test: test ? { id: test.id, name: test.name, status: test.status } : null,
  };
}

const firstOf = (environment, ...names) => {
  const wanted = names.map((name) => name.toLowerCase());
  const found = Object.entries(environment).find(([name]) => wanted.includes(name.toLowerCase().replaceAll(/[\s-]+/g, "_")));
  return found?.[1];
};

/** Gives rows that were not measured the section of the other rows of their metric, and the title if all these rows have the same. */
function named(rows) {
  const groups = new Map(rows.filter((row) => row.group !== "other").map((row) => [row.metric, row.group]));
  const titles = new Map();
  for (const { metric, title } of rows.filter((row) => row.title !== null)) {
    titles.set(metric, (titles.get(metric) ?? new Set()).add(title));
  }

  const titleOf = (row) => row.title ?? (titles.get(row.metric)?.size === 1 ? [...titles.get(row.metric)][0] : null);
  return rows.map((row) => ({ ...row, title: titleOf(row), group: row.group === "other" ? groups.get(row.metric) ?? row.group : row.group }));
}

/** Returns the data of the page. */
export function buildModel({ entries, others, environment, metadata, time, history, changePoints, name }) {
  return {
    name,
    time: Number.isFinite(time) ? time : null,
    machineClass: metadata.machine_class ?? firstOf(environment, "machine_class", "machineclass") ?? null,
    commit: metadata.git_commit ?? firstOf(environment, "git_commit", "commit") ?? null,
    isDirty: metadata.git_dirty ?? false,
    runtime: metadata.runtime ?? firstOf(environment, "runtime", "dotnet", ".net") ?? null,
    rows: named(entries.map(rowOf)).sort(compareRows),
    operations: operationsOf(entries),
    otherTests: others,
    history,
    changePoints,
  };
}
