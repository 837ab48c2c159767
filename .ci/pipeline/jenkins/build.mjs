// Runs one build of a declarative pipeline.
import { readPipeline, statementsOf } from './reader.mjs';
import { StepFailed, requireKnownSteps, runSteps } from './steps.mjs';
import { holds, valueOf } from './values.mjs';

const ofPipeline = ['agent', 'options', 'triggers', 'environment', 'parameters', 'stages', 'post'];
const knownOptions = ['disableConcurrentBuilds', 'buildDiscarder', 'timeout'];
const ofStage = ['when', 'environment', 'steps', 'matrix', 'post'];
const ofMatrix = ['agent', 'axes', 'stages', 'post'];

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

/**
 * Variables that the options of a pipeline add. Jenkins refuses an option that neither it nor an installed plugin knows. The option
 * withFolderProperties belongs to the plugin Folder Properties, which is installed if the build has folder properties.
 */
function variablesOfOptions(block, { folderProperties }) {
  const options = statementsOf(block ?? []);
  const known = folderProperties ? [...knownOptions, 'withFolderProperties'] : knownOptions;
  partsOf(options, known);
  return options.some(({ name }) => name === 'withFolderProperties') ? folderProperties : {};
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

const stagesOf = (block) => statementsOf(block).map((stage) => {
  const parts = partsOf(statementsOf(stage.block), ofStage);
  return { name: valueOf(stage.others[0]), ...parts, matrix: parts.matrix && matrixOf(parts.matrix) };
});

function matrixOf(block) {
  const { axes, stages, ...parts } = partsOf(statementsOf(block), ofMatrix);
  const [axis, ...others] = statementsOf(axes);
  if (others.length > 0) {
    throw new Error(`Line ${others[0].line} of the Jenkinsfile: the trial knows a matrix of one axis only`);
  }

  const texts = Object.fromEntries(statementsOf(axis.block).map((one) => [one.name, one.others.map((text) => valueOf(text))]));
  return { ...parts, name: texts.name[0], values: texts.values, stages: stagesOf(stages) };
}

/** All blocks of steps in a pipeline, a stage or a matrix. */
const blocksOf = ({ steps, stages = [], matrix, post }) =>
  [steps, alwaysOf(post), ...stages.flatMap(blocksOf), ...(matrix ? blocksOf(matrix) : [])].filter(Boolean);

/** The build on an agent: with its workspace. Without an agent (`none`), the build has no workspace, and no step can run. */
function onAgent(agent, build) {
  if (!agent) {
    return build;
  }

  const { label } = Object.fromEntries(statementsOf(agent).map((one) => [one.name, one]));
  const workspace = build.checkOut(valueOf(label.others[0], build));
  return { ...build, workspace, env: { ...build.env, WORKSPACE: workspace } };
}

/** Runs stages one after another, until one fails. Returns whether all succeeded. */
async function stagesSucceed(stages, build) {
  let isGood = true;
  for (const stage of stages) {
    const here = { ...build, env: { ...build.env } };
    Object.assign(here.env, environmentOf(stage.environment, here));
    if (!isGood || (stage.when && !holds(statementsOf(stage.when), here, statementsOf))) {
      console.log(`stage ${stage.name}: skipped`);
      continue;
    }

    console.log(`stage ${stage.name}`);
    isGood = stage.matrix ? await matrixSucceeds(stage.matrix, here) : await succeeds(stage.steps, here);
    isGood = await succeeds(alwaysOf(stage.post), here) && isGood;
  }

  return isGood;
}

/** Runs all cells of a matrix one after another. Jenkins runs them at the same time. Returns whether all succeeded. */
async function matrixSucceeds({ agent, name, values, stages, post }, build) {
  let isGood = true;
  for (const value of values) {
    console.log(`cell ${name}=${value}`);
    const cell = onAgent(agent, { ...build, env: { ...build.env, [name]: value } });
    isGood = await stagesSucceed(stages, cell) && isGood;
    console.log('post');
    isGood = await succeeds(alwaysOf(post), cell) && isGood;
  }

  return isGood;
}

/**
 * Runs a build and returns SUCCESS, UNSTABLE or FAILURE.
 * @param source text of the Jenkinsfile
 * @param build env, causes, params and startTime of the build, its folders archive and folder, and checkOut(label), which returns the
 *   workspace on the agent of a label; folderProperties if the plugin Folder Properties is installed
 */
export async function runBuild(source, build) {
  const pipeline = partsOf(readPipeline(source), ofPipeline);
  const stages = stagesOf(pipeline.stages);
  blocksOf({ stages, post: pipeline.post }).forEach(requireKnownSteps);

  const params = parametersOf(pipeline.parameters, build.params);
  const env = { ...build.env, ...params, ...variablesOfOptions(pipeline.options, build) };
  const start = onAgent(pipeline.agent, { ...build, params, result: { isUnstable: false }, env });
  Object.assign(start.env, environmentOf(pipeline.environment, start));
  const isGood = await stagesSucceed(stages, start);
  console.log('post');
  const isPostGood = await succeeds(alwaysOf(pipeline.post), start);
  return !isGood || !isPostGood ? 'FAILURE' : start.result.isUnstable ? 'UNSTABLE' : 'SUCCESS';
}
