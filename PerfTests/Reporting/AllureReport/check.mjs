#!/usr/bin/env node
// Opens a built report in a browser, and fails on any problem.
// Usage: node check.mjs REPORT_FOLDER RESULTS_FOLDER [SCREENSHOT_FOLDER]
//        node check.mjs --fixture [SCREENSHOT_FOLDER [SITUATION...]]     builds invented runs, all situations by default
// CHROMIUM names the browser; default /usr/bin/chromium (Debian: apt-get install chromium).
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openBrowser } from "./check/browser.mjs";
import { expectedRows } from "./check/expected.mjs";
import { buildFixture, SITUATION_NAMES } from "./check/fixture.mjs";
import { checkHistory, orderOfRows, secondsToContent } from "./check/facts.mjs";
import { checkInside, checkOverview } from "./check/overview.mjs";
import { checkPrints } from "./check/paper.mjs";
import { checkReport } from "./check/report.mjs";

const GOAL_SECONDS = 3;

const arguments_ = process.argv.slice(2);
const isFixture = arguments_[0] === "--fixture";
if (arguments_.length < 1 || (!isFixture && arguments_.length < 2)) {
  console.error("usage: node check.mjs REPORT_FOLDER RESULTS_FOLDER [SCREENSHOT_FOLDER] | --fixture [SCREENSHOT_FOLDER [SITUATION...]]");
  process.exit(2);
}

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

/** Checks one report; the whole report for a real run and for the situation with problems of each kind. */
async function checkOne(browser, { report, results, history }, situation) {
  const context = {
    check, browser, situation,
    rows: expectedRows(results),
    url: (name) => pathToFileURL(join(report, name)).href,
    shot: async (page, name, options) => shots && page.screenshot({ path: join(shots, `${name}.png`), ...options }),
    savePdf: (name, pdf) => shots && writeFileSync(join(shots, `${[name, situation].filter(Boolean).join("-")}.pdf`), pdf),
  };
  check(context.rows.length > 0, "the results folder holds no test results");
  const seconds = await secondsToContent(browser, context.url("index.html"));
  // Shown and not checked: a slower processor is no fault of the report.
  console.log(`index.html shows the overview after ${seconds.overview.toFixed(1)} s of processor time (goal: ${GOAL_SECONDS} s), and the tests are ready after ${seconds.tests.toFixed(1)} s`);
  if (!situation || situation === "one") {
    await checkReport(context);
    await checkInside(context);
    await checkPrints(context);
  }

  if (history) {
    checkHistory(history, check, situation);
  }

  await checkOverview(context);
}

const browser = await openBrowser(problems);
try {
  if (isFixture) {
    const orders = new Set();
    for (const situation of arguments_.length > 2 ? arguments_.slice(2) : SITUATION_NAMES) {
      const fixture = buildFixture(situation);
      try {
        await checkOne(browser, fixture, situation);
        orders.add(orderOfRows(readFileSync(join(fixture.report, "overview.html"), "utf8")));
      } catch (error) {
        problems.push(`${situation}: ${error.stack ?? error}`);
      } finally {
        rmSync(fixture.folder, { recursive: true, force: true });
      }
    }

    check(orders.size === 1, `the order of the rows depends on the run: ${orders.size} orders`);
  } else {
    await checkOne(browser, { report: resolve(arguments_[0]), results: resolve(arguments_[1]) });
  }
} catch (error) {
  problems.push(error.stack ?? String(error));
} finally {
  await browser.close();
}

if (problems.length > 0) {
  console.error(`The report has problems:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  process.exit(1);
}

console.log("The report shows every row, draws its charts, and sends no request to another machine.");
