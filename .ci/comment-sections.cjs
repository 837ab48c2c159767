// Text of a comment with one section for each machine class. Hidden markers enclose each section.
'use strict';

const marker = '<!-- perf-suite -->';
const anyMarker = /<!-- perf-suite[^>]*-->/g;
const cutNote = '_Cut here: the report is longer than a comment may be._';
const endMarker = '<!-- perf-suite end -->';
const beginMarker = ({ machine, run }) => `<!-- perf-suite machine=${machine} run=${run} -->`;
const section = /<!-- perf-suite machine=([A-Za-z0-9_.-]+) run=(\d+) -->\n([\s\S]*?)<!-- perf-suite end -->/g;

/**
 * Returns the section of a machine class. Markers within its report are removed, so that a report cannot imitate a section.
 * @param run number by which runs are ordered; it must not begin at 1 again if a job or a workflow is created again
 */
function sectionOf(machine, run, title, report) {
  const text = report.replaceAll('\r\n', '\n').replaceAll('\0', '').replace(anyMarker, '').trim();
  return { machine, run, text: `${title}\n\n${text}\n` };
}

/** Returns the sections of a comment. */
const sectionsOf = (body) => [...body.matchAll(section)].map(([, machine, run, text]) => ({ machine, run: Number(run), text }));

/** Returns the sections with one of them replaced or added. A section of a later run stays. */
function withSection(sections, added) {
  const present = sections.find(({ machine }) => machine === added.machine);
  const kept = present && present.run > added.run ? present : added;
  return [...sections.filter(({ machine }) => machine !== added.machine), kept].sort((a, b) => (a.machine < b.machine ? -1 : 1));
}

/** Shortens a text: cuts it at the end of a line, closes a fold that the cut left open, and adds a note. */
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

/** Returns the comment, with a notice above its sections. If it is longer than `limit`, the longest sections are cut to equal lengths. */
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
