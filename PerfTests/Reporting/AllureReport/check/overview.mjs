// Checks the overview page inside the report, and the overview alone in a light theme, in a dark theme, on a phone and in print.
import { checkAccessibility } from "./accessibility.mjs";
import { checkControls } from "./controls.mjs";
import { checkAlways, SITUATION_CHECKS } from "./situations.mjs";
import { checkTexts } from "./texts.mjs";

const COLOURED_PIXELS = 40;

/** Largest height of the page on a phone if all rows passed, in pixels. */
const MOST_PHONE_HEIGHT = 6000;

/** Returns the labels of blank charts. Axes are grey and data is coloured, so a chart without coloured pixels is blank. */
const blankCharts = (frame) => frame.evaluate((least) => [...document.querySelectorAll("canvas")].filter((canvas) => !canvas.closest("details:not([open])")).filter((canvas) => {
  if (canvas.width === 0 || canvas.height === 0) {
    return true;
  }

  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let coloured = 0;
  for (let at = 0; at < data.length && coloured < least; at += 4) {
    const spread = Math.max(data[at], data[at + 1], data[at + 2]) - Math.min(data[at], data[at + 1], data[at + 2]);
    coloured += data[at + 3] > 128 && spread > 60 ? 1 : 0;
  }

  return coloured < least;
}).map((canvas) => canvas.getAttribute("aria-label")), COLOURED_PIXELS);

/** Opens all sections and waits for their charts; if `isWhole`, also the charts of further rows, which take the most time. */
async function openAll(frame, isWhole) {
  await frame.evaluate((selector) => document.querySelectorAll(selector).forEach((one) => { one.open = true; }), isWhole ? "details.body, details.more" : "details.body");
  await frame.waitForFunction(() => [...document.querySelectorAll("canvas")].every((canvas) => canvas.closest("details:not([open])") || (canvas.width > 0 && canvas.height > 0)));
}

const isWhole = (situation) => !situation || situation === "one";

async function checkContent(frame, { check, rows, situation }, where) {
  await openAll(frame, isWhole(situation));
  check((await frame.locator("#verdict .headline").innerText()).length > 0, `${where}: no verdict line`);
  await checkControls(frame, check, where);
  const tableRows = await frame.locator("#verdicts tbody tr:not(.group)").count();
  const performance = rows.filter((row) => row.isPerformance);
  check(tableRows >= performance.length, `${where}: the verdict table has ${tableRows} rows for ${performance.length} tests`);
  const table = await frame.locator("#verdicts").innerText();
  for (const [status, word] of [["failed", /Regressed|Failed/], ["broken", /Could not be measured|Not run/], ["skipped", /Not comparable|Inconclusive|Skipped/]]) {
    check(!performance.some((row) => row.status === status) || word.test(table), `${where}: no verdict in the table says that a row is ${status}`);
  }

  // A run of only a few rows has fewer sections; the fixture has all of them.
  const measured = performance.filter((row) => row.parameters.some(({ name }) => name === "measured"));
  const isOf = (row, allocator) => row.parameters.some(({ name, value }) => name === "allocator" && value === JSON.stringify(allocator));
  const metricOf = (row) => row.name.split("(")[0];
  const hasBoth = measured.some((row) => isOf(row, "shm") && measured.some((other) => isOf(other, "arena") && metricOf(other) === metricOf(row)));
  const sections = situation ? ["speed-ups", "limits", "comparison", "curves", "parts", "operations", "trends", "verdicts", "spread"]
    : performance.length === 0 ? [] : hasBoth ? ["comparison", "verdicts"] : ["verdicts"];
  for (const id of sections) {
    check(situation === "killed" || await frame.locator(`#${id}`).count() === 1, `${where}: no section ${id}`);
  }

  const charts = await frame.locator("canvas").count();
  check(charts >= (situation ? 4 : hasBoth ? 1 : 0), `${where}: only ${charts} charts`);
  if (situation) {
    await SITUATION_CHECKS[situation](frame, check, where);
    await checkAlways(frame, check, where, situation !== "killed");
  }

  if (situation === "one") {
    await checkCurves(frame, check, where);
  }

  check(await frame.locator("figure.chart details table").count() === charts, `${where}: not every chart has a table`);
  for (const label of await blankCharts(frame)) {
    check(false, `${where}: a chart is blank: ${label}`);
  }

  await checkTexts(frame, check, where);
  check(await frame.locator("section script, section img").count() === 0, `${where}: text of a result became an element`);
  const wide = await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(wide <= 0, `${where}: the page is ${wide} pixels wider than the window`);
}

/** Checks that a size parameter gives a curve labelled in KiB and MiB, and that a switch gives none. */
async function checkCurves(frame, check, where) {
  const curves = await frame.locator("#curves figure.chart").evaluateAll((figures) => figures.map((figure) => ({
    title: figure.querySelector("h3").textContent,
    cells: [...figure.querySelectorAll("tbody th")].map((cell) => cell.textContent.replaceAll("\u00a0", " ")),
    series: [...figure.querySelectorAll("thead th")].slice(1).map((cell) => cell.textContent),
  })));
  const curve = (title) => curves.find((one) => one.title === title) ?? { cells: [], series: [] };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  check(same(curve("Copying into shared memory, by size").cells, ["4 KiB", "64 KiB", "1 MiB", "16 MiB", "64 MiB"]), `${where}: no curve of copying by size`);
  check(same(curve("Handing a block to another process, by size").series, ["Original (shm)"]), `${where}: handing a block over has no curve of its own`);
  check(curve("Allocating and freeing a block, by size").series.length === 5, `${where}: the curve of five allocators does not have five lines`);
  check(!curves.some((one) => /prefaulted/.test(one.title)), `${where}: a switch is drawn as a curve`);
  check(/First write to a page of 4 KiB(, Original \(shm\))?, not prefaulted/.test(await frame.locator("#operations").textContent()), `${where}: a row without a counterpart is in no chart`);
}

