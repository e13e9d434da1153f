// The requests of operators, with their time, their author and the answer of the run.
import { bdi, el, each, put, show } from './dom.js';
import { swapIcon } from './icons.js';
import { blank, panel } from './parts.js';
import { address } from './route.js';
import { store } from './store.js';
import { visible } from './text.js';
import { putTime } from './time.js';

const ACTIONS = {
  STOP: 'Stop the run', PAUSE: 'Pause starts and launches', RESUME: 'Resume starts', RETRY_ALL: 'Retry all failed',
  RETRY: 'Retry', SKIP: 'Skip', LAUNCH: 'Launch',
};
const STATES = { ASKED: ['waiting', 'Waits for the run'], DONE: ['done', 'Done'], REFUSED: ['failed', 'Refused'] };

export function makeRequests() {
  const list = el('ul.requests');
  const none = blank('state', 'No requests yet', 'Requests to stop, pause, retry, launch or skip are listed here with their answers.');
  const node = panel('Requests to this run', 'request-head', list, none);
  return {
    node,
    update() {
      each(list, store.controls, (control) => control.control_id, makeItem, putItem);
      show(none, store.controls.length === 0);
      show(list, store.controls.length > 0);
    },
  };
}

function makeItem(control) {
  const about = control.row
    ? [' ', el('a.name', { href: address(store.runId, 'asked', { row: control.row }) }, bdi(control.server_name ?? `row ${control.row}`, control.server_name))]
    : [];
  return el('li', null,
    el('p.request-head', null, el('span'), el('b', null, ACTIONS[control.action] ?? visible(control.action)), ...about, el('span.quiet.request-state')),
    el('p.request-answer'),
    el('p.quiet', null, 'requested by ', bdi(control.asked_by ?? 'unknown'), ' at ', el('time'), el('span')));
}

function putItem(item, control) {
  const [tone, label] = STATES[control.state] ?? ['state', visible(control.state)];
  const [head, answer, who] = item.children;
  head.firstElementChild.className = `tone-${tone}`;
  swapIcon(head.firstElementChild, tone);
  put(head.lastElementChild, label);
  put(answer, visible(control.answer ?? ''));
  show(answer, Boolean(control.answer));
  putTime(who.querySelector('time'), control.asked_at);
}
