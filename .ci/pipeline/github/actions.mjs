// Stand-ins for the actions that the trial knows. They do the work of the actions on this machine.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { uploadArtifact } from './artifact.mjs';
import { restoreCache, saveCache } from './cache.mjs';
import { checkOut } from './checkout.mjs';

const cacheInputs = ['path', 'key'];

const known = {
  'actions/checkout': { inputs: ['fetch-depth', 'persist-credentials'], run: checkOut },
  'actions/setup-dotnet': { inputs: ['global-json-file'], run: requireFile },
  'actions/setup-node': { inputs: ['node-version', 'package-manager-cache'], run: () => ({}) },
  'actions/cache/restore': { inputs: [...cacheInputs, 'restore-keys'], needs: cacheInputs, run: restoreCache },
  'actions/cache/save': { inputs: cacheInputs, needs: cacheInputs, run: saveCache },
  'actions/upload-artifact': {
    inputs: ['name', 'path', 'retention-days', 'if-no-files-found'],
    needs: ['name', 'path'],
    run: uploadArtifact,
  },
};

function requireFile(inputs, run) {
  const file = join(run.workspace, inputs['global-json-file'] ?? '');
  if (!existsSync(file)) {
    throw new Error(`setup-dotnet: ${file} does not exist.`);
  }

  console.log(`The SDK that is installed stands in for ${JSON.parse(readFileSync(file, 'utf8')).sdk.version}`);
  return {};
}

/** Throws if the trial has no stand-in for an action, whether or not the step would run. */
export function requireKnown(steps) {
  const unknown = steps.filter((step) => step.uses && !known[step.uses.split('@')[0]]).map((step) => step.uses);
  if (unknown.length > 0) {
    throw new Error(`The trial does not know ${unknown.join(', ')}; add a stand-in to .ci/pipeline/github/actions.mjs.`);
  }
}

/** Runs the stand-in of an action and returns the outputs of the step. */
export function useAction(uses, inputs, run) {
  const action = uses.split('@')[0];
  const { [action]: standIn } = known;
  const unknown = Object.keys(inputs).filter((name) => !standIn.inputs.includes(name))
    .map((name) => `the trial does not know the input ${name}`);
  const missing = (standIn.needs ?? []).filter((name) => !inputs[name]).map((name) => `the input ${name} is missing`);
  if (unknown.length + missing.length > 0) {
    throw new Error(`${action}: ${[...unknown, ...missing].join('; ')}.`);
  }

  return standIn.run(inputs, run);
}
