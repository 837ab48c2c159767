// Runs the steps of one job as a runner does.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useAction } from './actions.mjs';
import { isTrue, resolve, resolveAll, valueOf } from './expressions.mjs';

// GitHub's runner calls bash with these arguments. It sets pipefail only if the workflow names a shell.
const shells = { '': ['-e'], bash: ['--noprofile', '--norc', '-e', '-o', 'pipefail'] };

/** Reads `NAME=VALUE` lines, and values of several lines between `NAME<<MARK` and `MARK`. */
export function readFileCommands(text) {
  const values = {};
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const block = /^([^=]+?)<<(.+)$/.exec(lines[i]);
    if (block) {
      const end = lines.indexOf(block[2], i + 1);
      if (end < 0) {
        throw new Error(`A value has no end: ${lines[i]}`);
      }

      values[block[1]] = lines.slice(i + 1, end).join('\n');
      i = end;
    } else if (lines[i] !== '') {
      const at = lines[i].indexOf('=');
      if (at <= 0) {
        throw new Error(`A line of GITHUB_ENV or GITHUB_OUTPUT is no NAME=VALUE: ${lines[i]}`);
      }

      values[lines[i].slice(0, at)] = lines[i].slice(at + 1);
    }
  }

  return values;
}

/** Runs the script of a step; returns its exit code and the outputs that it wrote. */
function runScript(step, contexts, run, files) {
  const shell = shells[step.shell ?? ''];
  if (!shell) {
    throw new Error(`The trial does not know the shell ${step.shell}.`);
  }

  for (const name of ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY']) {
    writeFileSync(files[name], '');
  }

  writeFileSync(files.script, resolve(step.run, contexts));
  const env = { ...run.environment, ...contexts.env, ...files.paths, PATH: [...files.path, process.env.PATH].join(':') };
  const stdio = ['ignore', 'inherit', 'inherit'];
  const { status, signal } = spawnSync('bash', [...shell, files.script], { cwd: run.workspace, env, stdio });
  files.added = { ...files.added, ...readFileCommands(readFileSync(files.GITHUB_ENV, 'utf8')) };
  files.path.unshift(...readFileSync(files.GITHUB_PATH, 'utf8').split('\n').filter(Boolean));
  appendFileSync(files.summary, readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'));
  const outputs = readFileCommands(readFileSync(files.GITHUB_OUTPUT, 'utf8'));
  return { isGood: status === 0, detail: signal ?? `exit code ${status}`, outputs };
}

function commandFiles(run) {
  const folder = join(run.folder, 'commands');
  mkdirSync(folder, { recursive: true });
  const paths = Object.fromEntries(['ENV', 'OUTPUT', 'PATH', 'STEP_SUMMARY'].map((name) => [`GITHUB_${name}`, join(folder, name)]));
  return { ...paths, paths, script: join(folder, 'script.sh'), summary: run.summary, added: {}, path: [...run.programs] };
}

/** Runs one job; returns `success` or `failure`. Prints a line `step NAME: OUTCOME` for each step. */
export function runJob(job, matrix, base, run) {
  const files = commandFiles(run);
  const places = { ...base, matrix };
  const jobEnv = resolveAll({ ...run.workflowEnv, ...job.env }, places);
  const contexts = { ...places, job: { status: 'success' }, runner: run.runner, steps: {}, env: jobEnv };
  for (const [index, step] of job.steps.entries()) {
    contexts.env = { ...jobEnv, ...files.added };
    contexts.env = { ...contexts.env, ...resolveAll(step.env, contexts) };
    const name = resolve(step.name, contexts) ?? (step.uses ? step.uses.split('@')[0] : `run ${index + 1}`);
    if (!isTrue(step.condition, contexts)) {
      console.log(`step ${name}: skipped`);
      continue;
    }

    console.log(`----- ${name}`);
    const start = Date.now();
    let result;
    try {
      result = step.uses
        ? { isGood: true, outputs: useAction(step.uses, resolveAll(step.with, contexts), run) }
        : runScript(step, contexts, run, files);
    } catch (error) {
      result = { isGood: false, detail: error.message, outputs: {} };
    }

    console.log(`time of ${name}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
    const isTolerated = !result.isGood && String(valueOf(step['continue-on-error'], contexts) ?? false) === 'true';
    console.log(`step ${name}: ${result.isGood ? 'success' : `failure (${result.detail})${isTolerated ? ', tolerated' : ''}`}`);
    const outcome = result.isGood ? 'success' : 'failure';
    if (step.id) {
      contexts.steps[step.id] = { outputs: result.outputs, outcome, conclusion: isTolerated ? 'success' : outcome };
    }

    if (!result.isGood && !isTolerated) {
      contexts.job.status = 'failure';
    }
  }

  return contexts.job.status;
}
