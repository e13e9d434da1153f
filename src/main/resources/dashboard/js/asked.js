// What people asked of the run, who and when, and what the driver answered.
import { bdi, el, each, put, show } from './dom.js';
import { swapIcon } from './icons.js';
import { blank, panel } from './parts.js';
import { address } from './route.js';
import { store } from './store.js';
import { visible } from './text.js';
import { putTime } from './time.js';

const WORDS = {
  STOP: 'Stop the run', PAUSE: 'Pause starts and launches', RESUME: 'Resume starts', RETRY_ALL: 'Retry all failed',
  RETRY: 'Retry', SKIP: 'Skip', LAUNCH: 'Launch',
};
const STATES = { ASKED: ['waiting', 'Waits for the driver'], DONE: ['done', 'Done'], REFUSED: ['failed', 'Refused'] };

export function makeAsked() {
  const list = el('ul.asked');
  const none = blank('state', 'Nobody asked for anything yet', 'Stop, pause, retry, launch and skip are listed here with their answers.');
  const node = panel('Asked of this run', 'asked-head', list, none);
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
    el('p.asked-head', null, el('span'), el('b', null, WORDS[control.action] ?? visible(control.action)), ...about, el('span.quiet.asked-state')),
    el('p.asked-answer'),
    el('p.quiet', null, 'asked by ', bdi(control.asked_by ?? 'somebody'), ' at ', el('time'), el('span')));
}

function putItem(item, control) {
  const [look, word] = STATES[control.state] ?? ['state', visible(control.state)];
  const [head, answer, who] = item.children;
  head.firstElementChild.className = `look-${look}`;
  swapIcon(head.firstElementChild, look);
  put(head.lastElementChild, word);
  put(answer, visible(control.answer ?? ''));
  show(answer, Boolean(control.answer));
  putTime(who.querySelector('time'), control.asked_at);
}
