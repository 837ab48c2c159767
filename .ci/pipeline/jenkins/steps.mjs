// The steps that the trial knows. A step returns nothing, and throws if it fails.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { statementsOf } from './reader.mjs';
import { valueOf } from './values.mjs';
import { pairsOf } from '../options.mjs';

export class StepFailed extends Error {}

/** Files of the workspace that a pattern matches: `**` matches folders too, `*` does not. */
function filesOf(workspace, pattern) {
  const parts = pattern.split('**').map((part) => part.replace(/[.+]/g, '\\$&').replaceAll('*', '[^/]*'));
  const expression = new RegExp(`^${parts.join('.*')}$`);
  const top = pattern.split('/')[0];
  return existsSync(join(workspace, top))
    ? readdirSync(join(workspace, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(workspace.length + 1))
      .filter((name) => expression.test(name))
    : [];
}

/** Jenkins runs `sh -xe`. The trial leaves -x out, so that its log stays short. */
async function sh(script, build) {
  const file = join(build.folder, 'script.sh');
  writeFileSync(file, script);
  const child = spawn('sh', ['-e', file], { cwd: build.workspace, env: build.env, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise((resolve) => child.on('close', resolve));
  rmSync(file);
  if (code !== 0) {
    throw new StepFailed(`script returned exit code ${code}`);
  }
}

function archive({ artifacts, allowEmptyArchive }, build) {
  const files = filesOf(build.workspace, artifacts);
  console.log(`archived ${artifacts}: ${files.length} files`);
  if (files.length === 0 && !allowEmptyArchive) {
    throw new StepFailed(`no artifacts match ${artifacts}`);
  }

  for (const file of files) {
    const copy = join(build.archive, file);
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(build.workspace, file), copy);
  }
}

/** Failed tests make a build unstable. */
function junit({ testResults, allowEmptyResults }, build) {
  const files = filesOf(build.workspace, testResults);
  const text = files.map((file) => readFileSync(join(build.workspace, file), 'utf8')).join('');
  const [tests, failures] = [/<testcase /g, /<failure/g].map((pattern) => (text.match(pattern) ?? []).length);
  console.log(`junit ${testResults}: ${tests} tests, ${failures} failures`);
  if (tests === 0 && !allowEmptyResults) {
    throw new StepFailed(`no test reports match ${testResults}`);
  }

  build.result.isUnstable ||= failures > 0;
}

const named = (step, build) =>
  Object.fromEntries(Object.entries(step.named).map(([name, tokens]) => [name, valueOf(tokens, build)]));

const known = {
  sh: (step, build) => sh(valueOf(step.others[0] ?? step.named.script, build), build),
  junit: (step, build) => junit(named(step, build), build),
  archiveArtifacts: (step, build) => archive(named(step, build), build),
  withEnv: (step, build) => {
    const pairs = pairsOf(valueOf(step.others[0], build));
    return runSteps(step.block, { ...build, env: { ...build.env, ...pairs } });
  },
  // The trial has no credentials. It shows only which scripts would get some.
  withCredentials: (step, build) => runSteps(step.block, { ...build, env: { ...build.env, GIT_ASKPASS: 'credentials-of-the-trial' } }),
};

/** Throws if a block has a step that the trial does not know, whether or not the step would run. */
export function requireKnownSteps(block) {
  for (const step of statementsOf(block)) {
    if (!Object.hasOwn(known, step.name)) {
      throw new Error(`Line ${step.line} of the Jenkinsfile: the trial does not know the step ${step.name}`);
    }

    if (step.block) {
      requireKnownSteps(step.block);
    }
  }
}

/** Runs the steps of a block one after another, until one fails. */
export async function runSteps(block, build) {
  for (const step of statementsOf(block)) {
    if (!build.workspace) {
      throw new Error(`Line ${step.line} of the Jenkinsfile: the step ${step.name} needs an agent`);
    }

    console.log(`step ${step.name}, line ${step.line}`);
    const start = Date.now();
    await known[step.name](step, build);
    console.log(`time of step ${step.name}, line ${step.line}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
  }
}
