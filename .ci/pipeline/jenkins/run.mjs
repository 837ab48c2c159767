#!/usr/bin/env node
// Runs a build of the Jenkinsfile, without Jenkins. `node run.mjs --help` says how.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize, resolve as absolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runBuild } from './build.mjs';
import { pairOf } from './values.mjs';

const usage = `Usage: node run.mjs --branch BRANCH --origin FOLDER --folder FOLDER [option…]

Runs a build of a branch in the workspace of its job, which stays between builds, as on an agent. Exit code 0: the build succeeded;
1: it failed; 4: it is unstable, because tests failed.

  --branch BRANCH   branch to build
  --change          the branch is that of a pull request to main
  --origin FOLDER   repository
  --folder FOLDER   what is kept between builds: workspaces and archived artifacts
  --timer           the timer starts the build; else a-person does
  --replay FOLDER   take the results of an earlier run from its folder results/MACHINE instead of building and measuring
  --skip-own-tests  leave the project's own tests out
  --param NAME=VALUE, --env NAME=VALUE   parameters of the build; variables of the agent; may be repeated`;

const text = { type: 'string' };
const flag = { type: 'boolean' };
const list = { type: 'string', multiple: true, default: [] };
const { values: options } = parseArgs({
  options: {
    branch: text, change: flag, origin: text, folder: text, timer: flag, replay: text, 'skip-own-tests': flag,
    param: list, env: list, help: flag,
  },
});
if (options.help) {
  console.log(usage);
  process.exit(0);
}

const pairs = (entries) => Object.fromEntries(entries.map(pairOf));
const jobs = join(absolute(options.folder), 'jobs');
const job = options.change ? 'PR-5' : options.branch;
const folder = join(jobs, job);
const workspace = join(folder, 'workspace');
const lastBuild = (name) => Number(existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : 0);
const number = lastBuild('last') + 1;
mkdirSync(workspace, { recursive: true });
writeFileSync(join(folder, 'last'), String(number));

/** Jenkins fetches only the branch of the job, and removes nothing from the workspace. */
function checkOut() {
  const git = (...args) => execFileSync('git', ['-C', workspace, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(join(workspace, '.git'))) {
    git('init', '--quiet');
    git('remote', 'add', 'origin', absolute(options.origin));
  }

  git('fetch', '--quiet', '--force', 'origin', `+refs/heads/${options.branch}:refs/remotes/origin/${job}`);
  git('checkout', '--quiet', '--force', '--detach', `refs/remotes/origin/${job}`);
}

/** Answers as Jenkins does for the artifacts of a job's last successful build. */
const server = createServer((request, response) => {
  const [, name, file] = /^\/job\/([^/]+)\/lastSuccessfulBuild\/artifact\/(.+)$/.exec(normalize(decodeURI(request.url))) ?? [];
  const builds = name && join(jobs, name);
  const artifact = builds && existsSync(join(builds, 'last-successful'))
    && join(builds, 'builds', readFileSync(join(builds, 'last-successful'), 'utf8'), 'archive', file);
  response.writeHead(artifact && existsSync(artifact) ? 200 : 404);
  response.end(artifact && existsSync(artifact) ? readFileSync(artifact) : '');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

checkOut();
const jenkins = `http://127.0.0.1:${server.address().port}/`;
const inherited = [
  'HOME', 'DOTNET_ROOT', 'NUGET_PACKAGES', 'npm_config_cache', 'PERF_CACHE_FOLDER', 'PERF_LOCK_FOLDER', 'RunAnalyzers',
];
const replay = options.replay ? { REPLAYED_RESULTS: absolute(options.replay) } : {};
const programs = options.replay || options['skip-own-tests'] ? `${fileURLToPath(new URL('../replay', import.meta.url))}:` : '';
console.log(`===== build ${number} of ${job}`);
const result = await runBuild(readFileSync(join(workspace, 'Jenkinsfile'), 'utf8'), {
  folder,
  workspace,
  archive: join(folder, 'builds', String(number), 'archive'),
  params: pairs(options.param),
  causes: options.timer
    ? [{ type: 'hudson.triggers.TimerTrigger$TimerTriggerCause' }]
    : [{ type: 'hudson.model.Cause$UserIdCause', userId: 'a-person' }],
  env: {
    ...Object.fromEntries(inherited.filter((name) => process.env[name]).map((name) => [name, process.env[name]])),
    ...replay,
    PATH: `${programs}${process.env.PATH}`,
    BRANCH_NAME: job,
    BUILD_NUMBER: String(number),
    BUILD_URL: `${jenkins}job/${job}/${number}/`,
    CI: 'true',
    JENKINS_URL: jenkins,
    JOB_NAME: `perftests/${job}`,
    JOB_URL: `${jenkins}job/${job}/`,
    WORKSPACE: workspace,
    ...(options.change ? { CHANGE_ID: '5', CHANGE_BRANCH: options.branch, CHANGE_TARGET: 'main' } : {}),
    ...pairs(options.env),
  },
});
server.close();
server.closeAllConnections();
console.log(`build ${number} of ${job}: ${result}`);
if (result !== 'FAILURE') {
  writeFileSync(join(folder, 'last-successful'), String(number));
}

process.exitCode = { SUCCESS: 0, UNSTABLE: 4, FAILURE: 1 }[result];
