// Requests to the process that serves this page; the page calls no other host.

/** An error response; `message` is the server's text. */
export class RequestRefused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const OURS = { 'Content-Type': 'application/json', 'X-Sms-Runner': '1' };

async function answer(response) {
  if (response.ok) {
    return response.status === 204 ? null : response.json();
  }
  const body = await response.json().catch(() => ({}));
  throw new RequestRefused(response.status, body.error ?? `The server answered ${response.status}.`);
}

async function get(path) {
  return answer(await fetch(path, { credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(20_000) }));
}

async function post(path, body) {
  return answer(await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: OURS,
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  }));
}

const run = (id) => `api/runs/${encodeURIComponent(id)}`;

export const openSession = (token) => post('session', { token });
export const readRuns = () => get('api/runs');
export const readRun = (id) => get(run(id));
export const readServers = (id) => get(`${run(id)}/servers`);
export const readServer = (id, row) => get(`${run(id)}/servers/${row}`);
export const readHistory = (id) => get(`${run(id)}/history?points=300`);
export const readControls = (id) => get(`${run(id)}/controls`);
export const postControl = (id, control) => post(`${run(id)}/controls`, control);
export const streamOf = (id, event) => `${run(id)}/stream?after=${event}`;
