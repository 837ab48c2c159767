// Checks the Allure report itself: the page of every row with its parameters and attachments, a failed row, and the Metrics page.
import { checkTexts } from "./texts.mjs";

const text = async (locator) => (await locator.allInnerTexts()).join("\n");
const normal = (value) => value.replaceAll(/\s+/g, " ").trim();

/** Returns the tests that the overview links to; the check opens the page of each by its id. */
export const linkedTests = (page) => page.evaluate(async () => {
  const bytes = Uint8Array.from(atob(document.getElementById("perf-overview").textContent), (one) => one.charCodeAt(0));
  const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  const overview = new DOMParser().parseFromString(text, "text/html");
  return JSON.parse(overview.getElementById("model").textContent).rows.map((row) => row.test).filter(Boolean);
});

async function checkRow(page, { check, row, id }) {
  await page.evaluate((hash) => { window.location.hash = hash; }, id);
  await page.getByTestId("test-result-info-title").filter({ hasText: normal(row.name) }).waitFor({ timeout: 5000 })
    .catch(() => check(false, `the page of ${row.name} does not open`));
  for (const more of await page.getByTestId("metadata-list").getByText("Show more").all()) {
    await more.click();
  }

  const shown = normal(await text(page.locator("#app")));
  check(shown.toLowerCase().includes(row.status), `${row.name} is not shown as ${row.status}`);
  for (const { name, value } of row.parameters) {
    check(shown.includes(normal(name)) && shown.includes(normal(value).slice(0, 20)), `${row.name} does not show its parameter ${name}`);
  }

  for (const name of row.attachments) {
    check(shown.includes(normal(name)), `${row.name} does not show its attachment ${name}`);
  }

  await checkTexts(page, check, `the page of ${row.name}`);
  if (row.status !== "passed" && row.message) {
    check(shown.includes(normal(row.message).slice(0, 60)), `${row.name} does not show its message`);
  }
}

async function checkFailedRow(page, { check, rows, shot }) {
  const failed = rows.filter((row) => row.status === "failed").sort((one, other) => Number(other.isPerformance) - Number(one.isPerformance))[0];
  if (!failed) {
    return;
  }

  await page.getByTestId("tab-failed").click();
  await page.getByTestId("tree-leaf").filter({ hasText: normal(failed.name) }).first().click();
  await page.getByTestId("test-result-error-message").waitFor();
  check(normal(await text(page.getByTestId("test-result-error-message"))).includes(normal(failed.message).slice(0, 60)), "the failed row does not show its message");
  const image = page.getByTestId("test-result-attachment-header").filter({ hasText: /distribution/i }).first();
  if (await image.count()) {
    await image.click();
    await page.getByTestId("test-result-attachment").locator("img, svg, iframe").first().waitFor();
  }

  await shot(page, "regression");
  await page.setViewportSize({ width: 1280, height: 1700 });
  await shot(page, "regression-whole");
  await page.setViewportSize({ width: 1280, height: 900 });
  if (failed.hasDifference) {
    await page.getByTestId("test-result-diff-button").first().click();
    await page.waitForTimeout(300);
    await shot(page, "regression-difference");
    await page.keyboard.press("Escape");
  }
}

async function checkMetrics(page, { check, shot, url, rows }) {
  await page.goto(`${url("index.html")}#metrics`);
  await page.getByText("Performance metrics").first().waitFor();
  const shown = await text(page.locator("#app"));
  check(rows.every((row) => !row.isPerformance) || /\d+ metrics/.test(shown), "the Metrics page does not show a number of metrics");
  await checkTexts(page, check, "the Metrics page");
  await shot(page, "metrics");
}

/** Checks the Allure report. */
export async function checkReport(context) {
  const { browser, check, rows, url, shot, situation } = context;
  const page = await browser.open(`${url("index.html")}?tests`);
  const title = await page.title();
  await page.getByTestId("metadata-item-total").waitFor();
  await shot(page, "report");
  const total = Number((await text(page.getByTestId("metadata-item-total"))).match(/\d+/)?.[0]);
  check(total === rows.length, `the report counts ${total} tests, the results hold ${rows.length}`);
  await checkFailedRow(page, context);

  const linked = await linkedTests(page);
  const ids = new Map(linked.map((test) => [test.name, test.id]));
  for (const row of rows.filter((one) => one.isPerformance)) {
    check(ids.has(row.name), `the overview has no link to ${row.name}`);
    if (ids.has(row.name)) {
      await checkRow(page, { check, row, id: ids.get(row.name) });
    }
  }

  check((await page.title()) === title, `the title became ${await page.title()}: text of a result ran as a script`);
  await checkMetrics(page, context);
  if (situation) {
    check(["failed", "broken", "skipped"].every((status) => rows.some((row) => row.status === status)), "the fixture has no failed, no broken or no skipped row");
  }

  await page.context().close();
}
