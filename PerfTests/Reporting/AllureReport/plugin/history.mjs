// Reads the values of earlier runs from Allure's history file.

const stopOf = (point) => Math.max(...Object.values(point.testResults ?? {}).map((test) => test.stop).filter(Number.isFinite));

/** Returns the earlier runs, oldest first: the time of each, its values by key, and the keys of the rows that failed in it. */
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
        values: point.metrics,
        failed: historyIds.filter(([, id]) => point.testResults?.[id]?.status === "failed").map(([key]) => key),
      };
    });
  return points.sort((one, other) => one.time - other.time);
}
