// node --test .ci/measure.test.mjs: runs .ci/measure with a stand-in for dotnet that writes results and baselines as the suite does.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const here = dirname(fileURLToPath(import.meta.url));
const machineClass = 'amd-f25-linux-x64-net10';
const baseline = (rows) => `{\n  "metrics": ${JSON.stringify(rows)},\n  "metadata": {\n    "machine_class": "${machineClass}"\n  }\n}\n`;

/**
 * Stand-in for dotnet. It logs its arguments and settings. `test` runs $ON_TEST and exits with $TEST_CODE, `run … drift` exits with
 * $DRIFT_CODE.
 */
const dotnet = `#!/usr/bin/env bash
printf '%s | update=%s kept=%s by=%s\\n' "$*" "\${PERF_UPDATE_BASELINE:-}" "\${PERF_KEPT_BASELINES:-}" "\${PERF_UPDATE_BY:-}" >>"$LOG"
case $1 in
  build) exit "\${BUILD_CODE:-0}" ;;
  test)
    mkdir -p allure-results TestResults/perf
    printf '{\\n  "metadata": {\\n    "machine_class": "${machineClass}"\\n  }\\n}\\n' >TestResults/perf/results.json
    eval "\${ON_TEST:-}"
    exit "\${TEST_CODE:-0}" ;;
  run) printf 'a line\\n' >>"$7"; exit "\${DRIFT_CODE:-0}" ;;
esac
`;

class Checkout {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'measure-'));
    for (const script of ['measure', 'restore']) {
      cpSync(join(here, script), join(this.folder, '.ci', script));
    }

    mkdirSync(join(this.folder, 'bin'));
    writeFileSync(join(this.folder, 'bin', 'dotnet'), dotnet);
    chmodSync(join(this.folder, 'bin', 'dotnet'), 0o755);
  }

  path(name) { return join(this.folder, name); }

  has(name) { return existsSync(this.path(name)); }

  read(name) { return readFileSync(this.path(name), 'utf8'); }

  write(name, text) {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  async measure(situation, env = {}) {
    const child = spawn(this.path('.ci/measure'), ['perf-x64'], {
      env: { PATH: `${this.path('bin')}:${process.env.PATH}`, LOG: this.path('log'), PERF_SITUATION: situation, ...env },
    });
    let output = '';
    child.stdout.on('data', (data) => { output += data; });
    child.stderr.on('data', (data) => { output += data; });
    const code = await new Promise((resolve) => child.on('close', resolve));
    return { code, output, calls: this.has('log') ? this.read('log') : '' };
  }
}

async function checkout(use) {
  const folder = new Checkout();
  try {
    await use(folder);
  } finally {
    rmSync(folder.folder, { recursive: true });
  }
}

const kept = `.cache/perf/baselines/${machineClass}.json`;
const published = `results/perf-x64/baseline-${machineClass}.json`;
const accepts = `printf '%s' '${baseline({ new: 1 })}' >"$PERF_KEPT_BASELINES/${machineClass}.json"`;

test('Measure_NarrowedFilter_WorksOnKeptBaseline', () => checkout(async (folder) => {
  folder.write(kept, baseline({ old: 1 }));
  const { code, calls } = await folder.measure('default-branch', { PERF_FILTER: 'Category=Perf&Metric=one', GITLAB_USER_LOGIN: 'a.person' });
  assert.equal(code, 0);
  assert.match(calls, /^test --no-build --filter Category=Perf&Metric=one \| update=1 kept=\.cache\/perf\/baselines by=a\.person$/m);
  assert.ok(folder.read(kept).includes('old'), 'the kept baseline is still there');
  assert.ok(!folder.has(`baselines/local/${machineClass}.json`), 'an accepted baseline is no local one');
}));

test('Measure_BaselineOfEarlierRun_IsNotPublished', () => checkout(async (folder) => {
  folder.write(kept, baseline({ old: 1 }));
  folder.write(`baselines/${machineClass}.json`, baseline({ 'of an earlier run in this workspace': 1 }));
  await folder.measure('default-branch');
  assert.ok(!folder.has(published));
  const { output } = await folder.measure('default-branch', { ON_TEST: accepts });
  assert.ok(folder.read(published).includes('new'));
  assert.match(output, /the baseline: results\/perf-x64\/baseline-/);
  assert.ok(folder.read('results/perf-x64/kept-baseline.json').includes('new'));
}));

test('Measure_RowRegressed_KeepsExitCodeResultsAndBaseline', () => checkout(async (folder) => {
  folder.write(kept, baseline({ old: 1 }));
  const { code } = await folder.measure('default-branch', { TEST_CODE: '1' });
  assert.equal(code, 1);
  assert.ok(folder.has('results/perf-x64/results.json'));
  assert.ok(folder.read('results/perf-x64/kept-baseline.json').includes('old'));
}));

test('Measure_BuildFails_KeepsExitCode', () => checkout(async (folder) => {
  const { code, calls } = await folder.measure('default-branch', { BUILD_CODE: '7' });
  assert.equal(code, 7);
  assert.doesNotMatch(calls, /^test/m);
}));

