// The configuration of the Allure report. `build` sets the paths; the defaults apply when Allure is started by hand.
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const here = fileURLToPath(new URL(".", import.meta.url));
const top = join(here, "..", "..", "..");
const setting = (name, fallback) => process.env[name] || fallback;

export default {
  name: setting("REPORT_NAME", "Performance of the shared-memory allocators"),
  output: setting("REPORT_OUTPUT", join(top, "allure-report")),
  historyPath: setting("REPORT_HISTORY", join(top, "allure-report-history", "history.jsonl")),
  historyLimit: 100,
  appendHistory: true,

  // Allure uses the first category that matches, so more specific categories come first.
  categories: [
    { name: "Performance regressions", matchers: [{ statuses: ["failed"], message: /Regressed:/ }] },
    { name: "Not comparable: no baseline", matchers: [{ statuses: ["skipped", "failed"], message: /(Not comparable|New):/ }] },
    { name: "Inconclusive", matchers: [{ message: /Inconclusive:/ }] },
    { name: "Broken", matchers: [{ statuses: ["broken"] }] },
    { name: "Wrong results", matchers: [{ statuses: ["failed"] }] },
  ],

  performance: {
    groups: {
      allocation: { title: "Allocation" },
      addressTranslation: { title: "Address translation" },
      transfer: { title: "Transfer" },
      traceReplay: { title: "Trace replay" },
    },
  },

  plugins: {
    awesome: {
      options: {
        singleFile: true,
        theme: "auto",
        reportLanguage: "en",
        groupBy: ["epic", "feature", "story"],
      },
    },
    overview: {
      import: join(here, "plugin", "index.mjs"),
      options: { resultsFile: setting("REPORT_RESULTS_FILE", join(top, "TestResults", "perf", "results.json")) },
    },
  },
};
