// node --test .ci/mr-comment.test.mjs: runs .ci/mr-comment against a server that answers as GitLab's API of notes does.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bot, start, token } from './pipeline/gitlab/notes-server.mjs';

const script = fileURLToPath(new URL('mr-comment', import.meta.url));
const marker = '<!-- perf-suite -->';
const report = `${marker}\n**✅ No regression (3 passed)**\n`;
const notes = '/api/v4/projects/1/merge_requests/5/notes';
const human = { id: 1, username: 'a.person' };

const sectionOf = (machine, run, text) => `<!-- perf-suite machine=${machine} run=${run} -->\n${text}\n<!-- perf-suite end -->\n`;

async function runScript(gitlab, folder, { text = report, reports = { 'perf-x64': text }, env = {} }) {
  if (reports !== null) {
    mkdirSync(folder);
    Object.entries(reports).forEach(([machine, content]) => writeFileSync(join(folder, `${machine}.md`), content));
  }

  const child = spawn(process.execPath, [script, folder], {
    env: {
      PATH: process.env.PATH,
      CI_API_V4_URL: gitlab.api,
      CI_PROJECT_ID: '1',
      CI_MERGE_REQUEST_IID: '5',
      CI_PIPELINE_CREATED_AT: new Date(7).toISOString(), // its number in a section is 7
      CI_COMMIT_SHORT_SHA: 'abcdef01',
      PERF_COMMENT_TOKEN: token,
      PERF_COMMENT_RETRY_MS: '10',
      ...env,
    },
  });
  let output = '';
  child.stdout.on('data', (data) => { output += data; });
  child.stderr.on('data', (data) => { output += data; });
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.ok(!output.includes(token), 'the token is in the log');
  return { code, output };
}

/**
 * Starts a server, and runs the script once for each of `runs`, all at the same time. `reports` has the report of each machine class;
 * null: the folder of reports does not exist.
 */
async function comment({ server = {}, runs = [{}], ...options } = {}) {
  const gitlab = await start(server);
  const folder = mkdtempSync(join(tmpdir(), 'mr-comment-'));
  try {
    const results = await Promise.all(runs.map((run, index) => runScript(gitlab, join(folder, String(index)), { ...options, ...run })));
    const output = results.map((result) => result.output).join('');
    return { code: Math.max(...results.map((result) => result.code)), output, notes: gitlab.notes, requests: gitlab.requests };
  } finally {
    rmSync(folder, { recursive: true });
    await gitlab.stop();
  }
}

const note = (id, body, author = bot, system = false) => ({ id, body, author, system });
const made = (run, method) => run.requests.filter((request) => request.method === method);

test('Comment_FirstReport_BecomesNewNote', async () => {
  const run = await comment({ server: { notes: [note(1, 'Looks good', human)] }, env: { CI_PIPELINE_URL: 'https://gitlab.example/p/1' } });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.notes.length, 2);
  const title = '**perf-x64**, commit `abcdef01`, [pipeline with the full report](https://gitlab.example/p/1)';
  assert.ok(run.notes[1].body.startsWith(`${marker}\n<!-- perf-suite machine=perf-x64 run=7 -->\n${title}\n\n**✅ No regression`));
  assert.equal(made(run, 'POST')[0].path, notes);
});

test('Comment_LaterReport_ReplacesText', async () => {
  const run = await comment({ server: { notes: [note(3, `${marker}\nold`), note(4, 'thanks', human)] } });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.notes.length, 2);
  assert.ok(run.notes[0].body.includes('No regression'));
  assert.equal(made(run, 'PUT')[0].path, `${notes}/3`);
  assert.equal(made(run, 'POST').length, 0);
});

test('Comment_OnSecondPage_IsFound', async () => {
  const others = Array.from({ length: 100 }, (_, i) => note(i + 1, `remark ${i}`, human));
  const run = await comment({ server: { notes: [...others, note(500, `${marker}\nold`)] } });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.notes.length, 101);
  assert.ok(run.notes[100].body.includes('No regression'));
});

