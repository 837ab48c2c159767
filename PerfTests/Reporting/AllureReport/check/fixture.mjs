// Builds a report of three invented runs. Each run has a skipped and a broken row; the third also has a regression.
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Builds the report and returns the paths of its folders. */
export function buildFixture() {
  const folder = mkdtempSync(join(tmpdir(), "allure-fixture-"));
  const results = join(folder, "results");
  const report = join(folder, "report");
  for (const run of [1, 2, 3]) {
    execFileSync(process.execPath, [here("fixture/make.mjs"), results, String(run)], { stdio: "inherit" });
    execFileSync(here("build"), [results, "--output", report, "--history", join(folder, "history", "history.jsonl"),
      "--results", join(folder, "none.json"), "--name", "An invented run"], { stdio: ["ignore", "ignore", "inherit"] });
  }

  return { folder, results, report };
}
