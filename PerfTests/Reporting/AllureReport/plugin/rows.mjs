// Finds the rows of a run in three sources: measurement attachments, the results JSON, and Allure's own metrics.
// A later source only supplies what the earlier ones lack. README.md describes the sources.
import { readFile } from "node:fs/promises";
import { isNotRun, isPerformanceTest, isSameRow, keyParts, metricOf, runOf } from "./tests.mjs";

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** True for a result of a row: an object with a name, a value and a unit. */
const isResult = (value) =>
  isRecord(value) && typeof value.name === "string" && Number.isFinite(value.value) && typeof value.unit === "string";

/** Converts camel-case keys into the snake case of the results JSON. Names of a row's parameters stay unchanged. */
function snakeCase(value, key = "") {
  if (Array.isArray(value)) {
    return typeof value[0] === "object" ? value.map((one) => snakeCase(one)) : value;
  }

  return isRecord(value) && key !== "parameters"
    ? Object.fromEntries(Object.entries(value).map(([name, of]) => {
        const snake = name.replaceAll(/[A-Z]/g, (one) => `_${one.toLowerCase()}`);
        return [snake, snakeCase(of, snake)];
      }))
    : value;
}

/** Returns the results in a JSON text: one result, or a document with `metrics`. */
function resultsIn(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }

  const candidates = isRecord(value) && isRecord(value.metrics) ? Object.values(value.metrics) : [value];
  return candidates.filter(isResult).map((result) => snakeCase(result));
}

async function attachedResults(store, test) {
  for (const link of await store.attachmentsByTrId(test.id)) {
    if (link.missing || !/json/.test(link.contentType ?? link.ext ?? "")) {
      continue;
    }

    const content = await store.attachmentContentById(link.id);
    const results = resultsIn((await content?.asUtf8String?.()) ?? "");
    if (results.length > 0) {
      return results;
    }
  }

  return [];
}

async function readDocument(path, notices) {
  if (!path) {
    return undefined;
  }

  try {
    const document = JSON.parse(await readFile(path, "utf8"));
    return isRecord(document?.metrics) ? document : undefined;
  } catch (error) {
    notices.push(error.code === "ENOENT" ? "no results JSON; the values come from the Allure results alone" : `the results JSON is not used: ${error.message}`);
    return undefined;
  }
}

/**
 * True if the document is of the run that wrote the Allure results. Documents and results of earlier versions have no run id: then both
 * must have rows in common, with equal values.
 */
function isSameRun(document, entries, runId) {
  if (runId || document.metadata?.run_id) {
    return document.metadata?.run_id === runId;
  }

  const attached = entries.filter(({ result }) => result);
  if (attached.length === 0) {
    return !entries.some(({ test }) => isNotRun(test));
  }

  const common = attached.filter(({ result }) => isResult(document.metrics[result.name]));
  const close = (one, other) => Math.abs(one - other) <= 1e-6 * Math.max(Math.abs(one), Math.abs(other));
  return common.length > 0 && common.every(({ result }) => close(document.metrics[result.name].value, result.value));
}

/** True for a test that may take a value from a later source: it has none yet, is of this run, and the run reached it. */
const lacksResult = ({ result, test }, runId) => !result && !isNotRun(test) && (!runId || runOf(test) === runId);

function fromDocument(document, entries, runId) {
  const known = new Set(entries.flatMap(({ result }) => (result ? [result.name] : [])));
  for (const result of Object.values(document.metrics).filter(isResult)) {
    if (known.has(result.name)) {
      continue;
    }

    const entry = entries.find((one) => !one.result && isSameRow(one.test, result));
    if (!entry) {
      entries.push({ result, test: undefined });
    } else if (lacksResult(entry, runId)) {
      entry.result = result;
    }
  }
}

async function fromMetrics(store, entries, runId) {
  const known = new Set(entries.flatMap(({ result }) => (result ? [result.name] : [])));
  const latest = new Map();
  for (const sample of await store.allMetrics()) {
    const before = latest.get(sample.key);
    latest.set(sample.key, before && before.stop > sample.stop ? before : sample);
  }

  // A key that is only the name of a metric is assigned last, to a test of that metric that has no result yet.
  const isBare = (key) => !key.includes("/");
  for (const sample of [...latest.values()].sort((one, other) => isBare(one.key) - isBare(other.key))) {
    const entry = entries.find(({ result }) => result?.name === sample.key);
    if (entry) {
      entry.result = { title: sample.title, group: sample.group, direction: sample.better, ...entry.result };
      Object.assign(entry, { groupTitle: sample.groupTitle, symbol: sample.unit });
    } else if (!known.has(sample.key)) {
      const result = { ...keyParts(sample.key), name: sample.key, value: sample.value, unit: sample.unit ?? "", title: sample.title, group: sample.group, direction: sample.better };
      const free = entries.find((one) => lacksResult(one, runId) && isSameRow(one.test, result))
        ?? entries.find((one) => lacksResult(one, runId) && isBare(sample.key) && metricOf(one.test) === sample.key);
      const target = free ?? { test: undefined };
      Object.assign(target, { result, groupTitle: sample.groupTitle });
      if (!free) {
        entries.push(target);
      }
    }
  }
}

/** Returns the performance tests, each with its result if it has one, and the facts about the run. */
export async function readResults(store, resultsFile) {
  const notices = [];
  const entries = [];
  const others = {};
  const tests = (await store.allTestResults()).filter((test) => !test.isRetry).sort((one, other) => (one.start ?? 0) - (other.start ?? 0));
  for (const test of tests) {
    const results = await attachedResults(store, test);
    if (results.length > 0) {
      entries.push(...results.map((result) => ({ result, test })));
    } else if (isPerformanceTest(test)) {
      entries.push({ result: undefined, test });
    } else {
      others[test.status] = (others[test.status] ?? 0) + 1;
    }
  }

  const environment = Object.fromEntries(((await store.metadataByKey("allure_environment")) ?? []).map(({ name, values }) => [name, (values ?? []).join(", ")]));
  const runId = environment.Run;
  let document = await readDocument(resultsFile, notices);
  if (document && !isSameRun(document, entries, runId)) {
    notices.push("the results JSON is not used: it is of another run than the Allure results");
    document = undefined;
  }

  if (document) {
    fromDocument(document, entries, runId);
  }

  await fromMetrics(store, entries, runId);
  // Results of earlier versions of the suite do not name their run. Allure's metrics are of the last run only. If that run measured only some rows, the other rows have results of earlier runs. A run
  // that was interrupted before its first value has no metrics, but the tests that it did not reach have its start.
  const measured = (await store.allMetrics()).map((sample) => sample.start).filter(Number.isFinite);
  const awaited = entries.filter(({ test }) => isNotRun(test)).map(({ test }) => test.start).filter(Number.isFinite);
  const started = measured.length > 0 ? Math.min(...measured) : awaited.length > 0 ? Math.max(...awaited) : Infinity;
  for (const entry of entries) {
    // Only a row with a value can be from an earlier run. A row without one may have failed in this run before the first value.
    entry.isEarlier = entry.result !== undefined
      && (runId ? entry.test !== undefined && runOf(entry.test) !== runId : Number.isFinite(started) && entry.test?.stop < started);
  }

  const first = Number.isFinite(started) ? started : Math.min(...tests.map((test) => test.start).filter(Number.isFinite));
  const time = Number.isFinite(first) ? first : Date.parse(document?.timestamp ?? "");
  return { entries, others, environment, metadata: document?.metadata ?? {}, time, notices };
}
