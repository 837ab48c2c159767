// What the overview must show in each situation of the fixture.

const text = (frame, selector) => frame.locator(selector).innerText().then((one) => one.replaceAll("\u00a0", " "));
const allText = (frame, selector) => frame.locator(selector).evaluateAll((nodes) => nodes.map((node) => node.textContent.replaceAll("\u00a0", " ")).join("\n"));
const labels = (frame) => frame.locator("canvas").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("aria-label")));

async function one(frame, check, where) {
  const verdict = await text(frame, "#verdict");
  check(/^✖ 1 regression|^✖ 2 regressions/.test(verdict), `${where}: the headline does not begin with the regressions: ${verdict}`);
  check(/; 1 row could not be measured/.test(verdict) && !/failed/.test(verdict), `${where}: the headline and the counts name a row that could not be measured differently: ${verdict}`);
  check(/Block references served per second while a KV-cache trace is replayed, Arena: System\.Invalid/.test(verdict), `${where}: a row that could not be measured lacks the title of its metric: ${verdict}`);
  check(/Allocating one block of 1 MiB, Arena: \+35\.1 %, worse, 9\.70 ns → 13\.1 ns, limit 4 %; baseline measured side by side with 47d4865f0/.test(verdict), `${where}: the regressed row is not described by its pair: ${verdict}`);
  check(/1 row is of an earlier run/.test(verdict), `${where}: no count of the rows of an earlier run`);
  check(/segment of 1 MiB[^]*earlier run, 2026-11-22/.test(await text(frame, "#verdicts")) || /segment of 1 MiB[^]*earlier run, 2026-11-22/.test(await allText(frame, "#verdicts")), `${where}: a row of an earlier run is not marked as one`);
  const changes = await allText(frame, "#changes");
  check(/Samples of the baseline and of this run/.test(changes), `${where}: no distributions of both versions`);
  check(/ArenaHeap\.Allocate48\+22SlabPart\.TakeFree240/.test(changes), `${where}: no instructions by method: ${changes.slice(0, 400)}`);
  check(/Improved: Allocating and freeing a block, Mimalloc, 64 KiB/.test(changes), `${where}: the improved row is not named`);
}

async function many(frame, check, where) {
  const items = await frame.locator("#verdict > ul > li").count();
  check(items === 5 && await frame.locator("#verdict details li").count() > 10, `${where}: the verdict names ${items} rows at once, expected 5, and the others in a list that opens`);
  const worst = await text(frame, "#verdict > ul > li:first-child");
  check(/: 0\.100 ×, must be at least 0\.8 ×$/.test(worst), `${where}: the list does not begin with the row that is farthest beyond its limit: ${worst}`);
  check(await frame.locator("#changes > .change").count() === 4, `${where}: not exactly four regressions are open`);
  check(/^Limits kept: \d+ of \d+$/.test(await text(frame, "#limits h2")), `${where}: the heading of the limits does not count the missed ones`);
}

async function killed(frame, check, where) {
  const verdict = await text(frame, "#verdict");
  check(/^✖ \d+ regressions?; interrupted after \d+ of \d+ rows/.test(verdict), `${where}: the headline is not the regressions, then the interruption: ${verdict}`);
  check(!/lookup_/.test(verdict), `${where}: the verdict names rows that were not run: ${verdict}`);
  const notRun = await frame.locator("#model").evaluate((node) => JSON.parse(node.textContent).rows.filter((row) => row.verdict === "notRun"));
  check(notRun.length > 50 && notRun.every((row) => row.value === null && row.base === null), `${where}: a row that was not run has a value`);
}

async function filtered(frame, check, where) {
  check(/\d+ rows are of an earlier run/.test(await text(frame, "#verdict")), `${where}: no count of the rows of an earlier run`);
  const rows = await frame.locator("#model").evaluate((node) => JSON.parse(node.textContent).rows);
  const wrong = rows.filter((row) => (row.measuredEarlier === null) !== /^lookup/.test(row.metric));
  check(wrong.length === 0, `${where}: ${wrong.length} rows are of the wrong run, such as ${wrong[0]?.key}`);
  check(/^✔ No regression in the 10 rows of this run/.test(await text(frame, "#verdict")), `${where}: the headline does not say how many rows were measured`);
  check((await frame.locator(".card .earlier").count()) > 0, `${where}: no card is marked as of an earlier run`);
}

async function history(frame, check, where) {
  const trends = await allText(frame, "#trends .chart:first-child");
  const commits = await frame.locator("#trends .chart:first-child").first().locator("tbody td:nth-child(2)").evaluateAll((nodes) => nodes.map((node) => node.textContent));
  check(commits.length >= 10 && commits.every((commit) => /^[0-9a-f]{9}$/.test(commit)), `${where}: a trend does not name the commits of its runs: ${commits}`);
  check(/Inconclusive/.test(trends) && /change point/.test(trends) && /Regressed/.test(trends), `${where}: a trend lacks a mark: ${trends.slice(0, 600)}`);
}

async function first(frame, check, where) {
  check(/first run in the history/.test(await allText(frame, "#trends")), `${where}: the page does not say that a trend needs two runs`);
}

async function green(frame, check, where) {
  check(/^✔ No regression/.test(await text(frame, "#verdict")), `${where}: the headline is not "No regression"`);
  check(/^Limits kept: \d+$/.test(await text(frame, "#limits h2")), `${where}: the heading of the limits is not a number`);
  const pixels = await frame.locator("#parts table").first().locator(".share").evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width / parseFloat(bar.nextSibling.data)));
  check(Math.max(...pixels) < 1.1 * Math.min(...pixels), `${where}: the bars of an operation's parts are not in proportion to their shares: ${pixels}`);
}

export const SITUATION_CHECKS = { one, many, killed, filtered, history, first, green };

/** Checks what each situation shows: five cards, and one source of ratios. */
export async function checkAlways(frame, check, where, isComplete) {
  check(!isComplete || await frame.locator(".card").count() === 5, `${where}: not five cards`);
  if (await frame.locator(".card").count() === 0) {
    return;
  }

  const card = (await frame.locator(".card").allInnerTexts()).find((one) => /Allocating a block\b/.test(one) && !/freeing/.test(one))?.replaceAll("\u00a0", " ");
  const named = (await labels(frame)).find((label) => label.startsWith("Allocating one block of 1 MiB."))?.replaceAll("\u00a0", " ");
  const factor = card?.match(/[\d,.]+ ×/)[0];
  check(!card || !named || /Regressed/.test(card) || named.includes(`${factor} faster`), `${where}: the card says ${factor}, and the comparison says: ${named}`);
}
