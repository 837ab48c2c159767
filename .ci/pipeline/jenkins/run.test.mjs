// node --test .ci/pipeline/jenkins/run.test.mjs: the runner of the trial reads and runs a Jenkinsfile as Jenkins does.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runBuild } from './build.mjs';
import { readPipeline, statementsOf, tokensOf } from './reader.mjs';

const project = readFileSync(new URL('../../../Jenkinsfile', import.meta.url), 'utf8');
const timer = { type: 'hudson.triggers.TimerTrigger$TimerTriggerCause' };
const person = { type: 'hudson.model.Cause$UserIdCause', userId: 'a-person' };

/**
 * Runs a pipeline with a new workspace on each agent. Returns the result, some files of all workspaces, one after another, and the
 * archived files.
 */
async function run(source, { env = {}, params = {}, causes = [], files = {}, startTime = 0, folderProperties } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'jenkins-'));
  const workspaces = [];
  const checkOut = (label) => {
    const workspace = join(folder, 'workspace', label);
    workspaces.push(workspace);
    for (const [name, text] of Object.entries({ ...files, '.keep': '' })) {
      mkdirSync(join(workspace, name, '..'), { recursive: true });
      writeFileSync(join(workspace, name), text, { mode: 0o755 });
    }

    return workspace;
  };
  const archive = join(folder, 'archive');
  const lines = [];
  const { log } = console;
  console.log = (line) => lines.push(line);
  try {
    const result = await runBuild(source, {
      folder, checkOut, archive, causes, params, startTime, folderProperties, env: { PATH: process.env.PATH, ...env },
    });
    const read = (name) => workspaces.map((workspace) => join(workspace, name)).filter(existsSync)
      .map((file) => readFileSync(file, 'utf8')).join('') || (workspaces.some((one) => existsSync(join(one, name))) ? '' : undefined);
    const all = Object.fromEntries(['first', 'second', 'third', 'log'].map((name) => [name, read(name)]));
    const archived = existsSync(archive) ? readdirSync(archive, { recursive: true }) : [];
    return { result, lines, ...all, archived };
  } finally {
    console.log = log;
    rmSync(folder, { recursive: true });
  }
}

const stage = (steps, rest = '') => `stage('one') { ${rest}\nsteps { ${steps} } }`;
const pipeline = (stages, rest = '') => `// A comment.\npipeline {\nagent { label 'x' }\n${rest}\nstages { ${stages} }\n}\n`;

test('Tokens_TextsAndTemplates_AreUnescaped', () => {
  const [single, triple, template] = tokensOf("'a\\'b$c' '''x\n'y' \\$z''' \"${f('a$b')} \"");
  assert.equal(single.value, "a'b$c");
  assert.equal(triple.value, "x\n'y' $z");
  assert.deepEqual([template.type, template.value], ['template', "${f('a$b')} "]);
});

test('Tokens_UnknownSign_ThrowsWithItsLine', () => assert.throws(() => tokensOf('a\n@b'), /Line 2 .*cannot read "@b"/));

test('Statements_BlockThatIsNotClosed_Throws', () =>
  assert.throws(() => readPipeline('pipeline {\n  stages {\n}\n'), /Line 1 .* never closed/));

test('Statements_CallsAndCommands_HaveTheSameArguments', () => {
  const [call, command, value] = statementsOf(tokensOf("f(a: 1, b: [2, 3]) { g() }\nf a: 1,\n  b: 'x'\nNAME = 'v'"));
  assert.deepEqual(Object.keys(call.named), ['a', 'b']);
  assert.equal(call.block[0].value, 'g');
  assert.deepEqual(Object.keys(command.named), ['a', 'b']);
  assert.equal(value.value[0].value, 'v');
});

test('Pipeline_CodeBesidePipeline_IsRefused', () => assert.throws(() => readPipeline('def x = 1\npipeline { }'), /nothing else/));

for (const [name, source, message] of [
  ['Step', pipeline(stage("echo 'x'")), /does not know the step echo/],
  ['StepWithinWithEnv', pipeline(stage("withEnv(['A=b']) { echo 'x' }")), /does not know the step echo/],
  ['Condition', pipeline(stage("sh 'true'", 'when { tag() }')), /does not know the condition tag/],
  ['Expression', pipeline(stage('sh "${new Date()}"')), /does not know the expression new Date/],
  ['Option', pipeline(stage("sh 'true'"), 'options { withFolderProperties() }'), /does not know withFolderProperties here/],
  ['Section', pipeline(stage("sh 'true'"), "tools { jdk 'x' }"), /does not know tools here/],
  ['PostCondition', pipeline(stage("sh 'true'"), "post { success { sh 'true' } }"), /does not know success here/],
]) {
  test(`Pipeline_Unknown${name}_IsAnError`, () => assert.rejects(run(source), message));
}

test('Parameter_Unknown_IsAnError', () => assert.rejects(run(pipeline(stage("sh 'true'")), { params: { X: '1' } }), /no parameter X/));

