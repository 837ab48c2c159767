// Prepares the page for printing: opens what the screen shows closed, and draws the charts in the colours and the width of paper.
import { redrawAll } from "./charts.js";
import { setPrinting } from "./palette.js";

/** Details that stay closed: a chart's table repeats the chart, and the trends of rows without a mark fill dozens of pages. */
const LEFT_OUT = "figure.chart details, #trends details.more";

/**
 * Prepares the page before it is printed, and restores it afterwards.
 * @param setRows Called with true before and with false after printing, to show all rows of the table.
 */
export function preparePrints(setRows) {
  let opened = [];
  window.addEventListener("beforeprint", () => {
    // The report around the page sends both events before the browser does.
    if (document.documentElement.classList.contains("printing")) {
      return;
    }

    // The class sets the width of paper at once. The browser itself would set it after the charts have been drawn.
    document.documentElement.classList.add("printing");
    setPrinting(true);
    setRows(true);
    opened = [...document.querySelectorAll("details:not([open])")].filter((one) => !one.matches(LEFT_OUT));
    opened.forEach((one) => { one.open = true; });
    redrawAll();
  });
  window.addEventListener("afterprint", () => {
    if (!document.documentElement.classList.contains("printing")) {
      return;
    }

    document.documentElement.classList.remove("printing");
    setPrinting(false);
    setRows(false);
    opened.forEach((one) => { one.open = false; });
    opened = [];
    redrawAll();
  });
}
