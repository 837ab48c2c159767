// One attempt to write sections into a comment. The scripts of GitLab and GitHub share it.
'use strict';
const { Retryable, sleep } = require('./comment-retry.cjs');
const { bodyOf, sectionsOf, withSection } = require('./comment-sections.cjs');

const hasSection = (comment, { machine, run }) => sectionsOf(comment.body).some((one) => one.machine === machine && one.run >= run);

/**
 * Reads the comment, writes it, pauses, and reads it again. It reads first, because an earlier attempt whose answer was lost may have
 * written the comment. It reads again, because the job of another machine class may have replaced the comment at the same time.
 * @param comments functions of the system: find(), create(body), update(comment, body) and remove(comment). A comment has an id and a
 *   body. update returns the comment, a new one if the old one may not be changed, or null if the old one does not exist any more
 * @param sections sections of this run
 * @param options limit of the comment's length, notice above the sections, pause in milliseconds
 */
async function writeSections(comments, sections, { limit, notice, pause }) {
  const old = await comments.find();
  const body = bodyOf(sections.reduce(withSection, sectionsOf(old?.body ?? '')), limit, notice);
  if (old?.body === body) {
    return 'already there';
  }

  const written = old ? await comments.update(old, body) : await comments.create(body);
  if (!written) {
    throw new Retryable('the comment was deleted meanwhile', 0);
  }

  await sleep(pause);
  const found = await comments.find();
  if (found && found.id !== written.id && written.id !== old?.id) {
    await comments.remove(written); // another job has also created a comment
  }

  if (!found || !sections.every((one) => hasSection(found, one))) {
    throw new Retryable('another job wrote the comment at the same time');
  }

  return written.outcome ?? (old ? 'updated' : 'written');
}

module.exports = { writeSections };