test('Comment_MarkerOfPersonOrInMiddleOfText_IsNotOurs', async () => {
  const run = await comment({
    server: { notes: [note(1, `${marker}\nmine`, human), note(2, `${marker}\nsystem`, bot, true), note(3, `I quote ${marker}`)] },
  });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.notes.length, 4);
  assert.equal(made(run, 'PUT').length, 0);
});

test('Comment_TwoMachines_OneNoteHasBoth', async () => {
  const run = await comment({ reports: { b: 'report of b', a: 'report of a' } });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.notes.length, 1);
  assert.match(run.notes[0].body, /machine=a run=7 -->[^]*report of a[^]*machine=b run=7 -->[^]*report of b/);
  assert.equal(made(run, 'POST').length, 1);
});

test('Comment_PipelineOfOneMachine_KeepsSectionOfOther', async () => {
  const earlier = `${marker}\n${sectionOf('a', 6, 'of the other')}\n${sectionOf('perf-x64', 6, 'old')}`;
  const run = await comment({ server: { notes: [note(3, earlier)] } });
  assert.equal(run.code, 0, run.output);
  assert.match(run.notes[0].body, /machine=a run=6 -->\nof the other[^]*machine=perf-x64 run=7 -->[^]*No regression/);
  assert.doesNotMatch(run.notes[0].body, /old/);
});

test('Comment_SectionOfLaterPipeline_Stays', async () => {
  const run = await comment({ server: { notes: [note(3, `${marker}\n${sectionOf('perf-x64', 8, 'newer')}`)] } });
  assert.equal(run.code, 0, run.output);
  assert.match(run.notes[0].body, /newer/);
  assert.equal(made(run, 'PUT').length, 0);
});

test('Comment_NumberOfPipelineBeganAt1Again_SectionIsReplaced', async () => {
  const earlier = `${marker}\n${sectionOf('perf-x64', 48, 'of build 48')}`;
  const env = { CI_PIPELINE_IID: '1', CI_PIPELINE_CREATED_AT: '2026-11-26T21:00:00Z' };
  const run = await comment({ server: { notes: [note(3, earlier)] }, env });
  assert.match(run.notes[0].body, /machine=perf-x64 run=1795726800000 -->[^]*No regression/);
  assert.doesNotMatch(run.notes[0].body, /of build 48/);
});

test('Comment_TimeOfPipelineIsUnknown_SectionIsReplaced', async () => {
  const earlier = `${marker}\n${sectionOf('perf-x64', Date.now() - 1000, 'old')}`;
  const run = await comment({ server: { notes: [note(3, earlier)] }, env: { CI_PIPELINE_CREATED_AT: '' } });
  assert.match(run.notes[0].body, /No regression/);
});

test('Comment_JobsOfThreeMachineClassesAtOnce_OneNoteHasAll', async () => {
  const names = ['a', 'b', 'c'];
  const env = { PERF_COMMENT_RETRY_MS: '300' };
  for (const notes of [[], [note(3, `${marker}\nold`)]]) {
    const run = await comment({ server: { notes }, env, runs: names.map((name) => ({ reports: { [name]: `report of ${name}` } })) });
    assert.equal(run.code, 0, run.output);
    assert.equal(run.notes.length, 1, run.output);
    assert.ok(names.every((name) => run.notes[0].body.includes(`report of ${name}`)), `${run.notes[0].body}\n${run.output}`);
  }
});

test('Comment_NewReport_SendsFourRequests', async () => {
  const run = await comment({ server: { notes: [note(3, `${marker}\nold`)] } });
  assert.equal(run.requests.length, 4, 'user, notes, write, notes');
});

