// node --test .ci/pipeline/github/run.test.mjs: the runner of the trial does what GitHub's runner does.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { requireKnown, useAction } from './actions.mjs';
import { isTrue, resolve, valueOf } from './expressions.mjs';
import { readFileCommands, runJob } from './job.mjs';
import { combinations, isStartedBy, readWorkflow } from './workflow.mjs';

const contexts = { github: { ref: 'refs/heads/main', event: { number: 5 } }, inputs: {}, vars: { LIST: '["a","b"]' }, env: {}, job: { status: 'failure' } };
const project = fileURLToPath(new URL('../../../.github/workflows/performance_regression.yml', import.meta.url));

function newRun(ref = 'refs/heads/main') {
  const folder = mkdtempSync(join(tmpdir(), 'github-run-'));
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  const github = { ref, base_ref: '', run_id: '101', ref_name: 'main', event: {} };
  return { folder, workspace, github, summary: join(folder, 'summary.md'), defaultBranch: 'main', workflowEnv: {}, environment: {}, runner: { os: 'Linux' }, programs: [] };
}

const job = (...steps) => ({ id: 'a-job', steps: steps.map((step) => ({ condition: 'success()', ...step })) });
const outcome = (run, name) => existsSync(join(run.workspace, name));

async function workflowOf(text) {
  const file = join(mkdtempSync(join(tmpdir(), 'workflow-')), 'workflow.yml');
  writeFileSync(file, text);
  return readWorkflow(file);
}

test('Expression_InText_IsReplacedByItsValue', () => {
  assert.equal(resolve("${{ github.ref }} of ${{ github.event.number }}${{ inputs.none }} ${{ '}}' }}", contexts), 'refs/heads/main of 5 }}');
  assert.equal(resolve("${{ inputs.none || vars.NONE || 'default' }}", contexts), 'default');
});

test('Expression_FromJson_IsList', () => assert.deepEqual(valueOf("${{ fromJSON(vars.LIST || '[]') }}", contexts), ['a', 'b']));

test('Expression_UnknownContext_Throws', () => assert.throws(() => resolve('${{ gitlab.ref }}', contexts), /Unrecognized named-value/));

test('Condition_AfterFailure_HoldsOnlyWithStatusFunction', () => {
  assert.ok(!isTrue("success() && (github.ref == 'refs/heads/main')", contexts));
  assert.ok(isTrue('!cancelled()', contexts));
  assert.ok(isTrue('always()', contexts));
  assert.ok(isTrue('failure()', contexts));
});

