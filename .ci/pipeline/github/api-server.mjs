// Answers on 127.0.0.1 as GitHub's API does for comments and artifacts. As a program (`node api-server.mjs STATE.json [ARTIFACTS]`) it
// prints its address, and writes its comments into STATE.json whenever they change.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, relative } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';

export const writeToken = 'a-token-that-writes';
export const readToken = 'a-token-that-reads';
export const bot = { login: 'github-actions[bot]', type: 'Bot' };
const largestBody = 65_536;
const hidden = { message: 'Resource not accessible by integration' };

/** Starts the server. `interfere(request)` may return another answer, `{ status, headers }`, or change `comments` before the answer. */
export async function start({ comments = [], artifacts, interfere = () => undefined, changed = () => undefined } = {}) {
  const state = { comments: [...comments], requests: [], nextId: 1000 };
  let api = '';
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answerTo(request, Buffer.concat(chunks).toString('utf8'));
      response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
      response.end(answer.bytes ?? (answer.value === undefined ? '' : JSON.stringify(answer.value)));
    });
  });

  function answerTo(request, text) {
    const url = new URL(request.url, 'http://localhost');
    const token = request.headers.authorization?.replace(/^Bearer /, '');
    state.requests.push({ method: request.method, path: url.pathname, query: url.search });
    const instead = interfere({ method: request.method, path: url.pathname, count: state.requests.length, state });
    if (instead) {
      return { value: { message: 'trial' }, ...instead };
    }

    if (token !== writeToken && token !== readToken) {
      return { status: 401, value: { message: 'Bad credentials' } };
    }

    const page = (items) => pageOf(items, url, api);
    const [, list, id] = /^\/repos\/[^/]+\/[^/]+\/issues\/(?:(\d+)\/comments|comments\/(\d+))$/.exec(url.pathname) ?? [];
    if (request.method === 'GET' && list) {
      return page(state.comments);
    }

    if (request.method === 'GET' && /^\/repos\/[^/]+\/[^/]+$/.test(url.pathname)) {
      return { status: 200, value: { default_branch: 'main' } };
    }

    if (request.method === 'GET' && /\/actions\/artifacts$/.test(url.pathname)) {
      const { value, ...rest } = page(listArtifacts(artifacts, url.searchParams.get('name'), api));
      return { ...rest, value: { total_count: value.length, artifacts: value } };
    }

    const zip = /\/actions\/artifacts\/(\d+)-([^/]+)\/zip$/.exec(url.pathname);
    if (request.method === 'GET' && zip) {
      return { status: 200, headers: { 'Content-Type': 'application/zip' }, bytes: zipOf(join(artifacts, zip[1], zip[2])) };
    }

    if (!list && !id) {
      return { status: 404, value: { message: 'Not Found' } };
    }

    return write(request.method, id, text ? JSON.parse(text).body : '', token);
  }

  function write(method, id, body, token) {
    if (token !== writeToken) {
      return { status: 403, value: hidden };
    }

    if (body.length > largestBody) {
      return { status: 422, value: { message: 'Validation Failed', errors: ['body is too long (maximum is 65536 characters)'] } };
    }

    let comment = state.comments.find((candidate) => String(candidate.id) === id);
    if (id && !comment) {
      return { status: 404, value: { message: 'Not Found' } };
    }

    if (method === 'DELETE') {
      state.comments.splice(state.comments.indexOf(comment), 1);
      changed(state.comments);
      return { status: 204 };
    }

    if (comment) {
      comment.body = body;
    } else {
      comment = { id: state.nextId++, user: bot, body };
      state.comments.push(comment);
    }

    changed(state.comments);
    return { status: id ? 200 : 201, value: comment };
  }

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  api = `http://127.0.0.1:${server.address().port}`;
  return { api, state, stop: () => new Promise((resolve) => server.close(resolve)) };
}

function pageOf(items, url, api) {
  const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
  const page = Number(url.searchParams.get('page') ?? 1);
  const next = new URL(url.pathname + url.search, api || 'http://localhost');
  next.searchParams.set('page', String(page + 1));
  const headers = page * size < items.length ? { Link: `<${next}>; rel="next"` } : {};
  return { status: 200, headers, value: items.slice((page - 1) * size, page * size) };
}

/** Artifacts of all runs. Runs of the trial write them below ARTIFACTS/RUN/NAME, and describe the run in RUN.json. */
function listArtifacts(folder, name, api) {
  const runs = folder && existsSync(folder) ? readdirSync(folder).filter((entry) => /^\d+$/.test(entry)) : [];
  return runs.filter((run) => existsSync(join(folder, run, name))).map((run) => {
    const { expired = false, created_at, ...description } = JSON.parse(readFileSync(join(folder, `${run}.json`), 'utf8'));
    const url = `${api}/repos/a-team/perftests/actions/artifacts/${run}-${name}/zip`;
    return { id: `${run}-${name}`, name, expired, created_at, archive_download_url: url, workflow_run: description };
  });
}

function zipOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return zipSync(Object.fromEntries(files.map((entry) => {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    return [relative(folder, file), readFileSync(file)];
  })), { level: 1 });
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const { api } = await start({ artifacts: argv[3], changed: (comments) => writeFileSync(argv[2], JSON.stringify(comments, null, 2)) });
  console.log(api);
}
