// Writes the page as one HTML file that contains its data, styles and bundled scripts, and loads nothing from elsewhere.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const page = (name) => fileURLToPath(new URL(`../page/${name}`, import.meta.url));

const escapeHtml = (text) =>
  text.replaceAll(/[&<>"']/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[one]);

/** Returns JSON that is safe inside a script element, whatever text it contains. */
const inlineJson = (value) => JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

async function bundle() {
  const result = await build({
    entryPoints: [page("main.js")], bundle: true, minify: true, write: false, format: "iife", target: "es2022",
    legalComments: "inline", logLevel: "error",
  });
  return result.outputFiles[0].text.replaceAll(/<\/(script)/gi, "<\\/$1");
}

/** Returns the HTML of the page for the given data. */
export async function renderPage(model) {
  const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Performance overview: ${escapeHtml(model.name)}</title>
<link rel="icon" href="data:,">
<style>${await readFile(page("style.css"), "utf8")}</style>
</head>
<body>
<noscript>This page needs JavaScript to draw its charts, and JavaScript is switched off.</noscript>
<div id="page"></div>
<script type="application/json" id="model">${inlineJson(model)}</script>
<script>${await bundle()}</script>
</body>
</html>
`;
}
