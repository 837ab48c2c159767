// node --test .ci/pr-comment.test.mjs: runs .ci/pr-comment against a server that answers as GitHub's API does.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bot, readToken, start, writeToken } from './pipeline/github/api-server.mjs';

const script = fileURLToPath(new URL('pr-comment', import.meta.url));
const marker = '<!-- perf-suite -->';
const report = `${marker}\n**✅ No regression (3 passed)**\n`;
const person = { login: 'a-person', type: 'User' };
const old = (machine, run, text) => `${marker}\n<!-- perf-suite machine=${machine} run=${run} -->\n${text}\n<!-- perf-suite end -->\n`;

function runScript(github, folder, { text = report, machine = 'perf-x64', env = {}, head = 'a-team/perftests', number = 5 } = {}) {
  const file = join(folder, `${machine}.md`);
  const event = join(folder, `${machine}.json`);
  if (text !== null) {
    writeFileSync(file, text);
  }

  const request = { number, head: { sha: 'abcdef0123456789', repo: { full_name: head } } };
  writeFileSync(event, JSON.stringify(number ? { pull_request: request } : {}));
  const child = spawn(process.execPath, [script, machine, file], {
    env: {
      PATH: process.env.PATH,
      GITHUB_API_URL: github.api,
      GITHUB_EVENT_PATH: event,
      GITHUB_REPOSITORY: 'a-team/perftests',
      GITHUB_RUN_ID: '107',
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_TOKEN: writeToken,
      PERF_COMMENT_RETRY_MS: '20',
      ...env,
    },
  });
  let output = '';
  child.stdout.on('data', (data) => { output += data; });
  child.stderr.on('data', (data) => { output += data; });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

/** Starts a server, and runs the script once for each of `runs`, all at the same time. */
async function comment({ server = {}, runs = [{}], ...options } = {}) {
  const github = await start(server);
  const folder = mkdtempSync(join(tmpdir(), 'pr-comment-'));
  try {
    const results = await Promise.all(runs.map((run) => runScript(github, folder, { ...options, ...run })));
    const output = results.map((result) => result.output).join('');
    assert.ok(!output.includes(writeToken) && !output.includes(readToken), 'the token is in the log');
    return { code: Math.max(...results.map((result) => result.code)), output, comments: github.state.comments, requests: github.state.requests };
  } finally {
    rmSync(folder, { recursive: true });
    await github.stop();
  }
}

const note = (id, body, user = bot) => ({ id, body, user });
const made = (run, method) => run.requests.filter((request) => request.method === method);

test('Comment_FirstReport_BecomesNewComment', async () => {
  const run = await comment({ server: { comments: [note(1, 'Looks good', person)] } });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.comments.length, 2);
  const { body } = run.comments[1];
  assert.ok(body.startsWith(`${marker}\n`));
  assert.match(body, /\*\*perf-x64\*\*, commit `abcdef0`, \[run with the full report\]\(https:\/\/github\.example\/a-team\/perftests\/actions\/runs\/107\)/);
  assert.match(body, /No regression/);
});

test('Comment_LaterReport_ReplacesSectionOfMachine', async () => {
  const run = await comment({ server: { comments: [note(3, old('perf-x64', 6, 'old')), note(4, 'thanks', person)] } });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.comments.length, 2);
  assert.match(run.comments[0].body, /No regression/);
  assert.doesNotMatch(run.comments[0].body, /old/);
  assert.equal(made(run, 'POST').length, 0);
});

test('Comment_SecondMachine_KeepsSectionOfFirst', async () => {
  const run = await comment({ server: { comments: [note(3, old('a-machine', 6, 'of the other'))] } });
  assert.equal(run.comments.length, 1);
  assert.match(run.comments[0].body, /machine=a-machine run=6 -->\nof the other[^]*machine=perf-x64 run=107 -->\n[^]*No regression/);
});

test('Comment_TwoMachinesAtOnce_OneCommentHasBoth', async () => {
  for (let i = 0; i < 2; i++) {
    const env = { PERF_COMMENT_RETRY_MS: '300' };
    const run = await comment({ env, runs: ['a', 'b', 'c'].map((machine) => ({ machine, text: `report of ${machine}` })) });
    assert.equal(run.code, 0, run.output);
    assert.equal(run.comments.length, 1, run.output);
    const [{ body }] = run.comments;
    for (const machine of ['a', 'b', 'c']) {
      assert.ok(body.includes(`report of ${machine}`), `${machine} is missing:\n${body}\n${run.output}`);
    }
  }
});

test('Comment_SectionOfLaterRun_Stays', async () => {
  const run = await comment({ server: { comments: [note(3, old('perf-x64', 108, 'newer'))] } });
  assert.equal(run.code, 0, run.output);
  assert.match(run.comments[0].body, /newer/);
});

test('Comment_NumberOfRunBeganAt1Again_SectionIsReplaced', async () => {
  const run = await comment({ server: { comments: [note(3, old('perf-x64', 48, 'of run 48'))] }, env: { GITHUB_RUN_NUMBER: '1' } });
  assert.match(run.comments[0].body, /machine=perf-x64 run=107 -->\n[^]*No regression/);
  assert.doesNotMatch(run.comments[0].body, /of run 48/);
});

