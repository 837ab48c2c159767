// Stands in for actions/cache/restore and actions/cache/save: caches lie in a folder, one folder for each branch.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const lines = (text) => (text ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
const folderOf = (run, ref) => join(run.folder, 'caches', encodeURIComponent(ref));
// A cache is found only by a step that lists the same paths.
const nameOf = (key, paths) => `${encodeURIComponent(key)}.${createHash('sha256').update(paths.join('\n')).digest('hex').slice(0, 8)}.tar`;

export function saveCache(inputs, run) {
  const paths = lines(inputs.path);
  const folder = folderOf(run, run.github.ref);
  const file = join(folder, nameOf(inputs.key, paths));
  const present = paths.filter((path) => existsSync(join(run.workspace, path)));
  if (present.length === 0 || existsSync(file)) {
    console.log(`Warning: the cache ${inputs.key} is not saved: ${present.length === 0 ? 'no path exists' : 'the key exists'}`);
    return {};
  }

  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-cf', file, ...present], { cwd: run.workspace });
  console.log(`Cache saved with key: ${inputs.key}`);
  return {};
}

export function restoreCache(inputs, run) {
  const paths = lines(inputs.path);
  const suffix = nameOf('', paths);
  // A run finds caches of its own branch, of the branch that its pull request goes to, and of the default branch.
  const branches = [run.github.base_ref, run.defaultBranch].filter(Boolean).map((branch) => `refs/heads/${branch}`);
  for (const ref of new Set([run.github.ref, ...branches])) {
    const folder = folderOf(run, ref);
    const saved = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(suffix)) : [];
    const age = (name) => statSync(join(folder, name)).mtimeMs;
    const newestFirst = saved.sort((a, b) => age(b) - age(a)).map((name) => decodeURIComponent(name.slice(0, -suffix.length)));
    for (const prefix of [inputs.key, ...lines(inputs['restore-keys'])]) {
      const key = newestFirst.find((name) => name === prefix) ?? newestFirst.find((name) => name.startsWith(prefix));
      if (key !== undefined) {
        execFileSync('tar', ['-xf', join(folder, nameOf(key, paths))], { cwd: run.workspace });
        console.log(`Cache restored from key: ${key}`);
        return { 'cache-hit': String(key === inputs.key), 'cache-primary-key': inputs.key, 'cache-matched-key': key };
      }
    }
  }

  console.log(`Cache not found for input keys: ${[inputs.key, ...lines(inputs['restore-keys'])].join(', ')}`);
  return { 'cache-primary-key': inputs.key };
}
