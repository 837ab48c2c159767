#!/usr/bin/env node
// Takes the pictures of the README: the upper part of an overview, and the changes of the fixture's run with a regression.
// Usage: node picture.mjs OVERVIEW.html PICTURE.png
//        node picture.mjs --regression PICTURE.png
// CHROMIUM names the browser; default /usr/bin/chromium.
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openBrowser } from "./check/browser.mjs";
import { buildFixture } from "./check/fixture.mjs";

// Three quarters of the size on the screen keep the files below 200 KB.
const OPTIONS = { colorScheme: "light", viewport: { width: 1120, height: 1400 }, deviceScaleFactor: 0.75 };

const [source, picture] = process.argv.slice(2);
if (!picture) {
  console.error("usage: node picture.mjs OVERVIEW.html PICTURE.png | --regression PICTURE.png");
  process.exit(2);
}

const isRegression = source === "--regression";
const fixture = isRegression ? buildFixture("one") : undefined;
const problems = [];
const browser = await openBrowser(problems);
try {
  const page = await browser.open(pathToFileURL(fixture ? join(fixture.report, "overview.html") : resolve(source)).href, OPTIONS);
  await page.waitForSelector("[data-drawn] #verdict");
  if (isRegression) {
    await page.evaluate(() => document.querySelector("#changes").scrollIntoView());
    await page.locator("#changes > .change").first().screenshot({ path: picture });
  } else {
    await page.screenshot({ path: picture });
  }
} finally {
  await browser.close();
  if (fixture) {
    rmSync(fixture.folder, { recursive: true, force: true });
  }
}

if (problems.length > 0) {
  console.error(`The page has problems:\n${problems.join("\n")}`);
  process.exit(1);
}
