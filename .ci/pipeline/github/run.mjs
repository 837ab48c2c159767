#!/usr/bin/env node
// Runs the GitHub workflow for one event, without GitHub. `node run.mjs --help` says how.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve as absolute } from 'node:path';
import { requireKnown } from './actions.mjs';
import { defaultBranch, describeEvent, repository, server, variablesOf } from './events.mjs';
import { isTrue, resolve, resolveAll } from './expressions.mjs';
import { runJob } from './job.mjs';
import { commonUsage, environmentOf, flag, list, pairsOf, readOptions, standInsOf, text } from '../options.mjs';
import { combinations, isStartedBy, readWorkflow } from './workflow.mjs';

const usage = `Usage: node run.mjs --event EVENT --branch BRANCH --origin FOLDER --folder FOLDER [option…]

Runs the jobs of the workflow of a branch one after another. Exit code 0: all jobs passed; 1: a job failed; 3: the event starts no job.

  --event NAME      pull_request, push, schedule or workflow_dispatch
  --branch BRANCH   branch of the event; of a pull request, the branch that is to be merged
  --folder FOLDER   what is kept between runs: caches, artifacts, comments, the workspace
  --api URL         address of GitHub's API
  --token TOKEN     the run's GITHUB_TOKEN
  --fork            the pull request comes from a fork${commonUsage}
  --input NAME=VALUE, --var NAME=VALUE   inputs of a dispatch; variables of the repository; may be repeated`;

const options = readOptions(usage, { event: text, api: text, token: text, fork: flag, input: list, var: list });
const folder = absolute(options.folder);
const origin = absolute(options.origin);
const workflow = await readWorkflow(join(origin, '.github/workflows/performance_regression.yml'));
workflow.jobs.forEach((job) => requireKnown(job.steps));

const event = describeEvent(options.event, { origin, branch: options.branch, inputs: pairsOf(options.input), isFork: options.fork });
if (!isStartedBy(workflow, options.event, event.branch)) {
  console.log(`The event ${options.event} of ${event.branch} starts no job.`);
  process.exit(3);
}

mkdirSync(folder, { recursive: true });
const counter = join(folder, 'runs');
const number = String(Number(readIfPresent(counter)) + 1);
writeFileSync(counter, number);
const workspace = join(folder, 'workspace');
const github = {
  ...event.github,
  actor: 'a-person',
  triggering_actor: 'a-person',
  api_url: options.api,
  server_url: server,
  repository,
  repository_owner: repository.split('/')[0],
  run_id: `10${number}`,
  run_number: number,
  run_attempt: '1',
  token: options.token,
  workflow: workflow.name,
  workspace,
};
const eventFile = join(folder, 'event.json');
writeFileSync(eventFile, JSON.stringify(github.event));
const inputs = inputsOf(workflow, options.event, pairsOf(options.input));
const summary = join(folder, 'summary.md');
rmSync(summary, { force: true });

let hasFailed = false;
const base = { github, inputs, vars: pairsOf(options.var), secrets: { GITHUB_TOKEN: options.token }, needs: {}, strategy: {} };
for (const job of workflow.jobs) {
  if (job.needs) {
    throw new Error(`The trial does not know jobs that need others, such as ${job.id}.`);
  }

  for (const matrix of combinations(job, base)) {
    const label = resolve(job['runs-on'], { ...base, matrix });
    const isHosted = /^(ubuntu|windows|macos)-/.test(label);
    console.log(`===== ${job.id} on ${label}, run ${number}: ${options.event} of ${options.branch}`);
    if (!isTrue(job.condition, base)) {
      console.log(`job ${job.id} on ${label}: skipped`);
      continue;
    }

    const status = runJob(job, matrix, base, {
      folder, origin, workspace, github, summary, defaultBranch,
      programs: standInsOf(options),
      workflowEnv: resolveAll(workflow.env, base),
      runner: { environment: isHosted ? 'github-hosted' : 'self-hosted', name: label, os: 'Linux', arch: 'X64', temp: folder },
      environment: {
        ...environmentOf(options),
        ...variablesOf(github, job.id, eventFile),
        RUNNER_ENVIRONMENT: isHosted ? 'github-hosted' : 'self-hosted',
        RUNNER_NAME: label,
        RUNNER_OS: 'Linux',
        RUNNER_TEMP: folder,
      },
    });
    console.log(`job ${job.id} on ${label}: ${status}`);
    hasFailed ||= status !== 'success';
  }
}

process.exit(hasFailed ? 1 : 0);

function readIfPresent(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '0';
  }
}

/** Inputs of a dispatch with their defaults. Another event has none. */
function inputsOf({ events }, event, given) {
  if (event !== 'workflow_dispatch') {
    return {};
  }

  const declared = events.workflow_dispatch.inputs ?? {};
  const unknown = Object.keys(given).filter((name) => !declared[name]);
  if (unknown.length > 0) {
    throw new Error(`The workflow has no input ${unknown.join(', ')}.`);
  }

  return Object.fromEntries(Object.entries(declared).map(([name, input]) => [name, given[name] ?? input.default ?? '']));
}
