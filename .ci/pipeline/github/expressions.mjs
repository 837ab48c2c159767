// Evaluates the expressions of a workflow by the packages of GitHub's language service.
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

const statusFunctions = {
  always: () => true,
  cancelled: () => false,
  failure: (status) => status === 'failure',
  success: (status) => status === 'success',
};

/** Evaluates an expression, the text between `${{` and `}}`. `contexts` has a property for each context that GitHub allows there. */
function evaluate(expression, contexts) {
  const status = contexts.job?.status ?? 'success';
  const functions = Object.entries(statusFunctions).map(([name, isTrue]) => ({
    name, description: name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(isTrue(status)),
  }));
  try {
    const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
    const values = JSON.parse(JSON.stringify(contexts), data.reviver);
    return new Evaluator(tree, values, new Map(functions.map((entry) => [entry.name, entry]))).evaluate();
  } catch (error) {
    throw new Error(`The expression '${expression}' cannot be evaluated: ${error.message}`, { cause: error });
  }
}

/** Tells whether a condition holds. The package for workflows has added success() where a condition names no status. */
export const isTrue = (condition, contexts) => evaluate(`!(${condition})`, contexts).coerceString() === 'false';

/** Returns the value of a text that is one expression, such as a list by fromJSON. All other texts and values stay as they are. */
export function valueOf(text, contexts) {
  const match = typeof text === 'string' && /^\$\{\{(.*)\}\}$/s.exec(text.trim());
  return match ? JSON.parse(JSON.stringify(evaluate(match[1].trim(), contexts), data.replacer)) : text;
}

/** Replaces every `${{ … }}` of a text by its value. Values that are no texts stay as they are. */
export function resolve(value, contexts) {
  if (typeof value !== 'string') {
    return value;
  }

  // A text in an expression stands between single quotes and may contain braces.
  return value.replace(/\$\{\{((?:'[^']*'|[^'])*?)\}\}/g, (_, expression) => evaluate(expression.trim(), contexts).coerceString());
}

/** Resolves each value of a mapping. */
export const resolveAll = (mapping, contexts) =>
  Object.fromEntries(Object.entries(mapping ?? {}).map(([key, value]) => [key, String(resolve(value, contexts) ?? '')]));
