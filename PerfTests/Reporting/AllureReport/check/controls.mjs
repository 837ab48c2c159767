// Operates the table of all rows: search, order and the verdicts to show.

const cells = (frame, column) => frame.locator(`#verdicts tbody tr:not(.group) > :nth-child(${column})`).evaluateAll((nodes) => nodes.map((node) => node.textContent));

/** Checks the controls. They are left so that all rows are shown. */
export async function checkControls(frame, check, where) {
  const passed = frame.locator("#verdicts .chip[data-verdict=passed]");
  if (await passed.count() === 0) {
    return;
  }

  const before = await frame.locator("#verdicts tbody tr:not(.group)").count();
  check(await passed.getAttribute("aria-pressed") === "false", `${where}: rows that passed are shown at first`);
  await passed.click();
  const all = await frame.locator("#verdicts tbody tr:not(.group)").count();
  check(all > before, `${where}: the chip of the passed rows shows none`);
  check(await frame.locator("#verdicts tr.group").count() > 0, `${where}: no row is grouped by operation`);

  const name = (await cells(frame, 1)).at(-1).split(",")[0].slice(0, 30);
  await frame.locator("#row-search").fill("zzz no such row");
  check(await frame.locator("#verdicts tbody tr").count() === 0, `${where}: a search for nothing finds rows`);
  await frame.locator("#row-search").fill(name);
  check(await frame.locator("#verdicts tbody tr").count() > 0, `${where}: a search for "${name}" finds no row`);
  await frame.locator("#row-search").fill("");

  await frame.locator("#row-order").selectOption("worst");
  const changes = (await cells(frame, 4)).filter((text) => /%/.test(text)).map((text) => {
    const size = Number(text.match(/[\d,.]+/)[0].replaceAll(",", ""));
    return /better/.test(text) ? -size : size;
  });
  check(changes.every((value, index) => index === 0 || value <= changes[index - 1]), `${where}: the rows are not sorted by change: ${changes.slice(0, 8)}`);
  check((await cells(frame, 4)).every((text) => text === "–" || /(worse|better|unchanged)$/.test(text)), `${where}: a change does not say in words whether it is worse`);
  await frame.locator("#row-order").selectOption("operation");
}
