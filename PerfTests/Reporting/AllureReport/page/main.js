// Builds the page from the data that the report's plugin put into it.
import { cards, limits } from "./cards.js";
import { changes, operationTable } from "./changes.js";
import { drawFirst } from "./charts.js";
import { curveCharts } from "./curves.js";
import { el, jump, section } from "./dom.js";
import { allocator, moment, version } from "./format.js";
import { verdictLine } from "./headline.js";
import { comparedAllocators, pairCharts } from "./pairs.js";
import { preparePrints } from "./print.js";
import { singleCharts } from "./singles.js";
import { spreadChart } from "./spread.js";
import { trendCharts } from "./trends.js";
import { verdictTable } from "./verdicts.js";

const model = JSON.parse(document.getElementById("model").textContent);
const isInside = window.parent !== window;

/** Returns the names of the baselines that the rows were compared with; usually there is one. */
function baselines() {
  const files = Map.groupBy(model.rows.filter((row) => row.baselineFile), (row) => String(row.baselineFile).split("/").at(-1));
  return [...files].map(([file, rows]) => {
    const commits = [...new Set(rows.filter((row) => row.baselineCommit).map((row) => version(row.baselineCommit)))];
    return commits.length > 0 ? `${file}, commit${commits.length > 1 ? "s" : ""} ${commits.join(" and ")}` : file;
  }).join("; ");
}

function facts() {
  const commit = model.commit ? `${version(model.commit)}${model.isDirty ? " with uncommitted changes" : ""}` : null;
  const entries = [["Run", moment(model.time)], ["Machine class", model.machineClass], ["Commit", commit], ["Runtime", model.runtime], ["Baseline", baselines()]].filter(([, value]) => value);
  return el("dl", { class: "facts" }, entries.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

const limited = limits(model.rows);
const verdicts = model.rows.length > 0 ? verdictTable(model) : null;
const singles = singleCharts(model.rows);
const trends = trendCharts(model);
const others = comparedAllocators(model.rows).map((name) => allocator(name).toLowerCase()).join(", ");
const grid = (charts, more = "") => (charts.length > 0 ? el("div", { class: `charts${more}` }, charts) : null);
const sections = [
  section({ id: "changes", heading: "What changed" }, changes(model)),
  section({
    id: "speed-ups", heading: "Key speed-ups",
    introduction: "Arena relative to the original. Both sides of each ratio were measured side by side in one run, so its limit holds on any machine.",
  }, cards(model.rows)),
  section({ id: "limits", heading: limited?.heading, summary: "Rows with a fixed limit", isClosed: limited?.isAllKept }, limited?.table),
  section({ id: "verdicts", heading: "Verdicts", introduction: "The name of a row opens its test with samples, steps and attachments." }, verdicts?.nodes),
  section({
    id: "comparison", heading: `Original against ${others}`, summary: "Charts",
    introduction: "A dot is the value that is judged; its interval reaches to the largest median of all launches. Values that were measured side by side, for a speed-up, have no interval.",
  }, grid(pairCharts(model.rows), " columns")),
  section({ id: "curves", heading: "Complexity and scaling", summary: "Charts", introduction: "How values grow with a size, a count or a percentile." }, grid(curveCharts(model.rows))),
  section({
    id: "parts", heading: "What an operation consists of", summary: "Tables", introduction: "The time of one block of 1 MiB: allocated, written and freed.",
  }, grid(model.operations.map((operation) => operationTable(operation)))),
  section({
    id: "trends", heading: "Trends", summary: trends ? "Charts" : undefined,
    introduction: trends ? "Change from the baseline by commit; the band is the tolerance. A cross marks a regression, a hollow diamond an inconclusive run, a dashed line a change point." : undefined,
  }, trends ?? (model.rows.length > 0 ? el("p", {}, "This is the first run in the history; a trend needs two.") : null)),
  section({
    id: "operations", heading: "Single operations", summary: "Charts of the operations without a counterpart on another allocator", isClosed: true,
  }, grid(singles, " wide")),
  section({ id: "spread", heading: "Noise", summary: "Spread of the samples", isClosed: true, introduction: "Time of single samples, relative to the minimum of their launch." }, spreadChart(model.rows)),
].filter(Boolean);

document.getElementById("page").append(
  el("a", { class: "skip", href: "#verdict" }, "Skip to the verdict"),
  el("header", {}, el("h1", {}, "Performance overview"), el("p", { class: "report-name" }, model.name), facts(),
    isInside ? null : el("p", {}, el("a", { href: "index.html?tests" }, "All tests in the Allure report"))),
  el("nav", { "aria-label": "Sections" }, el("ul", {}, sections.map((one) => el("li", {}, el("a", { href: `#${one.id}`, click: jump }, one.querySelector("h2").textContent))))),
  el("main", {}, verdictLine(model), sections));
drawFirst();

preparePrints((isPrinting) => verdicts?.setPrinting(isPrinting));
document.querySelector(".skip").addEventListener("click", jump);
if (isInside) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      window.parent.postMessage({ source: "performance-overview", close: true }, "*");
    }
  });
}