test('Comment_NoMachineHasResults_SaysSoAndKeepsSections', async () => {
  const earlier = `${marker}\n${sectionOf('perf-x64', 6, 'old')}`;
  const run = await comment({ reports: {}, server: { notes: [note(3, earlier)] }, env: { CI_PIPELINE_URL: 'https://gitlab.example/p/1' } });
  assert.equal(run.code, 0, run.output);
  assert.match(run.notes[0].body, /was not measured in the \[last pipeline\]\(https:\/\/gitlab\.example\/p\/1\)\.[^]*old/);
  const next = await comment({ server: { notes: run.notes } });
  assert.doesNotMatch(next.notes[0].body, /was not measured|old/);
});

test('Comment_SameReportAgain_IsNotSent', async () => {
  const run = await comment({ server: { notes: (await comment()).notes } });
  assert.equal(run.code, 0, run.output);
  assert.equal(made(run, 'PUT').length + made(run, 'POST').length, 0);
});

const earlierBot = { id: 6, username: 'project_1_bot_9f3' };

test('Comment_NoteOfEarlierToken_IsUpdated', async () => {
  const run = await comment({ server: { notes: [note(3, `${marker}\nold`, earlierBot)] } });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.notes.length, 1);
  assert.ok(run.notes[0].body.includes('No regression'));
});

test('Comment_OwnNoteOnLaterPage_IsPreferredToEarlierToken', async () => {
  const others = Array.from({ length: 100 }, (_, i) => note(i + 1, `remark ${i}`, human));
  const run = await comment({ server: { notes: [note(200, `${marker}\nold`, earlierBot), ...others, note(500, `${marker}\nold`)] } });
  assert.equal(made(run, 'PUT')[0].path, `${notes}/500`);
});

test('Comment_TokenOfOtherProject_IsNotOurs', async () => {
  const run = await comment({ server: { notes: [note(3, `${marker}\nold`, { id: 6, username: 'project_12_bot' })] } });
  assert.equal(run.notes.length, 2);
});

test('Comment_EarlierNoteMayNotBeChanged_NewNoteIsWritten', async () => {
  const run = await comment({
    server: { notes: [note(3, `${marker}\nold`, earlierBot)], interfere: ({ method }) => (method === 'PUT' ? { status: 403 } : undefined) },
  });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.notes.length, 2);
  assert.match(run.output, /earlier token stays, because only the role Maintainer/);
});

test('Comment_DeletedMeanwhile_IsWrittenAgain', async () => {
  const listed = [note(3, `${marker}\nold`)];
  const run = await comment({
    server: { notes: listed, interfere: ({ method, state }) => { if (method === 'PUT') { state.notes.length = 0; } } },
  });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.notes.length, 1);
  assert.ok(run.notes[0].body.includes('No regression'));
  assert.match(run.output, /deleted meanwhile; attempt 2 of 5/);
});

for (const status of [401, 403]) {
  test(`Comment_Status${status}_TokenIsRefusedWithoutAnotherAttempt`, async () => {
    const run = await comment({ server: { interfere: () => ({ status }) } });
    assert.equal(run.code, 3, run.output);
    assert.match(run.output, new RegExp(`${status}.*PERF_COMMENT_TOKEN must be a valid access token`));
    assert.equal(run.requests.length, 1);
  });
}

test('Comment_WrongToken_IsRefused', async () => {
  const run = await comment({ env: { PERF_COMMENT_TOKEN: 'wrong' } });
  assert.equal(run.code, 3, run.output);
  assert.ok(!run.output.includes('wrong'));
});

test('Comment_Status429_WaitsAsLongAsRetryAfterSays', async () => {
  const started = Date.now();
  const run = await comment({ server: { interfere: ({ count }) => (count === 1 ? { status: 429, headers: { 'Retry-After': '1' } } : undefined) } });
  assert.equal(run.code, 0, run.output);
  assert.ok(Date.now() - started >= 1000, 'it did not wait');
  assert.match(run.output, /429; attempt 2 of 5 in 1\.0 s/);
  assert.equal(run.notes.length, 1);
});

