// Reads earlier runs from Allure's history file, and makes the part of its next line that Allure does not write. Reads the change points
// that the verb `drift` found.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const stopOf = (point) => Math.max(...Object.values(point.testResults ?? {}).map((test) => test.stop).filter(Number.isFinite));

/**
 * Returns the earlier runs, oldest first: the time and commit of each, its values and judgements by key, and the keys of the rows
 * that failed in it.
 */
export async function readHistory(store, currentUuid, entries) {
  const historyIds = entries
    .filter(({ result, test }) => result && test?.historyId)
    .map(({ result, test }) => [result.name, test.historyId]);
  const points = (await store.allHistoryDataPoints())
    .filter((point) => point.uuid !== currentUuid && Object.keys(point.metrics ?? {}).length > 0)
    .map((point) => {
      const stop = stopOf(point);
      return {
        time: Number.isFinite(stop) ? stop : point.timestamp,
        commit: point.overview?.commit ?? null,
        values: point.metrics,
        judged: point.overview?.rows ?? {},
        failed: historyIds.filter(([, id]) => point.testResults?.[id]?.status === "failed").map(([key]) => key),
      };
    });
  return points.sort((one, other) => one.time - other.time);
}

/** Returns what later reports need of this run: its commit, and the change, the limit and the verdict of each of its rows by key. */
export function historyOf(model) {
  const digits = (value) => (Number.isFinite(value) ? Number(value.toFixed(2)) : null);
  const judged = model.rows.filter((row) => Number.isFinite(row.value) && !row.measuredEarlier);
  return { commit: model.commit, rows: Object.fromEntries(judged.map((row) => [row.key, [digits(row.changePercent), row.limitPercent, row.verdict]])) };
}

/** Returns the change points that stand beside the results JSON, if they are of the same machine class; none without that file. */
export async function readChangePoints(resultsFile, machineClass) {
  try {
    const { machine, changePoints } = JSON.parse(await readFile(join(dirname(resultsFile), "change-points.json"), "utf8"));
    return machine && machineClass && machine !== machineClass ? []
      : (changePoints ?? []).map(({ key, isWorse, changePercent, fromCommit, toCommit, toTime }) => ({ key, isWorse, changePercent, fromCommit, toCommit, time: Date.parse(toTime) }));
  } catch (error) {
    if (error.code !== "ENOENT") {
      console.log(`overview: the change points are not used: ${error.message}`);
    }

    return [];
  }
}