test('Measure_CacheLost_TakesBaselineFromArtifacts', () => checkout(async (folder) => {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push([request.url, request.headers['job-token'] ?? request.headers['private-token']]);
    const isRefused = request.headers['job-token'] !== undefined;
    const file = request.url.includes('/kept-baseline.json') ? baseline({ 'of the artifact': 1 }) : undefined;
    response.writeHead(isRefused ? 403 : file ? 200 : 404).end(isRefused ? '' : file);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { code, output } = await folder.measure('default-branch', {
      CI_API_V4_URL: `http://127.0.0.1:${server.address().port}/api/v4`, CI_PROJECT_ID: '1', CI_DEFAULT_BRANCH: 'main',
      CI_JOB_TOKEN: 'job', PERF_COMMENT_TOKEN: 'project',
    });
    assert.equal(code, 0);
    assert.ok(folder.read(kept).includes('of the artifact'));
    assert.match(output, /taken from the artifacts of the last pipeline/);
    assert.doesNotMatch(output, /warning/);
    assert.deepEqual(requests.at(-1), [
      '/api/v4/projects/1/jobs/artifacts/main/raw/results/perf-x64/kept-baseline.json?job=perf%3A%20%5Bperf-x64%5D', 'project',
    ]);
  } finally {
    server.close();
  }
}));

test('Measure_ArtifactRedirects_TokenIsNotSent', () => checkout(async (folder) => {
  const seen = [];
  const other = createServer((request, response) => { seen.push(request.url); response.end(baseline({ stolen: 1 })); });
  await new Promise((resolve) => other.listen(0, '127.0.0.1', resolve));
  const server = createServer((request, response) => {
    response.writeHead(302, { Location: `http://127.0.0.1:${other.address().port}/` }).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await folder.measure('default-branch', {
      CI_API_V4_URL: `http://127.0.0.1:${server.address().port}/api/v4`, CI_PROJECT_ID: '1', CI_JOB_TOKEN: 'job',
    });
    assert.deepEqual(seen, []);
  } finally {
    server.close();
    other.close();
  }
}));

test('Measure_NoBaselineAnywhere_WarnsAndAnnotatesOnGitHub', () => checkout(async (folder) => {
  const { code, output } = await folder.measure('default-branch');
  assert.equal(code, 0);
  assert.match(output, /^warning: neither the cache nor the artifacts of the last pipeline hold a baseline of perf-x64\. Rows .* are paired/m);
  assert.match((await folder.measure('schedule', { GITHUB_ACTIONS: 'true' })).output, /^::warning title=Performance baseline::neither/m);
  assert.doesNotMatch((await folder.measure('merge-request', { PERF_BASE: '.' })).output, /warning/, 'a merge request needs none');
}));

test('Measure_ScheduleWithDrift_AddsToHistoryAndFails', () => checkout(async (folder) => {
  folder.write(kept, baseline({ old: 1 }));
  const { code, calls } = await folder.measure('schedule', { DRIFT_CODE: '1' });
  assert.equal(code, 1);
  assert.match(calls, /drift \.cache\/perf\/history\.jsonl --add TestResults\/perf\/results\.json --output TestResults\/perf/);
  assert.match(calls, /drift .* --baselines \.cache\/perf\/baselines/, 'a regression that the kept baseline accepts is no drift');
  assert.ok(folder.has('results/perf-x64/history.jsonl'));
  assert.equal((await folder.measure('default-branch', { DRIFT_CODE: '1' })).code, 0, 'drift is judged by the schedule');
  assert.equal((await folder.measure('schedule', { TEST_CODE: '1', DRIFT_CODE: '2' })).code, 1, 'the verdict of the rows comes first');
}));

test('Measure_DriftOnHostedRunner_OnlyWarns', () => checkout(async (folder) => {
  folder.write(kept, baseline({ old: 1 }));
  const { code, output } = await folder.measure('schedule', { DRIFT_CODE: '1', GITHUB_ACTIONS: 'true', RUNNER_ENVIRONMENT: 'github-hosted' });
  assert.equal(code, 0);
  assert.match(output, /^::warning title=Performance baseline::the level of a row changed/m);
  assert.equal((await folder.measure('schedule', { DRIFT_CODE: '1', RUNNER_ENVIRONMENT: 'self-hosted' })).code, 1);
  assert.equal((await folder.measure('schedule', { TEST_CODE: '1', DRIFT_CODE: '1', RUNNER_ENVIRONMENT: 'github-hosted' })).code, 1);
}));

test('Measure_MergeRequest_DoesNotAddToHistory', () => checkout(async (folder) => {
  assert.doesNotMatch((await folder.measure('merge-request', { PERF_BASE: '.' })).calls, /drift/);
  folder.write('.cache/perf/history.jsonl', '');
  const { calls } = await folder.measure('merge-request', { PERF_BASE: '.' });
  assert.match(calls, /drift \.cache\/perf\/history\.jsonl --output TestResults\/perf/);
  assert.ok(!folder.has('results/perf-x64/history.jsonl'));
}));
