// Reads from the results what the report must show.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const attachmentsOf = (item) => [...(item.attachments ?? []), ...(item.steps ?? []).flatMap(attachmentsOf)];

/** Returns the latest result of each test. */
export function expectedRows(folder) {
  const latest = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith("-result.json"))) {
    const result = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const key = result.historyId ?? result.uuid;
    if (!(latest.get(key)?.start > result.start)) {
      latest.set(key, result);
    }
  }

  return [...latest.values()].map((result) => ({
    name: result.name,
    status: result.status,
    start: result.start,
    message: result.statusDetails?.message ?? "",
    hasDifference: Boolean(result.statusDetails?.expected && result.statusDetails?.actual),
    parameters: (result.parameters ?? []).filter(({ mode }) => mode !== "hidden").map(({ name, value }) => ({ name, value })),
    attachments: attachmentsOf(result).map(({ name }) => name),
    isPerformance: (result.labels ?? []).some(({ name, value }) => (name === "tag" || name === "category") && value?.toLowerCase() === "perf"),
  }));
}
