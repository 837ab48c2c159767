// Reads a declarative Jenkinsfile: as much of Groovy's syntax as a declarative pipeline needs.

const patterns = [
  ['space', /[ \t\r]+|\/\/[^\n]*|\/\*[^]*?\*\//y],
  ['end', /[\n;]/y],
  ['text', /'''((?:\\[^]|(?!''')[^\\])*)'''|'((?:\\[^]|[^\\'\n])*)'/y],
  ['template', /"((?:\\[^]|\$\{[^}]*\{[^}]*\}[^}]*\}|\$\{[^}]*\}|[^\\"\n])*)"/y],
  ['number', /\d+/y],
  ['name', /[A-Za-z_]\w*/y],
  ['sign', /==|!=|&&|\|\||\?:|\?\.|[{}()[\],:.=!?<>+*-]/y],
];
const escapes = { n: '\n', t: '\t' };
export const unescaped = (text) => text.replace(/\\([^])/g, (_, character) => escapes[character] ?? character);

/** Splits a text into tokens of type name, text, template, number, sign or end. A template keeps its escapes and expressions. */
export function tokensOf(source) {
  const tokens = [];
  for (let at = 0; at < source.length;) {
    const found = patterns.map(([type, pattern]) => {
      pattern.lastIndex = at;
      return { type, match: pattern.exec(source) };
    }).find(({ match }) => match);
    if (!found) {
      const rest = JSON.stringify(source.slice(at, at + 20));
      throw new Error(`Line ${source.slice(0, at).split('\n').length} of the Jenkinsfile: the trial cannot read ${rest}`);
    }

    const { type, match } = found;
    const value = type === 'text' ? unescaped(match[1] ?? match[2]) : type === 'template' ? match[1] : match[0];
    if (type !== 'space') {
      tokens.push({ type, value, line: source.slice(0, at).split('\n').length });
    }

    at += match[0].length;
  }

  return tokens;
}

const closing = { '{': '}', '(': ')', '[': ']' };
const isSign = (token, value) => token?.type === 'sign' && token.value === value;

/** Index of the token that closes the bracket at `start`. */
function closeOf(tokens, start) {
  for (let i = start + 1; i < tokens.length; i++) {
    if (tokens[i].type === 'sign' && closing[tokens[i].value]) {
      i = closeOf(tokens, i);
    } else if (isSign(tokens[i], closing[tokens[start].value])) {
      return i;
    }
  }

  throw new Error(`Line ${tokens[start].line} of the Jenkinsfile: ${tokens[start].value} is never closed`);
}

/** Splits tokens at a sign that is outside all brackets. */
export function split(tokens, sign) {
  const parts = [[]];
  for (let i = 0; i < tokens.length; i++) {
    if (isSign(tokens[i], sign)) {
      parts.push([]);
    } else if (tokens[i].type === 'sign' && closing[tokens[i].value]) {
      const end = closeOf(tokens, i);
      parts.at(-1).push(...tokens.slice(i, end + 1));
      i = end;
    } else if (tokens[i].type !== 'end') {
      parts.at(-1).push(tokens[i]);
    }
  }

  return parts.filter((part) => part.length > 0);
}

/** Arguments as tokens: those with a name, and the others in their order. */
function argumentsOf(tokens) {
  const named = {};
  const others = [];
  for (const part of split(tokens, ',')) {
    if (part[0].type === 'name' && isSign(part[1], ':')) {
      named[part[0].value] = part.slice(2);
    } else {
      others.push(part);
    }
  }

  return { named, others };
}

/**
 * Statements of a block: `name`, `name arguments`, `name(arguments)`, each with or without a block, and `NAME = value`. The tokens of
 * arguments, values and blocks are not read further here.
 */
export function statementsOf(tokens) {
  const statements = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i].type === 'end') {
      continue;
    }

    const { type, value: name, line } = tokens[i];
    if (type !== 'name') {
      throw new Error(`Line ${line} of the Jenkinsfile: the trial expects a name and finds ${name}`);
    }

    const statement = { name, line, named: {}, others: [] };
    const start = ++i;
    while (i < tokens.length && (tokens[i].type !== 'end' || isSign(tokens[i - 1], ',')) && !isSign(tokens[i], '{')) {
      i = tokens[i].type === 'sign' && closing[tokens[i].value] ? closeOf(tokens, i) + 1 : i + 1;
    }

    const head = tokens.slice(start, i);
    if (isSign(head[0], '=')) {
      statement.value = head.slice(1);
    } else {
      const isCall = isSign(head[0], '(') && closeOf(head, 0) === head.length - 1;
      Object.assign(statement, argumentsOf(isCall ? head.slice(1, -1) : head));
    }

    if (isSign(tokens[i], '{')) {
      const end = closeOf(tokens, i);
      statement.block = tokens.slice(i + 1, end);
      i = end;
    }

    statements.push(statement);
  }

  return statements;
}

/** The pipeline of a Jenkinsfile as statements. */
export function readPipeline(source) {
  const [pipeline, ...rest] = statementsOf(tokensOf(source));
  if (pipeline?.name !== 'pipeline' || !pipeline.block || rest.length > 0) {
    throw new Error('The trial reads a Jenkinsfile that has one declarative pipeline and nothing else.');
  }

  return statementsOf(pipeline.block);
}
