#!/usr/bin/env node
// Runs a build of the Jenkinsfile, without Jenkins. `node run.mjs --help` says how.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize, resolve as absolute } from 'node:path';
import { runBuild } from './build.mjs';
import { commonUsage, environmentOf, flag, list, pairsOf, readOptions, standInsOf } from '../options.mjs';

const usage = `Usage: node run.mjs --branch BRANCH --origin FOLDER --folder FOLDER [option…]

Runs a build of a branch. Each agent has a workspace for the job, which stays between builds. Exit code 0: the build succeeded;
1: it failed; 4: it is unstable, because tests failed.

  --branch BRANCH   branch to build
  --change          the branch is that of a pull request to main
  --folder FOLDER   what is kept between builds: workspaces and archived artifacts
  --timer           the timer starts the build; else a-person does${commonUsage}
  --param NAME=VALUE, --env NAME=VALUE   parameters of the build; variables of the agent; may be repeated`;

const options = readOptions(usage, { change: flag, timer: flag, param: list, env: list });
const origin = absolute(options.origin);
const jobs = join(absolute(options.folder), 'jobs');
const job = options.change ? 'PR-5' : options.branch;
const folder = join(jobs, job);
const lastBuild = (name) => Number(existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : 0);
const number = lastBuild('last') + 1;
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'last'), String(number));

/**
 * Checks the branch out in the workspace of the job on the agent of a label, and returns the workspace. Jenkins fetches only the branch
 * of the job, and removes nothing from the workspace.
 */
function checkOut(label) {
  const workspace = join(folder, 'workspace', label);
  mkdirSync(workspace, { recursive: true });
  const git = (...args) => execFileSync('git', ['-C', workspace, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(join(workspace, '.git'))) {
    git('init', '--quiet');
    git('remote', 'add', 'origin', origin);
  }

  git('fetch', '--quiet', '--force', 'origin', `+refs/heads/${options.branch}:refs/remotes/origin/${job}`);
  git('checkout', '--quiet', '--force', '--detach', `refs/remotes/origin/${job}`);
  return workspace;
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

const jenkins = `http://127.0.0.1:${server.address().port}/`;
const source = execFileSync('git', ['-C', origin, 'show', `${options.branch}:Jenkinsfile`], { encoding: 'utf8' });
console.log(`===== build ${number} of ${job}`);
const result = await runBuild(source, {
  folder,
  checkOut,
  startTime: Date.now(),
  archive: join(folder, 'builds', String(number), 'archive'),
  params: pairsOf(options.param),
  causes: options.timer
    ? [{ type: 'hudson.triggers.TimerTrigger$TimerTriggerCause' }]
    : [{ type: 'hudson.model.Cause$UserIdCause', userId: 'a-person' }],
  env: {
    ...environmentOf(options),
    PATH: [...standInsOf(options), process.env.PATH].join(':'),
    BRANCH_NAME: job,
    BUILD_NUMBER: String(number),
    BUILD_URL: `${jenkins}job/${job}/${number}/`,
    CI: 'true',
    JENKINS_URL: jenkins,
    JOB_NAME: `perftests/${job}`,
    JOB_URL: `${jenkins}job/${job}/`,
    ...(options.change ? { CHANGE_ID: '5', CHANGE_BRANCH: options.branch, CHANGE_TARGET: 'main' } : {}),
    ...pairsOf(options.env),
  },
});
server.close();
server.closeAllConnections();
console.log(`build ${number} of ${job}: ${result}`);
if (result !== 'FAILURE') {
  writeFileSync(join(folder, 'last-successful'), String(number));
}

process.exitCode = { SUCCESS: 0, UNSTABLE: 4, FAILURE: 1 }[result];