test('Script_FailingCommand_EndsScriptStageAndBuild', async () => {
  const two = `stage('two') { steps { sh 'touch second' } }`;
  const done = await run(pipeline(`${stage("sh '''\nfalse\ntouch first\n'''")}\n${two}`, "post { always { sh 'echo 1 >third' } }"));
  assert.equal(done.result, 'FAILURE');
  assert.deepEqual([done.first, done.second, done.third], [undefined, undefined, '1\n']);
  assert.ok(done.lines.includes('stage two: skipped'));
});

test('Post_FailingStep_EndsPostAndFailsBuild', async () => {
  const done = await run(pipeline(stage("sh 'true'"), "post { always {\nsh 'false'\nsh 'touch first'\n} }"));
  assert.deepEqual([done.result, done.first], ['FAILURE', undefined]);
});

test('Script_Environment_HasParametersAndVariables', async () => {
  const rest = "environment { A = 'a'\nB = \"${env.GIVEN} ${params.P}\" }\nparameters { string(name: 'P', defaultValue: 'p') }";
  const done = await run(pipeline(stage('withEnv(["C=c=d"]) { sh \'echo "$A $B $C $P" >first\' }'), rest), { env: { GIVEN: 'g' } });
  assert.equal(done.first, 'a g p c=d p\n');
});

test('When_Conditions_DecideWhetherStageRuns', async () => {
  const when = "when { allOf { changeRequest()\nexpression { !env.SECRET } } }";
  const of = async (env) => (await run(pipeline(stage("sh 'touch first'", when)), { env })).first !== undefined;
  assert.deepEqual([await of({ CHANGE_ID: '5' }), await of({}), await of({ CHANGE_ID: '5', SECRET: 'x' })], [true, false, false]);
});

const matrix = (rest) => `pipeline {\nagent none\nstages { stage('all') { matrix {\n${rest}\nagent { label "\${M}" }\n`
  + `stages { ${stage("sh 'echo $M >first; [ $M = b ]'")} }\npost { always { sh 'echo post of $M >second' } }\n} } }\n}\n`;

test('Matrix_OneCellFails_AllCellsRunInWorkspacesOfTheirOwn', async () => {
  const done = await run(matrix("axes { axis {\nname 'M'\nvalues 'a', 'b'\n} }"));
  assert.equal(done.result, 'FAILURE');
  assert.deepEqual([done.first, done.second], ['a\nb\n', 'post of a\npost of b\n']);
});

test('Matrix_TwoAxes_IsAnError', () => {
  const axis = (name) => `axis {\nname '${name}'\nvalues 'a'\n}`;
  return assert.rejects(run(matrix(`axes {\n${axis('M')}\n${axis('N')}\n}`)), /one axis only/);
});

test('Step_WithoutAgent_IsAnError', () =>
  assert.rejects(run(`pipeline {\nagent none\nstages { ${stage("sh 'true'")} }\n}\n`), /the step sh needs an agent/));

test('Archive_BeforeReport_HasFilesOfPattern', async () => {
  const files = { 'results/a/b/c.txt': 'deep', 'other/x': '' };
  const done = await run(pipeline(stage("archiveArtifacts artifacts: 'results/**', allowEmptyArchive: true")), { files });
  assert.ok(done.archived.includes('results/a/b/c.txt'));
  assert.ok(!done.archived.includes('other'));
  assert.equal((await run(pipeline(stage("archiveArtifacts artifacts: 'results/**'")))).result, 'FAILURE');
});

test('JUnit_FailedTest_MakesBuildUnstable', async () => {
  const files = { 'results/m/junit.xml': '<testcase name="a"><failure message="x"/></testcase>', 'results/junit.xml': '<testcase />' };
  const done = await run(pipeline(stage("junit testResults: 'results/*/junit.xml', allowEmptyResults: true")), { files });
  assert.equal(done.result, 'UNSTABLE');
  assert.ok(done.lines.includes('junit results/*/junit.xml: 1 tests, 1 failures'));
  assert.equal((await run(pipeline(stage("junit testResults: 'x/*.xml'")))).result, 'FAILURE');
});

const measureStandIn = `#!/bin/sh
mkdir -p "results/$1" "allure-report/$1"
echo 1 >"results/$1/results.json"
echo "$1" >"allure-report/$1/index.html"
echo "measure $1 $PERF_SITUATION base=$PERF_BASE reason=$PERF_UPDATE_REASON by=$PERF_UPDATE_BY askpass=$GIT_ASKPASS" >>log
`;

