// Checks the overview page inside the report, and the overview alone in a light theme, in a dark theme and on a phone.

const COLOURED_PIXELS = 40;

/** Returns the labels of blank charts. Axes are grey and data is coloured, so a chart without coloured pixels is blank. */
const blankCharts = (frame) => frame.evaluate((least) => [...document.querySelectorAll("canvas")].filter((canvas) => {
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

async function checkContent(frame, { check, rows, isFixture }, where) {
  for (const details of await frame.locator("details.more > summary").all()) {
    await details.click();
  }

  await frame.waitForFunction(() => [...document.querySelectorAll("canvas")].every((canvas) => canvas.width > 0 && canvas.height > 0));
  check((await frame.locator("#verdict .headline").innerText()).length > 0, `${where}: no verdict line`);
  const tableRows = await frame.locator("#verdicts tbody tr").count();
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
  const sections = isFixture ? ["speed-ups", "improvements", "comparison", "curves", "operations", "trends", "verdicts", "spread"]
    : performance.length === 0 ? [] : hasBoth ? ["comparison", "verdicts"] : ["verdicts"];
  for (const id of sections) {
    check(await frame.locator(`#${id}`).count() === 1, `${where}: no section ${id}`);
  }

  const charts = await frame.locator("canvas").count();
  check(charts >= (isFixture ? 4 : hasBoth ? 1 : 0), `${where}: only ${charts} charts`);
  if (isFixture) {
    const verdict = await frame.locator("#verdict").innerText();
    check(/side by side with 47d4865f0e1d \(measured .+, stored .+\)/.test(verdict), `${where}: the line of the regressed row does not say that the change was measured side by side: ${verdict}`);
    await checkCurves(frame, check, where);
    check(/segment of 1 MiB[^]*of an earlier run, 2026-11-22/.test(table) && /1 row is of an earlier run/.test(await frame.locator("#verdict").innerText()), `${where}: a row of an earlier run is not marked as one`);
  }

  check(await frame.locator("figure.chart details table").count() === charts, `${where}: not every chart has a table`);
  for (const label of await blankCharts(frame)) {
    check(false, `${where}: a chart is blank: ${label}`);
  }

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
  check(/Mapped memory that blocks useArena 1\.\d+\u00a0× better; longer is better/.test(await frame.locator("#comparison").textContent())
    && /\b9\d\.\d\u00a0%/.test(await frame.locator("#verdicts").textContent()), `${where}: a section and a unit that the page does not know by name are not shown`);
  check(/First write to a page of 4 KiB(, Original \(shm\))?, prefaulted: 0/.test(await frame.locator("#operations").textContent()), `${where}: a row without a counterpart is in no chart`);
}

async function checkInside({ browser, check, rows, url, isFixture }) {
  const page = await browser.open(url("index.html"));
  await page.getByTestId("metadata-item-total").waitFor();
  await page.locator("#perf-tests").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const element = await page.waitForSelector("#perf-page");
  const frame = await element.contentFrame();
  await frame.waitForSelector("#verdict");
  await checkContent(frame, { check, rows, isFixture }, "overview in the report");
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
  await page.context().close();
}

async function checkAlone({ browser, check, rows, url, shot, isFixture }, name, options) {
  const page = await browser.open(url("overview.html"), options);
  await page.waitForSelector("#verdict");
  const title = await page.title();
  await page.waitForTimeout(300);
  await shot(page, `${name}-top`);
  await shot(page, name, { fullPage: true });
  await checkContent(page.mainFrame(), { check, rows, isFixture }, name);
  check((await page.title()) === title, `${name}: the title changed: text of a result ran as a script`);
  await page.context().close();
}

/** Checks the overview page. */
export async function checkOverview(context) {
  await checkInside(context);
  await checkAlone(context, "overview-light", { colorScheme: "light" });
  await checkAlone(context, "overview-dark", { colorScheme: "dark" });
  await checkAlone(context, "overview-phone", { colorScheme: "light", viewport: { width: 390, height: 844 } });
}
