// Finds the tags, styles and scripts of a page that would load something from another machine.

const LOADS = [
  [/<(?:script|img|iframe|audio|video|source|embed|track|input)\b[^>]*\bsrc(?:set)?\s*=\s*["']?\s*(?:https?:)?\/\/[^"'\s>]+/gi, "element"],
  [/<link\b[^>]*\bhref\s*=\s*["']?\s*(?:https?:)?\/\/[^"'\s>]+/gi, "link"],
  [/<object\b[^>]*\bdata\s*=\s*["']?\s*(?:https?:)?\/\/[^"'\s>]+/gi, "object"],
  [/(?:@import\s+|url\(\s*)["']?\s*(?:https?:)?\/\/[^"')\s]+/gi, "style"],
  [/\b(?:fetch|import|importScripts|sendBeacon|WebSocket|EventSource)\(\s*["'`](?:https?|wss?):\/\/[^"'`]+/g, "script"],
  [/googletagmanager|google-analytics|\bgtag\(/gi, "analytics"],
];

/** Returns the decoded texts of the scripts and styles in data URLs. */
const inlined = (html) => [...html.matchAll(/(?:src|href)="data:text\/(?:javascript|css);base64,([^"]+)"/g)]
  .map((match) => Buffer.from(match[1], "base64").toString("utf8"));

/** Removes JSON data, which never runs, and data URLs, which `inlined` decodes. */
const withoutData = (html) => html
  .replace(/<script type="application\/json"[^>]*>[^]*?<\/script>/g, "")
  .replace(/="data:text\/(?:javascript|css);base64,[^"]+"/g, "");

/** Returns one line for each part of the page that would load something. */
export function remoteLoads(name, html) {
  return [withoutData(html), ...inlined(html)].flatMap((text) => LOADS.flatMap(([pattern, kind]) =>
    [...text.matchAll(pattern)].map((match) => `${name}: ${kind}: ${match[0].slice(0, 160)}`)));
}