test('Comment_500Once_IsWrittenByNextAttempt', async () => {
  const run = await comment({ server: { interfere: ({ method, count }) => (method === 'POST' && count < 4 ? { status: 500 } : undefined) } });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.notes.length, 1);
});

test('Comment_500AfterWriting_NoSecondNote', async () => {
  const run = await comment({ server: { interfere: ({ method, count }) => (method === 'POST' && count < 4 ? { status: 500, isDone: true } : undefined) } });
  assert.equal(run.code, 0, run.output);
  assert.equal(run.notes.length, 1);
});

test('Comment_500ForEver_FailsAfterFiveAttempts', async () => {
  const run = await comment({ server: { interfere: () => ({ status: 500 }) } });
  assert.equal(run.code, 1, run.output);
  assert.equal(run.requests.length, 5);
  assert.match(run.output, /not written: GET was answered with 500/);
});

test('Comment_NoServer_FailsWithMessage', async () => {
  const run = await comment({ env: { CI_API_V4_URL: 'http://127.0.0.1:9/api/v4' } });
  assert.equal(run.code, 1, run.output);
  assert.match(run.output, /not written/);
});

test('Comment_Redirect_IsNotFollowedWithToken', async () => {
  const run = await comment({ server: { interfere: () => ({ status: 302, headers: { Location: 'http://127.0.0.1:9/' } }) } });
  assert.equal(run.code, 1, run.output);
});

test('Comment_NoToken_IsSkippedWithReason', async () => {
  const run = await comment({ env: { PERF_COMMENT_TOKEN: '' } });
  assert.equal(run.code, 0, run.output);
  assert.match(run.output, /skipped: PERF_COMMENT_TOKEN is not set/);
  assert.equal(run.requests.length, 0);
});

test('Comment_NoMergeRequest_IsSkippedWithReason', async () => {
  const run = await comment({ env: { CI_MERGE_REQUEST_IID: '' } });
  assert.equal(run.code, 0, run.output);
  assert.match(run.output, /skipped: this is no merge request/);
});

test('Comment_NoReports_ExitsWith2', async () => {
  const run = await comment({ reports: null });
  assert.equal(run.code, 2, run.output);
  assert.equal(run.requests.length, 0);
});

test('Comment_HostileText_IsNoQuickAction', async () => {
  const hostile = `${marker}\n"quoted" \\ <script>alert(1)</script> 😀 \0\n/close\n  /merge\r\n- /label ~x\n> /assign @all\n${marker}\n${marker}/merge\n\0/close\n$(id) \`id\` # %0A\n`;
  const run = await comment({ text: hostile });
  assert.equal(run.code, 0, run.output);
  const { body } = run.notes[0];
  assert.ok(body.includes('"quoted" \\ <script>alert(1)</script> 😀'));
  assert.ok(body.includes('$(id) `id` # %0A'));
  assert.ok(!/^[\s>*+-]*\//m.test(body), body);
  assert.ok(!body.includes('\0'));
  assert.equal(body.split('<!-- perf-suite').length, 4, 'one marker, and one section');
});

test('Comment_ReportWithoutMarker_GetsMarker', async () => {
  const run = await comment({ text: 'plain' });
  assert.equal(run.notes[0].body, `${marker}\n${sectionOf('perf-x64', 7, '**perf-x64**, commit `abcdef01`\n\nplain')}`);
});

test('Comment_LongReport_IsCutAndItsFoldIsClosed', async () => {
  const run = await comment({ text: `${report}<details><summary>All</summary>\n\n${'| a row with 😀 |\n'.repeat(100_000)}</details>\n` });
  assert.equal(run.code, 0, run.output);
  const { body } = run.notes[0];
  assert.ok(body.length <= 1_000_000);
  assert.match(body, /<\/details>\n\n_Cut here/);
});
