// Looks for texts that stand for a missing value, in all that a reader sees: the page, its charts, and what screen readers say.

const PLACEHOLDER = /\b(undefined|NaN|null|Infinity)\b|\[object /;

/** Records the texts that charts draw. Call this before a page is opened. */
export const recordDrawnTexts = (page) => page.addInitScript(() => {
  const fillText = CanvasRenderingContext2D.prototype.fillText;
  window.drawnTexts = new Set();
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.drawnTexts.add(String(text));
    return fillText.call(this, text, ...rest);
  };
});

/** Adds a problem for each kind of text in the page that stands for a missing value. */
export async function checkTexts(frame, check, where) {
  const texts = await frame.evaluate(() => {
    const found = [...(window.drawnTexts ?? [])];
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const { parentElement, data } = nodes.currentNode;
      if (!parentElement.closest("script, style, noscript")) {
        found.push(data);
      }
    }

    for (const name of ["aria-label", "title", "alt", "placeholder", "data-label"]) {
      found.push(...[...document.querySelectorAll(`body [${name}]`)].map((node) => node.getAttribute(name)));
    }

    return found;
  });
  const wrong = [...new Set(texts.filter((text) => PLACEHOLDER.test(text)))];
  check(wrong.length === 0, `${where}: ${wrong.length} texts stand for a missing value, such as: ${wrong[0]?.slice(0, 200)}`);
}
