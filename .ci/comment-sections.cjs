// The text of a comment that all machine classes share: one section for each machine class, between hidden markers.
'use strict';

const marker = '<!-- perf-suite -->';
const anyMarker = /<!-- perf-suite[^>]*-->/g;
const cutNote = '_Cut here: the report is longer than a comment may be._';
const endMarker = '<!-- perf-suite end -->';
const beginMarker = ({ machine, run }) => `<!-- perf-suite machine=${machine} run=${run} -->`;
const section = /<!-- perf-suite machine=([A-Za-z0-9_.-]+) run=(\d+) -->\n([\s\S]*?)<!-- perf-suite end -->/g;

/**
 * Section of a machine class from its report. Markers within the report are removed, so that a report cannot imitate a section.
 * @param run number of the run; a later run has a larger number, also if its job or its workflow was created again
 */
function sectionOf(machine, run, title, report) {
  const text = report.replaceAll('\r\n', '\n').replaceAll('\0', '').replace(anyMarker, '').trim();
  return { machine, run, text: `${title}\n\n${text}\n` };
}

/** Sections of a comment. */
const sectionsOf = (body) => [...body.matchAll(section)].map(([, machine, run, text]) => ({ machine, run: Number(run), text }));

/** Returns the sections with one of them replaced or added. A section of a later run stays. */
function withSection(sections, added) {
  const present = sections.find(({ machine }) => machine === added.machine);
  const kept = present && present.run > added.run ? present : added;
  return [...sections.filter(({ machine }) => machine !== added.machine), kept].sort((a, b) => (a.machine < b.machine ? -1 : 1));
}

/** Cuts a text at the end of a line, closes the fold that the cut left open, and says so. */
function cut(text, length) {
  if (text.length <= length) {
    return text;
  }

  const room = length - cutNote.length - '\n\n</details>\n\n\n'.length;
  const kept = text.replace(cutNote, '').slice(0, Math.max(room, 0));
  const whole = kept.slice(0, Math.max(kept.lastIndexOf('\n'), 0)).replace(/[\ud800-\udbff]$/, '');
  const isOpen = whole.lastIndexOf('<details>') > whole.lastIndexOf('</details>');
  return `${whole}${isOpen ? '\n\n</details>' : ''}\n\n${cutNote}\n`;
}

/** The whole comment, no longer than `limit`: the longest sections are cut first, to the same length. A notice stands above them. */
function bodyOf(sections, limit, notice) {
  const head = notice ? `${marker}\n${notice}\n\n` : `${marker}\n`;
  const frames = sections.map((one) => beginMarker(one).length + endMarker.length + '\n\n\n'.length);
  let room = limit - head.length - frames.reduce((sum, length) => sum + length, 0);
  const lengths = new Map();
  const shortestFirst = [...sections].sort((a, b) => a.text.length - b.text.length);
  shortestFirst.forEach((one, index) => {
    lengths.set(one, Math.min(one.text.length, Math.floor(room / (shortestFirst.length - index))));
    room -= lengths.get(one);
  });
  return `${head}${sections.map((one) => `${beginMarker(one)}\n${cut(one.text, lengths.get(one))}${endMarker}\n`).join('\n')}`;
}

module.exports = { marker, cut, sectionOf, sectionsOf, withSection, bodyOf };
