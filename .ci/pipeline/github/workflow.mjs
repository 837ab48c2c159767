// Reads a workflow, validates it by GitHub's schema and lists its jobs.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import './json-modules.mjs';
import { valueOf } from './expressions.mjs';

const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');

/** Reads the workflow. Throws with all faults that GitHub's schema finds. */
export async function readWorkflow(file) {
  const content = readFileSync(file, 'utf8');
  const { context, value } = parseWorkflow({ name: file, content }, new NoOperationTraceWriter());
  const template = value && await convertWorkflowTemplate(context, value);
  const faults = context.errors.getErrors().map((error) => error.message);
  if (faults.length > 0) {
    throw new Error(`${file} is no valid workflow:\n${faults.join('\n')}`);
  }

  const source = parse(content);
  const jobs = template.jobs.map((job) => ({
    ...source.jobs[job.id.value],
    id: job.id.value,
    condition: job.if.expression,
    steps: source.jobs[job.id.value].steps.map((step, index) => ({ ...step, condition: job.steps[index].if.expression })),
  }));
  return { ...source, events: template.events, jobs };
}

/** Tells whether an event starts the workflow. Branches are compared as they are written; patterns are refused. */
export function isStartedBy(workflow, event, branch) {
  const { [event]: filter } = workflow.events;
  if (filter === undefined) {
    return false;
  }

  const branches = filter.branches ?? [branch];
  const unknown = Object.keys(filter).filter((key) => key !== 'branches' && ['push', 'pull_request'].includes(event));
  if (unknown.length > 0 || branches.some((name) => /[*?+![\]]/.test(name))) {
    throw new Error(`The trial knows only names of branches as the filter of ${event}, not ${[...unknown, ...branches].join(', ')}.`);
  }

  return branches.includes(branch);
}

/** Lists the combinations of a matrix; one empty combination for a job without a matrix. */
export function combinations(job, contexts) {
  let all = [{}];
  for (const [name, text] of Object.entries(job.strategy?.matrix ?? {})) {
    const values = valueOf(text, contexts);
    if (!Array.isArray(values) || name === 'include' || name === 'exclude') {
      throw new Error(`The trial knows only lists in a matrix, not ${name} of the job ${job.id}.`);
    }

    all = all.flatMap((combination) => values.map((value) => ({ ...combination, [name]: value })));
  }

  return all;
}
