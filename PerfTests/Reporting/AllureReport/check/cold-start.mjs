#!/usr/bin/env node
// Measures how long a reader waits for a report in a browser that has just been started, with an empty profile and without a debugger.
// Usage: node check/cold-start.mjs REPORT_FOLDER [STARTS]
// CHROMIUM names the browser; default /usr/bin/chromium.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const TIMEOUT_MILLISECONDS = 120_000;
const MARK = "shown after ";

/**
 * Script that puts the times from the navigation to the overview and to the tests into the title, which the browser lists without attaching
 * to the page. A time is taken when the next frame has been drawn.
 */
const CLOCK = `<script>
  (() => {
    const times = [];
    const isShown = [
      () => document.getElementById("perf-page")?.contentDocument?.querySelector("#verdict .headline"),
      () => document.querySelector("[data-testid=metadata-item-total]"),
    ];
    const look = () => {
      if (isShown[times.length]()) {
        setTimeout(() => {
          times.push(performance.now());
          if (times.length === isShown.length) {
            document.title = "${MARK}" + times.join(" ");
          } else {
            requestAnimationFrame(look);
          }
        });
      } else {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);
  })();
</script>`;

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** Waits until the title of a page holds the times, and returns them in seconds. */
async function secondsInTitle(profile) {
  const portFile = join(profile, "DevToolsActivePort");
  for (const end = Date.now() + TIMEOUT_MILLISECONDS; Date.now() < end; await pause(100)) {
    if (!existsSync(portFile)) {
      continue;
    }

    const [port] = readFileSync(portFile, "utf8").split("\n");
    const pages = await fetch(`http://127.0.0.1:${port}/json/list`).then((answer) => answer.json()).catch(() => []);
    const shown = pages.find(({ title }) => title.startsWith(MARK));
    if (shown) {
      return shown.title.slice(MARK.length).split(" ").map((milliseconds) => Number(milliseconds) / 1000);
    }
  }

  throw new Error(`Cannot measure the report: it did not show its overview and the number of tests within ${TIMEOUT_MILLISECONDS / 1000} s.`);
}

/** Removes the profile. Processes of the browser that are still ending may write to it. */
async function removeFolder(folder) {
  for (let attempts = 20; ; attempts--) {
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (attempts === 0) {
        throw error;
      }

      await pause(250);
    }
  }
}

async function coldStart(url) {
  const profile = mkdtempSync(join(tmpdir(), "cold-start-"));
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0", `--user-data-dir=${profile}`];
  const browser = spawn(process.env.CHROMIUM || "/usr/bin/chromium", [...flags, url], { stdio: "ignore", detached: true });
  const ended = new Promise((resolve) => { browser.on("exit", resolve); });
  try {
    return await secondsInTitle(profile);
  } finally {
    process.kill(-browser.pid);
    await ended;
    await removeFolder(profile);
  }
}

const [report, starts = "5"] = process.argv.slice(2);
if (!report) {
  console.error("usage: node check/cold-start.mjs REPORT_FOLDER [STARTS]");
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "cold-start-report-"));
try {
  cpSync(report, folder, { recursive: true });
  const page = join(folder, "index.html");
  writeFileSync(page, readFileSync(page, "utf8").replace("<head>", () => `<head>${CLOCK}`));
  const seconds = [];
  for (let start = 0; start < Number(starts); start++) {
    seconds.push(await coldStart(pathToFileURL(page).href));
  }

  for (const [index, what] of ["the overview", "the tests"].entries()) {
    const ofOne = seconds.map((times) => times[index]);
    const sorted = ofOne.toSorted((one, other) => one - other);
    console.log(`${what}: ${ofOne.map((one) => one.toFixed(2)).join(", ")} s; median ${sorted[Math.floor(sorted.length / 2)].toFixed(2)} s`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
