// The calls to the process that serves this page. Nothing else is called.

/** An answer that is not what was asked for; `message` is what the server says about it. */
export class Refused extends Error {
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
  const said = await response.json().catch(() => ({}));
  throw new Refused(response.status, said.error ?? `The server answered ${response.status}.`);
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
export const askFor = (id, wish) => post(`${run(id)}/controls`, wish);
export const streamOf = (id, event) => `${run(id)}/stream?after=${event}`;