test('Workflow_OfThisProject_IsValidAndItsActionsAreKnown', async () => {
  const workflow = await readWorkflow(project);
  for (const one of workflow.jobs) {
    requireKnown(one.steps);
    // Text beside the expression makes a condition a text, which always holds.
    one.steps.forEach((step) => assert.doesNotMatch(step.condition, /^format\(/, step.name));
  }
});

test('Workflow_CacheOfMachine_IsNotTakenByMachineWithLongerName', async () => {
  const { jobs } = await readWorkflow(project);
  const { key, 'restore-keys': prefix } = jobs[0].steps.find((step) => step.uses?.startsWith('actions/cache/restore@')).with;
  const of = (text, machine) => resolve(text, { ...contexts, github: { run_id: '101', run_attempt: '1' }, matrix: { machine } });
  assert.ok(of(key, 'perf-x64').startsWith(of(prefix, 'perf-x64')));
  assert.ok(!of(key, 'perf-x64-b').startsWith(of(prefix, 'perf-x64')));
});

test('Workflow_UnknownKey_IsRefused', async () => {
  const text = 'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: "true"\n        iff: always()\n';
  await assert.rejects(workflowOf(text), /no valid workflow[^]*iff/);
});

test('Workflow_BranchFilter_DecidesWhetherEventStartsIt', async () => {
  const workflow = await workflowOf('on:\n  push:\n    branches: [main]\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: "true"\n');
  assert.ok(isStartedBy(workflow, 'push', 'main'));
  assert.ok(!isStartedBy(workflow, 'push', 'other'));
  assert.ok(!isStartedBy(workflow, 'schedule', 'main'));
});

test('Matrix_TwoLists_HasAllCombinations', () => {
  assert.deepEqual(combinations({ strategy: { matrix: { a: [1, 2], b: '${{ fromJSON(vars.LIST) }}' } } }, contexts).length, 4);
  assert.throws(() => combinations({ id: 'x', strategy: { matrix: { include: [{}] } } }, contexts), /only lists/);
});

test('Step_FailingCommand_EndsScriptAndJob', () => {
  const run = newRun();
  const status = runJob(job({ run: 'false\ntouch after' }, { run: 'touch next' }, { run: 'touch always', condition: 'always()' }), {}, contexts, run);
  assert.equal(status, 'failure');
  assert.deepEqual(['after', 'next', 'always'].map((name) => outcome(run, name)), [false, false, true]);
});

test('Step_WithoutShell_IgnoresFailureInPipe', () => {
  assert.equal(runJob(job({ run: 'false | true' }), {}, contexts, newRun()), 'success');
  assert.equal(runJob(job({ run: 'false | true', shell: 'bash' }), {}, contexts, newRun()), 'failure');
});

test('Step_ContinueOnError_KeepsJobGreen', () => {
  assert.equal(runJob(job({ run: 'false', 'continue-on-error': true }), {}, contexts, newRun()), 'success');
});

test('Step_WritesEnvironmentAndOutputs_NextStepReadsThem', () => {
  const run = newRun();
  const write = { id: 'one', run: 'echo A=1 >>"$GITHUB_ENV"\nprintf "B<<END\\nx\\ny\\nEND\\n" >>"$GITHUB_OUTPUT"\necho hello >>"$GITHUB_STEP_SUMMARY"' };
  const read = { env: { C: '${{ steps.one.outputs.B }}' }, run: 'printf "%s %s" "$A" "$C" >read' };
  assert.equal(runJob(job(write, read), {}, contexts, run), 'success');
  assert.equal(readFileSync(join(run.workspace, 'read'), 'utf8'), '1 x\ny');
  assert.equal(readFileSync(run.summary, 'utf8'), 'hello\n');
});

test('FileCommands_LineWithoutName_Throws', () => assert.throws(() => readFileCommands('nothing'), /NAME=VALUE/));

test('Action_Unknown_IsAnError', () => {
  assert.throws(() => requireKnown([{ uses: 'a/b@v1' }]), /does not know a\/b@v1/);
  assert.throws(() => useAction('actions/checkout@v4', { depth: '0' }, newRun()), /the input depth/);
});

test('Cache_KeyOfOtherMachine_IsNotRestored', () => {
  const run = newRun();
  const save = (key) => useAction('actions/cache/save@x', { path: 'kept', key }, run);
  const restore = (prefix) => useAction('actions/cache/restore@x', { path: 'kept', key: `${prefix}9`, 'restore-keys': prefix }, run)['cache-matched-key'];
  writeFileSync(join(run.workspace, 'kept'), '1');
  save('perf:a:1');
  save('perf:a-b:2');
  assert.equal(restore('perf:a:'), 'perf:a:1');
  assert.equal(restore('perf:c:'), undefined);
  assert.equal(useAction('actions/cache/restore@x', { path: 'other', key: 'perf:a:1' }, run)['cache-matched-key'], undefined, 'other paths');
});

test('Cache_OfPullRequest_IsNotSeenByDefaultBranch', () => {
  const run = newRun();
  writeFileSync(join(run.workspace, 'kept'), '1');
  useAction('actions/cache/save@x', { path: 'kept', key: 'k' }, { ...run, github: { ...run.github, ref: 'refs/pull/5/merge' } });
  assert.equal(useAction('actions/cache/restore@x', { path: 'kept', key: 'k' }, run)['cache-hit'], undefined);
});

test('Artifact_HiddenFilesAndSecondUpload_AreLeftOutAndRefused', () => {
  const run = newRun();
  mkdirSync(join(run.workspace, 'results'));
  writeFileSync(join(run.workspace, 'results', 'seen'), '1');
  writeFileSync(join(run.workspace, 'results', '.hidden'), '1');
  const inputs = { name: 'a', path: 'results\nreport' };
  useAction('actions/upload-artifact@x', inputs, run);
  assert.ok(existsSync(join(run.folder, 'artifacts/101/a/results/seen')));
  assert.ok(!existsSync(join(run.folder, 'artifacts/101/a/results/.hidden')));
  assert.throws(() => useAction('actions/upload-artifact@x', inputs, run), /has an artifact named a/);
});