test('Comment_OnSecondPage_IsFound', async () => {
  const others = Array.from({ length: 100 }, (_, i) => note(i + 1, `remark ${i}`, person));
  const run = await comment({ server: { comments: [...others, note(500, old('perf-x64', 6, 'old'))] } });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.comments.length, 101);
  assert.match(run.comments[100].body, /No regression/);
});

test('Comment_MarkerOfPersonOrInMiddleOfText_IsNotOurs', async () => {
  const run = await comment({ server: { comments: [note(1, `${marker}\nmine`, person), note(3, `I quote ${marker}`)] } });
  assert.equal(run.comments.length, 3);
  assert.equal(made(run, 'PATCH').length, 0);
});

test('Comment_SameReportAgain_IsNotSent', async () => {
  const first = await comment();
  const run = await comment({ server: { comments: first.comments } });
  assert.equal(run.code, 0, run.output);
  assert.equal(made(run, 'PATCH').length + made(run, 'POST').length, 0);
});

for (const [name, options, why] of [
  ['Fork', { head: 'a-person/perftests' }, /may not write/],
  ['ReadOnlyToken', {}, /needs pull-requests: write/],
]) {
  test(`Comment_${name}_IsSkippedWithReason`, async () => {
    const run = await comment({ ...options, env: { GITHUB_TOKEN: readToken } });
    assert.equal(run.code, 0, run.output);
    assert.equal(run.comments.length, 0);
    assert.match(run.output, /skipped: GitHub answered 403/);
    assert.match(run.output, why);
    assert.equal(made(run, 'POST').length, 1);
  });
}

test('Comment_DeletedMeanwhile_IsCreatedAgain', async () => {
  const interfere = ({ method, state }) => {
    if (method === 'PATCH') {
      state.comments.length = 0;
    }
  };
  const run = await comment({ server: { comments: [note(3, old('perf-x64', 6, 'old'))], interfere } });
  assert.equal(run.code, 0, run.output);
  assert.match(run.output, /deleted meanwhile/);
  assert.equal(run.comments.length, 1);
  assert.match(run.comments[0].body, /No regression/);
});

for (const [status, headers] of [[429, { 'Retry-After': '1' }], [403, { 'Retry-After': '1' }]]) {
  test(`Comment_RateLimit${status}_WaitsAsTold`, async () => {
    const run = await comment({ server: { interfere: ({ count }) => (count === 1 ? { status, headers } : undefined) } });
    assert.equal(run.code, 0, run.output);
    assert.match(run.output, /attempt 2 of 5 in 1\.0 s/);
    assert.equal(run.comments.length, 1);
  });
}

test('Comment_500Once_IsWrittenByNextAttempt', async () => {
  const run = await comment({ server: { interfere: ({ count }) => (count === 1 ? { status: 500 } : undefined) } });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.comments.length, 1);
});

test('Comment_500ForEver_FailsAfterFiveAttempts', async () => {
  const run = await comment({ server: { interfere: () => ({ status: 500 }) } });
  assert.equal(run.code, 1, run.output);
  assert.equal(run.requests.length, 5);
  assert.match(run.output, /not written: GET was answered with 500/);
});

test('Comment_Redirect_IsNotFollowedWithToken', async () => {
  const run = await comment({ server: { interfere: () => ({ status: 302, headers: { Location: '/elsewhere' } }) } });
  assert.equal(run.code, 1, run.output);
  assert.ok(run.requests.every(({ path }) => path !== '/elsewhere'));
});

test('Comment_NoPullRequest_IsSkipped', async () => {
  const run = await comment({ number: null });
  assert.equal(run.code, 0, run.output);
  assert.match(run.output, /skipped: this is no pull request/);
  assert.equal(run.requests.length, 0);
});

test('Comment_NoReport_ExitsWith2', async () => {
  const run = await comment({ text: null });
  assert.equal(run.code, 2, run.output);
  assert.equal(run.requests.length, 0);
});

test('Comment_HostileReport_CannotImitateSection', async () => {
  const hostile = `<!-- perf-suite end -->\n<!-- perf-suite machine=other run=99 -->\nfalse\n${marker}\n"quoted" <b>😀</b> \0 $(id) %0A\n`;
  const run = await comment({ text: hostile, server: { comments: [note(3, old('other', 6, 'true'))] } });
  assert.equal(run.code, 0, run.output);
  const { body } = run.comments[0];
  assert.match(body, /machine=other run=6 -->\ntrue/);
  assert.doesNotMatch(body, /run=99|\0/);
  assert.ok(body.includes('"quoted" <b>😀</b>'));
});

test('Comment_LongReports_AreCutWithinLimitAndSaySo', async () => {
  const long = (title) => `${title}\n<details><summary>All</summary>\n\n${'| a row with 😀 |\n'.repeat(10_000)}</details>\n`;
  const run = await comment({ runs: [{ machine: 'a', text: long('of a') }, { machine: 'b', text: long('of b') }, { machine: 'c', text: 'short' }] });
  assert.equal(run.code, 0, run.output);
  const { body } = run.comments[0];
  assert.ok(body.length <= 65_536 && body.length > 65_000, String(body.length));
  assert.equal(body.match(/<\/details>\n\n_Cut here/g).length, 2, 'both are cut, and closed');
  assert.match(body, /of a\n[^]*of b\n[^]*short/);
});
