// Builds the page from the data that the report's plugin put into it.
import { cards, improvements } from "./cards.js";
import { drawAll } from "./charts.js";
import { curveCharts } from "./curves.js";
import { el, jump, section } from "./dom.js";
import { allocator, moment } from "./format.js";
import { othersOf, pairCharts } from "./pairs.js";
import { singleCharts } from "./singles.js";
import { spreadChart } from "./spread.js";
import { trendCharts } from "./trends.js";
import { verdictLine, verdictTable } from "./verdicts.js";

const model = JSON.parse(document.getElementById("model").textContent);
const isInside = window.parent !== window;

/** Returns the names of the baselines that the rows were compared with; usually there is one. */
function baselines() {
  const names = model.rows.filter((row) => row.baselineFile)
    .map((row) => `${String(row.baselineFile).split("/").at(-1)}${row.baselineCommit ? `, commit ${String(row.baselineCommit).slice(0, 7)}` : ""}`);
  return [...new Set(names)].join("; ");
}

function facts() {
  const commit = model.commit ? `${String(model.commit).slice(0, 12)}${model.isDirty ? " with changes" : ""}` : null;
  const entries = [["Run", moment(model.time)], ["Machine class", model.machineClass], ["Commit", commit], ["Runtime", model.runtime], ["Baseline", baselines()]].filter(([, value]) => value);
  return el("dl", { class: "facts" }, entries.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

const list = improvements(model.rows);
const pairs = pairCharts(model.rows);
const curves = curveCharts(model.rows);
const singles = singleCharts(model.rows);
const trends = trendCharts(model);
const sections = [
  section("speed-ups", "Key speed-ups", "Both sides of each ratio were measured side by side in one run, so its bound holds on any machine.", cards(model.rows)),
  section("improvements", "Key improvements", null, list.length > 0 ? el("ul", { class: "improvements" }, list) : null),
  section("comparison", `Original against ${othersOf(model.rows).map((name) => allocator(name).toLowerCase()).join(", ") || "others"}`, "Bars show the minimum, which is judged; error bars reach to the largest median of all launches.", pairs.length > 0 ? el("div", { class: "charts columns" }, pairs) : null),
  section("curves", "Complexity and scaling", "Values by a size, a count or a percentile.", curves.length > 0 ? el("div", { class: "charts" }, curves) : null),
  section("operations", "Single operations", "Operations without a counterpart on another allocator, the slowest first. They show where the time of a longer operation goes.", singles.length > 0 ? el("div", { class: "charts" }, singles) : null),
  section("verdicts", "Verdicts", "Every row, the worst first. The name of a row opens its test with samples, steps and attachments.", model.rows.length > 0 ? verdictTable(model) : null),
  section("trends", "Trend", "A cross marks a run in which the row regressed. The dotted line is the baseline that this run was compared with.", trends ?? (model.rows.length > 0 ? el("p", {}, "This is the first run in the history; a trend needs two.") : null)),
  section("spread", "Noise", "Time of single samples, relative to the minimum of their launch.", spreadChart(model.rows)),
].filter(Boolean);

document.getElementById("page").append(
  el("a", { class: "skip", href: "#verdict" }, "Skip to the verdict"),
  el("header", {}, el("h1", {}, "Performance overview"), el("p", { class: "report-name" }, model.name), facts(),
    isInside ? null : el("p", {}, el("a", { href: "index.html" }, "All tests in the Allure report"))),
  el("nav", { "aria-label": "Sections" }, el("ul", {}, sections.map((one) => el("li", {}, el("a", { href: `#${one.id}`, click: jump }, one.querySelector("h2").textContent))))),
  el("main", {}, verdictLine(model), sections));
drawAll();

document.querySelector(".skip").addEventListener("click", jump);
if (isInside) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      window.parent.postMessage({ source: "performance-overview", close: true }, "*");
    }
  });
}
