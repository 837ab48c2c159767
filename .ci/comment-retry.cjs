// Functions that the comment scripts of GitLab and GitHub share: printing messages, and trying again.
'use strict';

const attempts = 5;
const longestPause = 60_000;

/** Fault after which another attempt may succeed; `pause` is the time in milliseconds that the server asks for. */
class Retryable extends Error {
  constructor(message, pause) {
    super(message);
    this.pause = pause === undefined ? undefined : Math.min(Math.max(pause, 0), longestPause);
  }
}

const say = (text) => console.log(`comment: ${text}`);
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Runs `write` until it succeeds, at most five times. Pauses are partly random, so that two jobs do not write at the same time again. */
async function withPatience(firstPause, write) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof Retryable) || attempt === attempts) {
        throw error;
      }

      const pause = error.pause ?? Math.min(firstPause * 2 ** (attempt - 1) * (0.5 + Math.random()), longestPause);
      say(`${error.message}; attempt ${attempt + 1} of ${attempts} in ${(pause / 1000).toFixed(1)} s`);
      await sleep(pause);
    }
  }
}

module.exports = { Retryable, say, sleep, withPatience };
