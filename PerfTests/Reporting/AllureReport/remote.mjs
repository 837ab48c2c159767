// Finds what a page would load from another machine: tags, styles and scripts that name an http(s) address.

const LOADS = [
  [/<(?:script|img|iframe|audio|video|source|embed|track|input)\b[^>]*\bsrc(?:set)?\s*=\s*["']?\s*(?:https?:)?\/\/[^"'\s>]+/gi, "element"],
  [/<link\b[^>]*\bhref\s*=\s*["']?\s*(?:https?:)?\/\/[^"'\s>]+/gi, "link"],
  [/<object\b[^>]*\bdata\s*=\s*["']?\s*(?:https?:)?\/\/[^"'\s>]+/gi, "object"],
  [/(?:@import\s+|url\(\s*)["']?\s*(?:https?:)?\/\/[^"')\s]+/gi, "style"],
  [/\b(?:fetch|import|importScripts|sendBeacon|WebSocket|EventSource)\(\s*["'`](?:https?|wss?):\/\/[^"'`]+/g, "script"],
  [/googletagmanager|google-analytics|\bgtag\(/gi, "analytics"],
];

/** Scripts and styles in data URLs are read as well; test data is data and never runs. */
const inlined = (html) => [...html.matchAll(/(?:src|href)="data:text\/(?:javascript|css);base64,([^"]+)"/g)]
  .map((match) => Buffer.from(match[1], "base64").toString("utf8"));

/** Test data in the page is encoded or inert, and is not searched. */
const withoutData = (html) => html
  .replace(/<script type="application\/json"[^>]*>[^]*?<\/script>/g, "")
  .replace(/="data:text\/(?:javascript|css);base64,[^"]+"/g, "");

/** Returns one line for each item that would be loaded. */
export function remoteLoads(name, html) {
  return [withoutData(html), ...inlined(html)].flatMap((text) => LOADS.flatMap(([pattern, kind]) =>
    [...text.matchAll(pattern)].map((match) => `${name}: ${kind}: ${match[0].slice(0, 160)}`)));
}
