// Builds the reports of invented runs, one for each situation in which a reader may see a report.
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SITUATIONS } from "../fixture/situations.mjs";

const here = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

export const SITUATION_NAMES = Object.keys(SITUATIONS);

/** Builds the report of a situation and returns the paths of its folders. */
export function buildFixture(situation) {
  const folder = mkdtempSync(join(tmpdir(), "allure-fixture-"));
  const [results, report, history] = ["results", "report", "history.jsonl"].map((name) => join(folder, name));
  execFileSync(process.execPath, [here("fixture/make.mjs"), folder, situation], { stdio: "inherit" });
  execFileSync(here("build"), [results, "--output", report, "--history", history, "--results", join(folder, "results.json"), "--name", "An invented run"],
    { stdio: ["ignore", "ignore", "inherit"] });
  return { folder, results, report, history };
}
