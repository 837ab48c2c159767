// Runs one build of a declarative pipeline.
import { readPipeline, statementsOf } from './reader.mjs';
import { StepFailed, requireKnownSteps, runSteps } from './steps.mjs';
import { holds, valueOf } from './values.mjs';

const ignored = ['agent', 'options', 'triggers'];
const ofPipeline = [...ignored, 'environment', 'parameters', 'stages', 'post'];
const ofStage = ['when', 'environment', 'steps', 'post'];

const partsOf = (statements, known) => {
  const unknown = statements.find(({ name }) => !known.includes(name));
  if (unknown) {
    throw new Error(`Line ${unknown.line} of the Jenkinsfile: the trial does not know ${unknown.name} here`);
  }

  return Object.fromEntries(statements.map(({ name, block }) => [name, block]));
};

const environmentOf = (block, build) =>
  Object.fromEntries(statementsOf(block ?? []).map(({ name, value }) => [name, valueOf(value, build)]));

/** Values of the parameters: the given ones, and the defaults of the rest. */
function parametersOf(block, given) {
  const declared = statementsOf(block ?? []).map(({ named: { name, defaultValue } }) => [valueOf(name), valueOf(defaultValue)]);
  const unknown = Object.keys(given).filter((name) => !declared.some(([known]) => known === name));
  if (unknown.length > 0) {
    throw new Error(`The Jenkinsfile has no parameter ${unknown.join(', ')}.`);
  }

  return { ...Object.fromEntries(declared), ...given };
}

/** Runs a block, and returns whether it succeeded. */
async function succeeds(block, build) {
  try {
    await runSteps(block ?? [], build);
    return true;
  } catch (error) {
    if (!(error instanceof StepFailed)) {
      throw error;
    }

    console.log(`failed: ${error.message}`);
    return false;
  }
}

const alwaysOf = (post) => partsOf(statementsOf(post ?? []), ['always']).always;

function stagesOf(block) {
  return statementsOf(block).map((stage) => ({ name: valueOf(stage.others[0]), ...partsOf(statementsOf(stage.block), ofStage) }));
}

/**
 * Runs a build and returns SUCCESS, UNSTABLE or FAILURE.
 * @param source text of the Jenkinsfile
 * @param build env, causes and params of the build, and its folders: workspace, archive, folder
 */
export async function runBuild(source, build) {
  const pipeline = partsOf(readPipeline(source), ofPipeline);
  const stages = stagesOf(pipeline.stages);
  const blocks = [...stages.flatMap(({ steps, post }) => [steps, alwaysOf(post)]), alwaysOf(pipeline.post)];
  blocks.filter(Boolean).forEach(requireKnownSteps);

  const params = parametersOf(pipeline.parameters, build.params);
  const start = { ...build, params, result: { isUnstable: false }, env: { ...build.env, ...params } };
  Object.assign(start.env, environmentOf(pipeline.environment, start));
  let isGood = true;
  for (const stage of stages) {
    const here = { ...start, env: { ...start.env } };
    Object.assign(here.env, environmentOf(stage.environment, here));
    if (!isGood || (stage.when && !holds(statementsOf(stage.when), here, statementsOf))) {
      console.log(`stage ${stage.name}: skipped`);
      continue;
    }

    console.log(`stage ${stage.name}`);
    isGood = await succeeds(stage.steps, here);
    isGood = await succeeds(alwaysOf(stage.post), here) && isGood;
  }

  console.log('post');
  isGood = await succeeds(alwaysOf(pipeline.post), start) && isGood;
  return !isGood ? 'FAILURE' : start.result.isUnstable ? 'UNSTABLE' : 'SUCCESS';
}
