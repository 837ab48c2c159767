#!/usr/bin/env node
// Opens a built report in a browser, and fails on any problem.
// Usage: node check.mjs REPORT_FOLDER RESULTS_FOLDER [SCREENSHOT_FOLDER]
//        node check.mjs --fixture [SCREENSHOT_FOLDER]     builds three invented runs first
// CHROMIUM names the browser; default /usr/bin/chromium (Debian: apt-get install chromium).
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openBrowser } from "./check/browser.mjs";
import { expectedRows } from "./check/expected.mjs";
import { buildFixture } from "./check/fixture.mjs";
import { checkOverview } from "./check/overview.mjs";
import { checkReport } from "./check/report.mjs";

const arguments_ = process.argv.slice(2);
const isFixture = arguments_[0] === "--fixture";
if (arguments_.length < 1 || (!isFixture && arguments_.length < 2)) {
  console.error("usage: node check.mjs REPORT_FOLDER RESULTS_FOLDER [SCREENSHOT_FOLDER] | --fixture [SCREENSHOT_FOLDER]");
  process.exit(2);
}

const fixture = isFixture ? buildFixture() : undefined;
const [reportFolder, resultsFolder] = fixture ? [fixture.report, fixture.results] : arguments_.map((path) => resolve(path));
const shots = isFixture ? arguments_[1] : arguments_[2];
if (shots) {
  mkdirSync(shots, { recursive: true });
}

const problems = [];
const check = (holds, text) => {
  if (!holds) {
    problems.push(text);
  }
};
const browser = await openBrowser(problems);
try {
  const context = {
    check, browser, isFixture,
    rows: expectedRows(resultsFolder),
    url: (name) => pathToFileURL(join(reportFolder, name)).href,
    shot: async (page, name, options) => shots && page.screenshot({ path: join(shots, `${name}.png`), ...options }),
  };
  check(context.rows.length > 0, "the results folder holds no test results");
  await checkReport(context);
  await checkOverview(context);
} catch (error) {
  problems.push(error.stack ?? String(error));
} finally {
  await browser.close();
  if (fixture) {
    rmSync(fixture.folder, { recursive: true, force: true });
  }
}

if (problems.length > 0) {
  console.error(`The report has problems:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  process.exit(1);
}

console.log("The report shows every row, draws its charts, and sends no request to another machine.");