/** Checks the overview inside the report: its tab, its links to tests, and the way back. */
export async function checkInside({ browser, check, rows, url, situation }) {
  const page = await browser.open(url("index.html"));
  const element = await page.waitForSelector("#perf-page");
  const frame = await element.contentFrame();
  await frame.waitForSelector("[data-drawn] #verdict");
  await page.locator("#perf-open").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByTestId("metadata-item-total").waitFor();
  check(!(await page.locator("#perf-page").isVisible()), "the overview still covers the tests");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await frame.locator("#verdict .headline").waitFor();
  await checkContent(frame, { check, rows, situation }, "overview in the report");
  const link = frame.locator("#verdicts tbody a").first();
  const opened = await link.getAttribute("href");
  await link.focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("test-result-info-title").waitFor();
  check(page.url().endsWith(opened.slice(opened.indexOf("#"))), "a link of the verdict table does not open its test");
  check(!(await page.locator("#perf-page").isVisible()), "the overview still covers the test that it opened");
  await page.locator("#perf-open").click();
  await frame.locator("#verdict .headline").click();
  await page.keyboard.press("Escape");
  await page.getByTestId("test-result-info-title").waitFor({ timeout: 3000 }).catch(() => check(false, "Escape does not lead back to the tests"));
  await page.locator("#perf-open").click();
  await frame.locator("#verdict .headline").waitFor();
  await page.evaluate((hash) => { window.location.hash = hash; }, "metrics");
  await page.getByText("Performance metrics").first().waitFor({ timeout: 3000 }).catch(() => check(false, "changing the hash of the address does not open its page while the overview is shown"));
  await page.context().close();
  await checkColdLink({ browser, check, url }, opened.slice(opened.indexOf("#")));
}

/** Checks that a link to a test opens it in a browser without idle callbacks, such as Safari. */
async function checkColdLink({ browser, check, url }, hash) {
  const page = await browser.open(`${url("index.html")}${hash}`, {}, (one) => one.addInitScript(() => { delete window.requestIdleCallback; }));
  await page.getByTestId("test-result-info-title").waitFor().catch(() => check(false, "a link to a test does not open it"));
  await page.locator("#perf-open").click();
  await page.frameLocator("#perf-page").locator("[data-drawn] #verdict .headline").waitFor();
  await page.context().close();
}

async function checkAlone({ browser, check, rows, url, shot, situation }, name, { media, ...options }) {
  const where = [situation, name].filter(Boolean).join(" ");
  const page = await browser.open(url("overview.html"), options);
  await page.emulateMedia({ media });
  await page.waitForSelector("[data-drawn] #verdict");
  const title = await page.title();
  await page.waitForTimeout(200);
  await shot(page, `${[name, situation].filter(Boolean).join("-")}-top`);
  await shot(page, [name, situation].filter(Boolean).join("-"), { fullPage: true });
  const isPhone = options.viewport?.width < 500;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  check(!isPhone || situation !== "green" || height <= MOST_PHONE_HEIGHT, `${where}: the page is ${height} pixels tall, expected at most ${MOST_PHONE_HEIGHT}`);
  await checkAccessibility(page, check, where);
  await openAll(page.mainFrame(), isWhole(situation));
  if (media === "print") {
    await checkPrint(page, { check, rows, shot, situation }, name, where);
  } else {
    await checkContent(page.mainFrame(), { check, rows, situation }, where);
    if (isWhole(situation)) {
      await checkAccessibility(page, check, `${where}, all open`);
    }
  }

  check((await page.title()) === title, `${where}: the title changed: text of a result ran as a script`);
  await page.context().close();
}

/** Checks that a print holds what the screen shows closed, fits on the paper, and leaves the screen as it was. */
async function checkPrint(page, { check, rows, shot, situation }, name, where) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = false; }));
  const closedBefore = await page.locator("details:not([open])").count();
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const closed = await page.locator("details:not([open])").evaluateAll((nodes) => nodes.filter((node) => !node.closest("figure.chart") && !node.matches("#trends details.more")).map((node) => node.querySelector("summary").textContent));
  check(closed.length === 0, `${where}: a print does not hold what these lines open: ${closed}`);
  const expected = rows.filter((row) => row.isPerformance).length;
  const printed = await page.locator("#verdicts tbody tr:not(.group)").count();
  check(printed >= expected, `${where}: a print holds ${printed} of ${expected} rows`);
  const wide = await page.evaluate(() => [...document.querySelectorAll("canvas, table, .badge")].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > 701).map((one) => one.getAttribute("aria-label") ?? one.caption?.textContent ?? one.textContent));
  check(wide.length === 0, `${where}: these are wider than the paper: ${wide}`);
  for (const label of await blankCharts(page)) {
    check(false, `${where}: a chart is blank on paper: ${label}`);
  }

  await checkTexts(page, check, where);
  await shot(page, [`${name}-paper`, situation].filter(Boolean).join("-"), { fullPage: true });
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  check(await page.locator("details:not([open])").count() === closedBefore, `${where}: a print leaves sections open on the screen`);
}

/** Checks the overview page alone. */
export async function checkOverview(context) {
  await checkAlone(context, "overview-light", { colorScheme: "light" });
  await checkAlone(context, "overview-dark", { colorScheme: "dark" });
  await checkAlone(context, "overview-phone", { colorScheme: "light", viewport: { width: 390, height: 844 } });
  await checkAlone(context, "overview-print", { colorScheme: "light", media: "print", viewport: { width: 794, height: 1123 } });
}
