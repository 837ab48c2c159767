// Stands in for actions/checkout: fetches the revision of the event from the repository of the trial.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export function checkOut(inputs, run) {
  const git = (...args) => execFileSync('git', ['-C', run.workspace, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  mkdirSync(run.workspace, { recursive: true });
  if (!existsSync(join(run.workspace, '.git'))) {
    git('init', '--quiet');
    git('remote', 'add', 'origin', run.origin);
  }

  const depth = inputs['fetch-depth'] ?? '1';
  const branches = depth === '0' ? ['+refs/heads/*:refs/remotes/origin/*'] : ['--depth', depth];
  git('fetch', '--quiet', '--force', 'origin', ...branches, `+${run.github.ref}:refs/remotes/checked-out`);
  git('checkout', '--quiet', '--force', '--detach', run.github.sha);
  // GitHub starts with an empty folder. To be quick, the trial keeps the output of the compiler.
  git('clean', '-ffdxq', '-e', 'bin', '-e', 'obj', '-e', 'node_modules');
  console.log(`HEAD is now at ${run.github.sha}`);
  return {};
}
