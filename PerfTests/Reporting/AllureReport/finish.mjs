#!/usr/bin/env node
// Turns Allure's output into the finished report: removes the analytics, packs the data, inserts the overview page, and adds a
// policy that forbids requests to other machines. Fails if the report would still load anything from the network.
// Usage: node finish.mjs ALLURE_OUTPUT REPORT_FOLDER
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compressed, packData, packScript } from "./pack.mjs";
import { remoteLoads } from "./remote.mjs";

const POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' data: blob:; style-src 'unsafe-inline' data: blob:; "
  + "img-src data: blob:; font-src data:; media-src data: blob:; connect-src data: blob:; frame-src data: blob:; worker-src blob:; form-action 'none'";

/** Removes the analytics loader and the script that starts it. */
function withoutAnalytics(html) {
  return html
    .replace(/<script\b[^>]*\bsrc="https:\/\/www\.googletagmanager\.com\/[^"]*"[^>]*><\/script>\s*/g, "")
    .replace(/<script>(?:(?!<\/script>)[^])*?\bgtag\((?:(?!<\/script>)[^])*?<\/script>\s*/g, "");
}

function replace(html, marker, text) {
  if (!html.includes(marker)) {
    throw new Error(`Cannot finish the report: Allure's page has no ${marker}. Its version may differ from the one in package.json; run npm ci and build again.`);
  }

  return html.replace(marker, () => text);
}

/** Returns the number of performance rows that the overview shows. */
function rowCount(html) {
  const model = / id="model">(.*?)<\/script>/s.exec(html);
  if (!model) {
    throw new Error("Cannot finish the report: the overview contains no data. The plugin in plugin/ should have written the data; run npm ci and build again.");
  }

  return JSON.parse(model[1]).rows.length;
}

const [allureOutput, reportFolder] = process.argv.slice(2);
const shell = (name) => readFile(fileURLToPath(new URL(`page/${name}`, import.meta.url)), "utf8");
const overview = await readFile(join(allureOutput, "overview", "overview.html"), "utf8");
let report = packData(packScript(withoutAnalytics(await readFile(join(allureOutput, "awesome", "index.html"), "utf8"))));
const charset = '<meta charset="utf-8">';
report = replace(report, charset, `<meta http-equiv="Content-Security-Policy" content="${POLICY}">\n    ${charset}`);
const inside = (await shell("inside.html")).replace("ROW_COUNT", String(rowCount(overview))).replace("OVERVIEW_COMPRESSED", () => compressed(overview));
// The overview comes before the data of the tests, so that it is shown before they are read.
const tests = '<div id="app"></div>';
report = replace(report, tests, `${tests}\n${inside}`);

const left = [...remoteLoads("index.html", report), ...remoteLoads("overview.html", overview)];
if (left.length > 0) {
  console.error(`The report was not written, because it would load these from the network:\n${left.map((line) => `  ${line}`).join("\n")}`);
  process.exit(1);
}

await mkdir(reportFolder, { recursive: true });
await writeFile(join(reportFolder, "index.html"), report);
await writeFile(join(reportFolder, "overview.html"), overview);
