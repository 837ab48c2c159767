// Arguments and environment variables that the runners of GitHub and Jenkins have in common.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const text = { type: 'string' };
export const flag = { type: 'boolean' };
export const list = { type: 'string', multiple: true, default: [] };

const common = { branch: text, origin: text, folder: text, replay: text, 'skip-own-tests': flag, help: flag };
export const commonUsage = `
  --origin FOLDER   repository
  --replay FOLDER   take the results of an earlier run from its folder results/MACHINE instead of building and measuring
  --skip-own-tests  leave the project's own tests out`;

/** Splits `NAME=VALUE`. */
const pairOf = (entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)];

/** Object of entries `NAME=VALUE`. */
export const pairsOf = (entries) => Object.fromEntries(entries.map(pairOf));

/** Reads the arguments. With --help, prints the usage and exits. */
export function readOptions(usage, own) {
  const { values } = parseArgs({ options: { ...common, ...own } });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }

  return values;
}

const inherited = ['HOME', 'DOTNET_ROOT', 'NUGET_PACKAGES', 'npm_config_cache', 'PERF_CACHE_FOLDER', 'PERF_LOCK_FOLDER', 'RunAnalyzers'];

/** Variables that the programs of a run inherit, and the results that they take. */
export const environmentOf = ({ replay }) => ({
  ...Object.fromEntries(inherited.filter((name) => process.env[name]).map((name) => [name, process.env[name]])),
  ...(replay ? { REPLAYED_RESULTS: resolve(replay) } : {}),
});

/** Folders of programs that stand in for others; they come first in PATH. */
export const standInsOf = (options) =>
  (options.replay || options['skip-own-tests'] ? [fileURLToPath(new URL('replay', import.meta.url))] : []);
