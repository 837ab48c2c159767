// Shows the verdict on the run: one line, the number of rows by verdict, and the rows to look at first.
import { el } from "./dom.js";
import { valueText } from "./format.js";
import { changeText, earlierMark, limitText, messageOf, plural, rowName, severity, sourceText, testLink, valuesText, VERDICTS, verdictOf } from "./words.js";

const MOST_NAMED = 5;

/** Returns the reason of a verdict in short. A row that was not measured has no value. */
function inShort(row) {
  if (!Number.isFinite(row.value)) {
    return row.message ? `: ${messageOf(row).split("\n")[0]}` : "";
  }

  if (Number.isFinite(row.bound)) {
    return `: ${valueText(row.value, row.unit)}, must be ${limitText(row)}`;
  }

  if (!Number.isFinite(row.base)) {
    return row.message ? `: ${messageOf(row).split("\n")[0]}` : "";
  }

  return `: ${changeText(row)}, ${valuesText(row)}, limit ${limitText(row)}${sourceText(row) ? `; baseline ${sourceText(row)}` : ""}`;
}

const items = (rows) => rows.map((row) => el("li", {}, testLink(row, rowName(row)), earlierMark(row), inShort(row)));

/** Returns the parts of the headline of a run with problems, the gravest first. */
function problems(model, count) {
  const regressed = count("regressed");
  const failed = count("failed");
  const broken = count("broken");
  const notRun = count("notRun");
  const tests = (model.otherTests.failed ?? 0) + (model.otherTests.broken ?? 0);
  return [
    regressed > 0 ? plural(regressed, "regression") : null,
    failed > 0 ? `${plural(failed, "row")} failed` : null,
    broken > 0 ? `${plural(broken, "row")} could not be measured` : null,
    tests > 0 ? `${plural(tests, "correctness test")} failed` : null,
    notRun > 0 ? `interrupted after ${model.rows.length - notRun} of ${plural(model.rows.length, "row")}` : null,
  ].filter(Boolean);
}

function headlineOf(model, found, unsure) {
  if (model.rows.length === 0) {
    return "No values in these results";
  }

  if (found.length > 0) {
    const text = found.join("; ");
    return `${text[0].toUpperCase()}${text.slice(1)}`;
  }

  const measured = model.rows.filter((row) => !row.measuredEarlier).length;
  const none = measured < model.rows.length ? `No regression in the ${plural(measured, "row")} of this run` : "No regression";
  return unsure === model.rows.length ? "No row could be judged" : unsure > 0 ? `${unsure} of ${plural(model.rows.length, "row")} not judged` : none;
}

/** Returns the top of the page. */
export function verdictLine(model) {
  const count = (...verdicts) => model.rows.filter((row) => verdicts.includes(row.verdict)).length;
  const bad = model.rows.filter((row) => verdictOf(row).tone === "bad")
    .sort((one, other) => verdictOf(one).rank - verdictOf(other).rank || severity(other) - severity(one));
  const unsure = model.rows.filter((row) => verdictOf(row).tone === "unsure").length;
  const found = problems(model, count);
  const tone = found.length > 0 ? "bad" : unsure > 0 || model.rows.length === 0 ? "unsure" : "good";
  const counts = Object.entries(VERDICTS).map(([verdict, { word }]) => [count(verdict), word.toLowerCase()])
    .filter(([of]) => of > 0).map(([of, word]) => `${of} ${word}`).join(", ");
  const earlier = model.rows.filter((row) => row.measuredEarlier).length;
  const texts = [
    model.rows.length > 0 ? `${plural(model.rows.length, "row")}: ${counts}.` : null,
    earlier > 0 ? `${plural(earlier, "row is", "rows are")} of an earlier run and marked as such.` : null,
    Object.keys(model.otherTests).length > 0 ? `Other tests: ${Object.entries(model.otherTests).map(([status, of]) => `${of.toLocaleString("en-US")} ${status}`).join(", ")}.` : null,
  ];
  return el("div", { class: `verdict ${tone}`, role: "status", id: "verdict" },
    el("p", { class: "headline" }, el("span", { "aria-hidden": "true" }, { bad: "✖ ", unsure: "? ", good: "✔ " }[tone]), headlineOf(model, found, unsure)),
    el("p", {}, texts.filter(Boolean).join(" ")),
    bad.length > 0 ? el("ul", {}, items(bad.slice(0, MOST_NAMED))) : null,
    bad.length > MOST_NAMED ? el("details", {}, el("summary", {}, `The other ${plural(bad.length - MOST_NAMED, "row")}`), el("ul", {}, items(bad.slice(MOST_NAMED)))) : null);
}
