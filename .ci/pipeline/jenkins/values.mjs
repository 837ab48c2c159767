// Values of arguments. An expression that the trial does not know is an error, never an empty text.
import { split, unescaped } from './reader.mjs';

const fault = (line, what) => new Error(`Line ${line} of the Jenkinsfile: the trial does not know ${what}`);

/** Value of an expression in a template: `env.NAME`, `params.NAME`, `NAME`, and the start and the causes of the build. */
function expressionOf(source, build, line) {
  const [, scope = 'env', name] = /^(?:(env|params)\.)?(\w+)$/.exec(source) ?? [];
  if (name) {
    return build[scope][name] ?? 'null';
  }

  if (source === 'currentBuild.startTimeInMillis') {
    return String(build.startTime);
  }

  const [, cause, rest] = /^currentBuild\.getBuildCauses\('([\w.$]+)'\)(.*)$/.exec(source) ?? [];
  const causes = build.causes.filter((one) => one.type === cause);
  switch (rest) {
    case '.size()': return String(causes.length);
    case "[0]?.userId ?: ''": return causes[0]?.userId ?? '';
    default: throw fault(line, `the expression ${source}`);
  }
}

/** Value of an argument: a text, a number, true or false, `env.NAME`, or a list of these. */
export function valueOf(tokens, build) {
  const [{ type, value, line }] = tokens;
  const words = tokens.map((token) => token.value).join('');
  if (tokens.length === 1 && type === 'text') {
    return value;
  }

  if (tokens.length === 1 && type === 'template') {
    return unescaped(value).replace(/\$\{((?:[^{}]|\{[^{}]*\})*)\}/g, (_, source) => expressionOf(source, build, line));
  }

  if (tokens.length === 1 && type === 'number') {
    return Number(value);
  }

  if (words === 'true' || words === 'false') {
    return words === 'true';
  }

  if (/^env\.\w+$/.test(words)) {
    return build.env[words.slice('env.'.length)];
  }

  if (value === '[') {
    return split(tokens.slice(1, -1), ',').map((part) => valueOf(part, build));
  }

  throw fault(line, words);
}

const conditions = {
  changeRequest: (_, build) => Boolean(build.env.CHANGE_ID),
  branch: ({ others: [name] }, build) => build.env.BRANCH_NAME === valueOf(name, build),
  expression: ({ block, line }, build) => {
    const [, not, name] = /^(!?)env\.(\w+)$/.exec(block.filter(({ type }) => type !== 'end').map(({ value }) => value).join('')) ?? [];
    if (!name) {
      throw fault(line, 'this expression; it knows env.NAME and !env.NAME');
    }

    return Boolean(build.env[name]) !== Boolean(not);
  },
};

/** True if all conditions of a `when` block hold. */
export function holds(statements, build, statementsOf) {
  return statements.every((one) => {
    const inner = () => statementsOf(one.block);
    switch (one.name) {
      case 'allOf': return holds(inner(), build, statementsOf);
      case 'anyOf': return inner().some((other) => holds([other], build, statementsOf));
      case 'not': return !holds(inner(), build, statementsOf);
      default:
        if (!Object.hasOwn(conditions, one.name)) {
          throw fault(one.line, `the condition ${one.name}`);
        }

        return conditions[one.name](one, build);
    }
  });
}
