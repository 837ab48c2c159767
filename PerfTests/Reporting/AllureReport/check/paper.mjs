// Prints the report with each of its tabs open. Each print must hold the whole overview.
import { linkedTests } from "./report.mjs";
import { checkTexts } from "./texts.mjs";

/** Colours of a reader who prefers a dark page, whose print must be light all the same. */
const OPTIONS = { colorScheme: "dark" };
const PAPER = { format: "A4", printBackground: true, margin: { top: "12mm", right: "12mm", bottom: "12mm", left: "12mm" } };

/** Returns the number of pages of a PDF file, whose page objects Chromium does not compress. */
const pagesOf = (pdf) => [...pdf.toString("latin1").matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;

const rowsShown = (page) => page.locator("#verdicts tbody tr:not(.group)").evaluateAll((rows) => rows.filter((row) => row.checkVisibility()).length);

async function checkTab({ browser, check, rows, url, savePdf }, tab, expectedPages) {
  const where = `print of the report, ${tab}`;
  const isOverview = tab === "overview open";
  const page = await browser.open(isOverview ? url("index.html") : `${url("index.html")}?tests`, OPTIONS);
  await page.getByTestId("metadata-item-total").waitFor({ state: isOverview ? "attached" : "visible" });
  await page.waitForSelector(".perf-unpacked", { state: "attached" });
  if (isOverview) {
    await (await (await page.waitForSelector("#perf-page")).contentFrame()).waitForSelector("[data-drawn] #verdict");
  } else if (tab === "a test open") {
    const [test] = await linkedTests(page);
    await page.evaluate((hash) => { window.location.hash = hash; }, test.id);
    await page.getByTestId("test-result-info-title").waitFor();
  }

  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const before = [await page.locator("#app").isVisible(), await page.locator("#perf-bar").isVisible(), await height()];
  const pdf = await page.pdf(PAPER);
  await savePdf(`report-${tab.replaceAll(" ", "-")}`, pdf);
  const pages = pagesOf(pdf);
  // The overview alone has one line more, a link to the tests.
  check(Math.abs(pages - expectedPages) <= 1, `${where}: ${pages} pages, and the overview alone has ${expectedPages}`);

  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const expected = rows.filter((row) => row.isPerformance).length;
  const printed = await rowsShown(page);
  check(printed >= expected, `${where}: it holds ${printed} of ${expected} rows`);
  check(!(await page.locator("#app").isVisible()), `${where}: it holds the list of tests too`);
  const ink = await page.evaluate(() => getComputedStyle(document.body).color);
  check(Number(ink.match(/\d+/)[0]) < 128, `${where}: its text has the colour ${ink}, which is pale on paper`);
  await checkTexts(page, check, where);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  const after = [await page.locator("#app").isVisible(), await page.locator("#perf-bar").isVisible(), await height()];
  check(JSON.stringify(after) === JSON.stringify(before), `${where}: it leaves the screen changed: ${before} became ${after}`);
  check(await page.locator("#perf-print").count() === 0, `${where}: it leaves a copy of the overview in the page`);
  if (!isOverview) {
    await page.locator("#perf-open").click();
    const frame = await (await page.waitForSelector("#perf-page")).contentFrame();
    await frame.locator("#verdict .headline").waitFor({ timeout: 5000 }).catch(() => check(false, `${where}: the overview cannot be opened afterwards`));
  }

  await page.context().close();
}

/** Checks the prints of the report. */
export async function checkPrints(context) {
  const page = await context.browser.open(context.url("overview.html"), OPTIONS);
  await page.waitForSelector("[data-drawn] #verdict");
  const alone = await page.pdf(PAPER);
  await context.savePdf("overview-alone", alone);
  await page.context().close();
  const tabs = context.rows.some((row) => row.isPerformance) ? ["tests open", "a test open", "overview open"] : ["tests open", "overview open"];
  for (const tab of tabs) {
    await checkTab(context, tab, pagesOf(alone));
  }
}
