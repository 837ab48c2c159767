// Opens pages in a headless browser without network access. Each attempted request, console error and dialog is a problem.
import { recordDrawnTexts } from "./texts.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"];
const isLocal = (url) => /^(file|data|blob|about):/.test(url);

/** Starts the browser. Its pages add their problems to `problems`. */
export async function openBrowser(problems) {
  const { chromium } = await import("playwright-core").catch(() => {
    throw new Error("Cannot open a browser: playwright-core is not installed. Run PerfTests/Reporting/AllureReport/build, which installs it.");
  });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
  return {
    async open(url, options = {}, prepare = async () => {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      await context.route((address) => !isLocal(address.href), (route) => route.abort());
      const page = await context.newPage();
      page.on("request", (request) => !isLocal(request.url()) && problems.push(`a request left the machine: ${request.url().slice(0, 200)}`));
      page.on("websocket", (socket) => problems.push(`a socket was opened: ${socket.url()}`));
      page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text().slice(0, 300)}`));
      page.on("pageerror", (error) => problems.push(`script error: ${error.message}`));
      page.on("dialog", (dialog) => {
        problems.push(`a dialog opened: ${dialog.message()}`);
        return dialog.dismiss();
      });
      await recordDrawnTexts(page);
      await prepare(page);
      await page.goto(url);
      return page;
    },
    close: () => browser.close(),
  };
}
