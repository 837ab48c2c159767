// Measures and reads facts about a report: the time until it shows its content, the order of its rows, and its history.
import { readFileSync } from "node:fs";

/** Largest size of one line of the history, in bytes. */
const MOST_BYTES_OF_A_RUN = 200_000;

/**
 * Returns the seconds of processor time that the page needs until it shows the overview, and until it can show the tests. On a machine
 * that does nothing else, they are the seconds that a reader waits; neighbours do not change them much.
 */
export async function secondsToContent(browser, url) {
  let session;
  const page = await browser.open(url, {}, async (one) => {
    session = await one.context().newCDPSession(one);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
  });
  const used = async () => (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
  await page.frameLocator("#perf-page").locator("#verdict .headline").waitFor({ timeout: 60_000 });
  const overview = await used();
  await page.getByTestId("metadata-item-total").waitFor({ state: "attached", timeout: 60_000 });
  const tests = await used();
  await page.context().close();
  return { overview, tests };
}

/** Returns the names of the tests of the rows of an overview in their order. */
export function orderOfRows(html) {
  const { rows } = JSON.parse(/<script type="application\/json" id="model">([^]*?)<\/script>/.exec(html)[1]);
  return rows.map((row) => row.test.name).join("\n");
}

/** Checks the line that the run added to the history. */
export function checkHistory(file, check, where) {
  const line = readFileSync(file, "utf8").trimEnd().split("\n").at(-1);
  const point = JSON.parse(line);
  check(line.length <= MOST_BYTES_OF_A_RUN, `${where}: the run adds ${line.length} bytes to the history, expected at most ${MOST_BYTES_OF_A_RUN}`);
  check(point.overview?.commit?.length === 40 && Object.keys(point.overview.rows).length > 0, `${where}: the history has no judgements of the run`);
}
