// Answers on 127.0.0.1 as GitLab's API does for notes and for artifacts. As a program (`node notes-server.mjs STATE.json ARTIFACTS`) it
// prints its address, writes its notes into STATE.json whenever they change, and has the artifacts of the default branch's last
// pipeline in the folder ARTIFACTS.
import { createServer } from 'node:http';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

export const token = 'a-token-of-the-trial';
export const bot = { id: 7, username: 'project_1_bot' };

const decode = (chunks) => JSON.parse(Buffer.concat(chunks).toString('utf8'));

/**
 * Starts the server. `interfere(request)` may return another answer, `{ status, headers }`. With `isDone: true`, the server writes the
 * note before it gives this answer.
 */
export async function start({ notes = [], artifacts, interfere = () => undefined, changed = () => undefined } = {}) {
  const state = { notes: [...notes], requests: [], nextId: 1000 };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => answer(request, response, chunks));
  });

  function answer(request, response, chunks) {
    const url = new URL(request.url, 'http://localhost');
    state.requests.push({ method: request.method, path: url.pathname, query: url.search });
    const send = (status, value, headers = {}) => {
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(JSON.stringify(value));
    };
    const instead = interfere({ method: request.method, path: url.pathname, count: state.requests.length, state });
    if (instead && !instead.isDone) {
      return send(instead.status, { message: 'trial' }, instead.headers);
    }

    if (request.headers['private-token'] !== token) {
      return send(401, { message: '401 Unauthorized' });
    }

    if (url.pathname === '/api/v4/user') {
      return send(200, bot);
    }

    const [, file] = /^\/api\/v4\/projects\/1\/jobs\/artifacts\/main\/raw\/(results\/.+)$/.exec(normalize(url.pathname)) ?? [];
    if (file && artifacts && existsSync(join(artifacts, file))) {
      return response.end(readFileSync(join(artifacts, file)));
    }

    const match = /^\/api\/v4\/projects\/[^/]+\/merge_requests\/\d+\/notes(?:\/(\d+))?$/.exec(url.pathname);
    if (!match) {
      return send(404, { message: '404 Not found' });
    }

    if (request.method === 'GET') {
      const size = Math.min(Number(url.searchParams.get('per_page') ?? 20), 100);
      const page = Number(url.searchParams.get('page') ?? 1);
      const pages = Math.ceil(state.notes.length / size);
      return send(200, state.notes.slice((page - 1) * size, page * size), { 'x-next-page': page < pages ? String(page + 1) : '' });
    }

    let note = state.notes.find(({ id }) => id === Number(match[1]));
    if (match[1] && !note) {
      return send(404, { message: '404 Not found' });
    }

    if (request.method === 'DELETE') {
      state.notes.splice(state.notes.indexOf(note), 1);
      changed(state.notes);
      response.writeHead(204);
      return response.end();
    }

    const { body } = decode(chunks);
    if (body.length > 1_000_000) {
      return send(400, { message: 'body is too long' });
    }

    if (request.method === 'PUT') {
      note.body = body;
    } else {
      note = { id: state.nextId++, system: false, author: bot, body };
      state.notes.push(note);
    }

    changed(state.notes);
    return instead ? send(instead.status, { message: 'trial' }) : send(request.method === 'POST' ? 201 : 200, note);
  }

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { ...state, api: `http://127.0.0.1:${server.address().port}/api/v4`, stop: () => new Promise((resolve) => server.close(resolve)) };
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const { api } = await start({ artifacts: argv[3], changed: (notes) => writeFileSync(argv[2], JSON.stringify(notes, null, 2)) });
  console.log(api);
}
