// An Allure 3 plugin that adds one page: the performance overview.
import { readResults } from "./rows.mjs";
import { historyOf, readChangePoints, readHistory } from "./history.mjs";
import { buildModel } from "./model.mjs";
import { renderPage } from "./page.mjs";

export default class OverviewPlugin {
  constructor(options = {}) {
    this.options = options;
  }

  /** Called by Allure once all results are read. */
  async done(context, store) {
    const found = await readResults(store, this.options.resultsFile);
    for (const notice of found.notices) {
      console.log(`overview: ${notice}`);
    }

    const history = await readHistory(store, context.reportUuid, found.entries);
    const changePoints = await readChangePoints(this.options.resultsFile ?? "", found.metadata.machine_class);
    const model = buildModel({ ...found, history, changePoints, name: context.reportName });
    await context.reportFiles.addFile("overview.html", Buffer.from(await renderPage(model), "utf8"));
    await context.reportFiles.addFile("history.json", Buffer.from(JSON.stringify(historyOf(model)), "utf8"));
  }
}
