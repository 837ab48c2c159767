#!/usr/bin/env node
// Completes the last line of Allure's history: adds the judgements of the run's rows for trends, and drops what no report reads. The
// results of passed correctness tests are most of a line, and their history says nothing. The messages of passed rows repeat their values.
// Usage: node history.mjs HISTORY_FILE JUDGEMENTS_FILE
import { readFile, writeFile } from "node:fs/promises";

const isPerformance = (item) => (item.labels ?? []).some(({ name, value }) => name === "tag" && value?.toLowerCase() === "perf");

const [historyFile, judgementsFile] = process.argv.slice(2);
const lines = (await readFile(historyFile, "utf8")).split("\n").filter((line) => line.length > 0);
const point = JSON.parse(lines.pop());
const kept = Object.entries(point.testResults ?? {}).filter(([, item]) => isPerformance(item) || item.status !== "passed");
point.testResults = Object.fromEntries(kept.map(([id, { labels, trace, message, ...item }]) => [id, item.status === "passed" ? item : { ...item, message }]));
point.overview = JSON.parse(await readFile(judgementsFile, "utf8"));
await writeFile(historyFile, `${[...lines, JSON.stringify(point)].join("\n")}\n`);
