// Packs the data of Allure's single-file report. Allure inlines all data as one script of JavaScript strings, which a browser parses
// before it shows anything. Packed, the data are compressed texts that no parser reads; a file is unpacked when the report asks for it.
import { gzipSync } from "node:zlib";

/** Size from which a chunk gets no further file, in bytes of data. Small files share a chunk, because they compress better together. */
const CHUNK_BYTES = 128 * 1024;

const ENTRY = /d\("((?:[^"\\]|\\.)*)","([^"]*)"\)/g;
const SCRIPT = /<script defer>\s*Promise\.allSettled\(\[([^]*?)\]\)\s*\.then\(function\(\)\{\s*window\.allureReportDataReady = true;\s*\}\)\s*<\/script>/;

/** Returns the files in the order in which chunks hold them: what the report opens with first, and files of one kind together. */
const kindOf = ([name]) => (name.startsWith("data/attachments/") ? 2 : name.startsWith("data/test-results/") ? 1 : 0);

function chunksOf(files) {
  const chunks = [];
  let size = CHUNK_BYTES;
  let kind;
  for (const file of files.toSorted((one, other) => kindOf(one) - kindOf(other))) {
    if (size >= CHUNK_BYTES || kind !== kindOf(file)) {
      chunks.push([]);
      size = 0;
      kind = kindOf(file);
    }

    chunks.at(-1).push(file);
    size += file[1].length;
  }

  return chunks;
}

/**
 * Script that gives Allure's code its data. Allure looks a file up by name, makes a data URL of what it finds, and fetches that URL. Here
 * it finds the name itself, and `fetch` answers such a URL with the unpacked file.
 */
const LOADER = `<script>
  (() => {
    const unpacked = new Map();
    const chunkOf = new Map(JSON.parse(document.getElementById("allure-index").textContent).flatMap((names, chunk) => names.map((name) => [name, chunk])));
    const unpack = async (chunk) => {
      const bytes = Uint8Array.from(atob(document.getElementById("allure-chunk-" + chunk).textContent), (one) => one.charCodeAt(0));
      return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
    };
    const bytesOf = (base64) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    window.allureReportData = new Proxy({}, {
      has: (_, name) => chunkOf.has(name),
      get: (_, name) => (chunkOf.has(name) ? "packed:" + name : undefined),
    });
    const fetchOther = window.fetch;
    window.fetch = async (url, options) => {
      const [, type, name] = /^data:([^,]*);base64,packed:(.*)$/.exec(String(url)) ?? [];
      if (!chunkOf.has(name)) {
        return fetchOther(url, options);
      }

      const chunk = chunkOf.get(name);
      if (!unpacked.has(chunk)) {
        unpacked.set(chunk, unpack(chunk));
      }

      const file = (await unpacked.get(chunk))[name];
      return new Response(file.text ?? bytesOf(file.base64), { headers: { "content-type": type } });
    };
    window.allureReportDataReady = true;
  })();
</script>`;

const inline = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");

/** Returns a file as text, which compresses better than base64; as base64 if its bytes are no text. */
function contentOf(base64) {
  const bytes = Buffer.from(base64, "base64");
  const text = bytes.toString("utf8");
  return Buffer.from(text, "utf8").equals(bytes) ? { text } : { base64 };
}

/** Returns a text as compressed base64, which `unpack` in the page reads. */
export const compressed = (text) => gzipSync(text, { level: 9 }).toString("base64");

/** Returns the report with its script packed. A browser would run an unpacked script, which takes a second or more, before it shows anything. */
export function packScript(html) {
  const script = /<script[^>]*\ssrc="data:text\/javascript;base64,([^"]+)"><\/script>/;
  if (!script.test(html)) {
    throw new Error("Cannot pack the report: Allure's page has no inlined script. Its version may differ from the one in package.json; run npm ci and build again.");
  }

  return html.replace(script, (_, base64) =>
    `<script type="text/plain" id="allure-script">${compressed(Buffer.from(base64, "base64").toString("utf8"))}</script>`);
}

/** Returns the report with packed data. */
export function packData(html) {
  const script = SCRIPT.exec(html);
  const files = [...(script?.[1] ?? "").matchAll(ENTRY)].map(([, name, value]) => [JSON.parse(`"${name}"`), value]);
  if (files.length === 0) {
    throw new Error("Cannot pack the report: Allure's page has no inlined data. Its version may differ from the one in package.json; run npm ci and build again.");
  }

  const chunks = chunksOf(files);
  const index = `<script type="application/json" id="allure-index">${inline(chunks.map((chunk) => chunk.map(([name]) => name)))}</script>`;
  const texts = chunks.map((chunk, number) =>
    `<script type="text/plain" id="allure-chunk-${number}">${compressed(JSON.stringify(Object.fromEntries(chunk.map(([name, value]) => [name, contentOf(value)]))))}</script>`);
  return html.slice(0, script.index) + [index, ...texts, LOADER].join("\n") + html.slice(script.index + script[0].length);
}
