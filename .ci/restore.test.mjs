// node --test .ci/restore.test.mjs: runs .ci/restore against servers that answer as GitHub and Jenkins do.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readToken, start } from './pipeline/github/api-server.mjs';

const script = fileURLToPath(new URL('restore', import.meta.url));
const day = (number) => `2026-11-${String(number).padStart(2, '0')}T02:00:00Z`;

/** Restores the baseline of perf-x64 from the artifacts of runs. Each of `runs` describes a run. */
async function restore(runs, token = readToken) {
  const folder = mkdtempSync(join(tmpdir(), 'restore-'));
  const artifacts = join(folder, 'artifacts');
  runs.forEach(({ machine = 'perf-x64', text = 'x', ...description }, index) => {
    const results = join(artifacts, String(index), `performance-${machine}`, 'results', machine);
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, 'kept-baseline.json'), `{\n  "machine_class": "a-class",\n  "is": "${text}"\n}\n`);
    writeFileSync(join(results, 'history.jsonl'), `${text}\n`);
    const defaults = { id: index, head_branch: 'main', repository_id: 1, head_repository_id: 1, created_at: day(index + 1) };
    writeFileSync(join(artifacts, `${index}.json`), JSON.stringify({ ...defaults, ...description }));
  });
  const github = await start({ artifacts });
  const kept = join(folder, 'kept');
  try {
    const env = { PATH: process.env.PATH, GITHUB_API_URL: github.api, GITHUB_REPOSITORY: 'a-team/perftests', GITHUB_TOKEN: token };
    const code = await new Promise((resolve) => spawn(script, ['perf-x64', kept], { env, stdio: 'ignore' }).on('close', resolve));
    const read = (name) => (existsSync(join(kept, name)) ? readFileSync(join(kept, name), 'utf8') : undefined);
    return { code, baseline: read('baselines/a-class.json'), history: read('history.jsonl') };
  } finally {
    rmSync(folder, { recursive: true });
    await github.stop();
  }
}

test('Restore_SeveralRuns_TakesNewestOfDefaultBranch', async () => {
  const { code, baseline, history } = await restore([{ text: 'old' }, { text: 'new', created_at: day(20) }, { text: 'middle' }]);
  assert.equal(code, 0);
  assert.match(baseline, /"is": "new"/);
  assert.equal(history, 'new\n');
});

for (const [name, description] of [
  ['OfOtherBranch', { head_branch: 'a-change' }],
  ['OfForkWithSameBranch', { head_repository_id: 2 }],
  ['Expired', { expired: true }],
  ['OfOtherMachineClass', { machine: 'perf-x64-b' }],
]) {
  test(`Restore_Artifact${name}_IsNotTaken`, async () => {
    const { code, baseline } = await restore([{ text: 'good' }, { text: 'bad', ...description }]);
    assert.equal(code, 0);
    assert.match(baseline, /"is": "good"/);
  });
}

test('Restore_NoArtifact_ExitsWith1', async () => {
  assert.deepEqual(await restore([]), { code: 1, baseline: undefined, history: undefined });
});

test('Restore_TokenThatMayNotRead_ExitsWith1', async () => {
  assert.deepEqual(await restore([{}], 'wrong'), { code: 1, baseline: undefined, history: undefined });
});

test('Restore_JenkinsOfProjectOnGitLab_AsksJenkins', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'restore-'));
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request.url);
    const isBaseline = request.url === '/job/main/lastSuccessfulBuild/artifact/results/perf-x64/kept-baseline.json';
    response.writeHead(isBaseline ? 200 : 404).end(isBaseline ? '{\n  "machine_class": "a-class"\n}\n' : '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const address = `http://127.0.0.1:${server.address().port}`;
    const gitlab = { CI_API_V4_URL: `${address}/api/v4`, CI_PROJECT_ID: '1', PERF_COMMENT_TOKEN: 'project' };
    const env = { PATH: process.env.PATH, JOB_URL: `${address}/job/main/`, ...gitlab };
    const code = await new Promise((resolve) => spawn(script, ['perf-x64', folder], { env, stdio: 'ignore' }).on('close', resolve));
    assert.equal(code, 0, requests.join('\n'));
    assert.ok(existsSync(join(folder, 'baselines/a-class.json')));
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});