/** Runs the project's Jenkinsfile, or a changed one, with stand-ins for all programs, which log their situation. */
const ofProject = (options, source = project) => run(source, {
  ...options,
  files: {
    'bin/dotnet': '#!/bin/sh\necho "dotnet $2 $3" >>log\n',
    'bin/git': '#!/bin/sh\necho "git $1 askpass=$GIT_ASKPASS" >>log\n[ "$1" != merge-base ] || echo base\n',
    '.ci/measure': measureStandIn,
    '.ci/report': '#!/bin/sh\necho report >>log\nexit ${REPORT_CODE:-0}\n',
    '.ci/mr-comment': '#!/bin/sh\necho "comment $CI_MERGE_REQUEST_IID $CI_PIPELINE_CREATED_AT" >>log\nexit 1\n',
    'results/perf-x64/of-earlier-build': '',
    ...options.files,
  },
  env: { PATH: `bin:${process.env.PATH}`, BRANCH_NAME: 'main', BUILD_NUMBER: '7', ...options.env },
});

const pullRequest = { BRANCH_NAME: 'PR-5', CHANGE_ID: '5', CHANGE_TARGET: 'main' };
const reason = { PERF_UPDATE_REASON: 'why' };

for (const [name, options, expected] of [
  ['MainByPerson', { causes: [person] }, 'default-branch base= reason= by=a-person'],
  ['MainByTimer', { causes: [timer] }, 'schedule base= reason= by='],
  ['MainWithReason', { causes: [person], params: reason }, 'default-branch base= reason=why by=a-person'],
  ['MainWithBase', { causes: [person], params: { PERF_BASE: 'v1' } }, 'manual base=v1 reason= by=a-person'],
  ['PullRequest', { env: pullRequest }, 'merge-request base=base reason= by='],
]) {
  test(`Jenkinsfile_${name}_MeasuresInItsSituation`, async () => {
    const { result, log } = await ofProject(options);
    assert.equal(result, 'SUCCESS');
    assert.ok(log.split('\n').includes(`measure perf-x64 ${expected} askpass=`), log);
  });
}

test('Jenkinsfile_PrivateProject_OnlyTheFetchGetsCredentials', async () => {
  const { log } = await ofProject({ env: { ...pullRequest, GIT_CREDENTIALS_ID: 'an-id' } });
  assert.equal(log.match(/askpass=credentials/g).length, 1);
  assert.match(log, /git fetch askpass=credentials/);
});

// The line that .ci/README.md tells the user to add.
const withFolderProperties = project.replace('options {', 'options {\n        withFolderProperties()');

for (const [name, source, fetches] of [['LineIsMissing', project, 0], ['LineIsAdded', withFolderProperties, 1]]) {
  test(`Jenkinsfile_CredentialsInFolderProperties${name}_FetchGets${fetches === 0 ? 'None' : 'Them'}`, async () => {
    const { result, log } = await ofProject({ env: pullRequest, folderProperties: { GIT_CREDENTIALS_ID: 'an-id' } }, source);
    assert.equal(result, 'SUCCESS');
    assert.equal((log.match(/git fetch askpass=credentials/g) ?? []).length, fetches);
    assert.equal((log.match(/askpass=credentials/g) ?? []).length, fetches);
  });
}

test('Jenkinsfile_ReportFails_ResultsAreArchivedAllTheSame', async () => {
  const { result, archived, log } = await ofProject({ env: { REPORT_CODE: '1' } });
  assert.equal(result, 'FAILURE');
  assert.ok(archived.includes('results/perf-x64/results.json'));
  assert.doesNotMatch(log, /comment/);
});

test('Jenkinsfile_EarlierResults_AreRemovedFirst', async () => {
  const dotnet = '#!/bin/sh\n[ -e results ] || echo "results are gone" >>log\n';
  const { archived, log } = await ofProject({ files: { 'bin/dotnet': dotnet } });
  assert.match(log, /^results are gone$/m);
  assert.ok(!archived.includes('results/perf-x64/of-earlier-build'));
});

test('Jenkinsfile_CommentFails_BuildStaysGreen', async () => {
  const { result, log } = await ofProject({ env: pullRequest });
  assert.equal(result, 'SUCCESS');
  assert.match(log, /^comment 5 /m);
});

test('Jenkinsfile_JobIsCreatedAgain_CommentGetsTimeOfBuild', async () => {
  const { log } = await ofProject({ env: { ...pullRequest, BUILD_NUMBER: '1' }, startTime: Date.parse('2026-11-26T21:00:00.500Z') });
  assert.match(log, /^comment 5 2026-11-26T21:00:00Z$/m);
});

test('Jenkinsfile_TwoMachineClasses_BothMeasureReportAndComment', async () => {
  const two = project.replace("values 'perf-x64'", "values 'perf-x64', 'perf-arm64'");
  const { result, archived, log } = await ofProject({ env: pullRequest }, two);
  assert.equal(result, 'SUCCESS');
  assert.equal(log.match(/^comment 5 /gm).length, 2);
  for (const machine of ['perf-x64', 'perf-arm64']) {
    assert.match(log, new RegExp(`^measure ${machine} merge-request base=base `, 'm'));
    assert.ok(archived.includes(`results/${machine}/results.json`) && archived.includes(`allure-report/${machine}/index.html`), machine);
  }
});
