// One server, beside whatever is shown: how it stands, what can be asked for it, its way, every event and call, its cells.
import { readServer } from './api.js';
import { ask } from './ask.js';
import { attr, bdi, button, el, put, show } from './dom.js';
import { icon } from './icons.js';
import { putStanding, standingChip } from './parts.js';
import { putProgress } from './servers.js';
import { store, touch } from './store.js';
import { count, visible } from './text.js';
import { clock, putTime, since, span, stamp } from './time.js';
import { isOpen, kindOf, stage } from './words.js';

const KINDS = {
  RUN: ['runs', 'Run'], FINDING: ['search', 'Finding'], CALL: ['call', 'Call'], STATE: ['state', 'State of the service'],
  STAGE: ['right', 'Stage'], ATTENTION: ['attention', 'Attention'], CONTROL: ['live', 'Asked'],
};
const WAY = [['queued_at', 'Queued'], ['started_at', 'Started'], ['replicated_at', 'Copied'], ['launched_at', 'Launched'], ['finished_at', 'Ended']];
const CALL_LOOKS = { DONE: 'done', SEEN: 'done', REFUSED: 'failed', NOT_SENT: 'stopped', UNKNOWN: 'attention', OPEN: 'waiting', ABSENT: 'skipped' };

/** @param close is told that the person is done; @param step (±1) goes to the row before or after */
export function makeDrawer(node, { close, step }) {
  const name = el('h2', { id: 'drawer-name', tabindex: '-1' });
  const standing = standingChip();
  const progress = el('div.cell.c-progress', null, el('span.meter', { 'aria-hidden': 'true' }, el('span')), el('span.meter-text'));
  const before = button('', () => step(-1), { class: 'icon-button', 'aria-label': 'The server before', title: 'Before (k)' }, icon('up'));
  const after = button('', () => step(1), { class: 'icon-button', 'aria-label': 'The next server', title: 'Next (j)' }, icon('down'));
  const shut = button('', close, { class: 'icon-button', 'aria-label': 'Close', title: 'Close (Esc)' }, icon('close'));
  const asks = makeAsks();
  const body = el('div.drawer-body', { tabindex: '0', role: 'region', 'aria-label': 'Details' });
  node.append(el('div.drawer-head', null, el('div.drawer-tools', null, before, after, shut), name,
    el('div.drawer-standing', null, standing, progress), asks.node), body);
  attr(node, 'aria-labelledby', 'drawer-name');
  let row = null;
  let read = null;
  let returnTo = null;

  node.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if ((event.key === 'j' || event.key === 'k') && !event.ctrlKey && !event.metaKey && !event.target.closest('input')) {
      step(event.key === 'j' ? 1 : -1);
    }
  });

  async function load(server) {
    const asked = server;
    read = { of: asked, detail: read?.detail?.server.row === server.row ? read.detail : null };
    try {
      const detail = await readServer(store.runId, server.row);
      if (row === server.row && read.of === asked) {
        read = { of: asked, detail };
        draw();
      }
    } catch (problem) {
      if (row === server.row) {
        body.replaceChildren(el('p.blank', null, `This server could not be read: ${problem.message}`));
      }
    }
  }

  function draw() {
    const { detail } = read;
    const open = new Set([...body.querySelectorAll('details')].filter((one) => !one.open).map((one) => one.dataset.name));
    const scroll = body.scrollTop;
    body.replaceChildren(...troubles(detail.server), way(detail.server), facts(detail.server),
      fold('timeline', 'Timeline', detail.events.length, timeline(detail.events, detail.intents), open),
      fold('calls', 'Changes in the cloud', detail.intents.length, calls(detail.intents), open),
      fold('cells', 'Inventory', Object.keys(detail.cells).length, cells(detail.cells), open));
    body.scrollTop = scroll;
  }

  return {
    isOpen: () => row !== null,
    row: () => row,
    /** Shows the row, or nothing for null. */
    show(next) {
      if (next === row) {
        return;
      }
      if (row === null) {
        returnTo = document.activeElement;
      }
      row = next;
      read = null;
      show(node, row !== null);
      document.body.classList.toggle('has-drawer', row !== null);
      if (row === null) {
        returnTo?.isConnected && returnTo.focus();
        return;
      }
      body.replaceChildren(el('p.blank', null, 'Loading …'));
      body.scrollTop = 0;
      touch();
      name.focus({ preventScroll: true });
    },
    update() {
      const server = row === null ? null : store.servers.get(row);
      if (!server) {
        put(name, row === null ? '' : `Row ${row}`);
        return;
      }
      if (read?.of !== server) {
        load(server);
      }
      if (name.dataset.name !== server.server_name) {
        name.dataset.name = server.server_name;
        name.replaceChildren(bdi(server.server_name));
      }
      putStanding(standing, server);
      putProgress(progress, server);
      asks.update(server);
      show(before, Boolean(step.has?.(-1)));
      show(after, Boolean(step.has?.(1)));
    },
    redraw: () => read?.detail && draw(),
  };
}

function makeAsks() {
  const server = () => node.server;
  const retry = button('Retry', () => ask('RETRY', server()), { class: 'ghost' }, icon('retry'));
  const launch = button('Launch', () => ask('LAUNCH', server()), { class: 'ghost' }, icon('launching'));
  const skip = button('Skip', () => ask('SKIP', server()), { class: 'ghost' }, icon('skipped'));
  const node = el('div.asks', { role: 'group', 'aria-label': 'Ask for this server' }, retry, launch, skip);
  return {
    node,
    update(now) {
      node.server = now;
      const allowed = Boolean(store.snapshot?.controls_allowed);
      [[retry, 'retry'], [launch, 'launch'], [skip, 'skip']].forEach(([one, what]) => {
        show(one, allowed && now.can.includes(what));
        one.disabled = store.link.state !== 'live';
      });
      show(node, allowed && now.can.length > 0);
    },
  };
}

/** What went wrong, or waits for a person, and what to do: before everything else. */
function troubles(server) {
  const found = [];
  if (server.attention) {
    found.push(el('div.trouble.is-attention', null, el('span.look-attention', null, icon('attention')), el('div', null, el('b', null, 'Needs your eyes'), el('p', null, bdi(server.attention)))));
  }
  if (server.error_text || server.error_code || (server.reason && !isOpen(server))) {
    const bad = ['FAILED', 'REJECTED', 'NOT_LAUNCHED'].includes(server.outcome);
    found.push(el(`div.trouble.${bad ? 'is-failed' : 'is-plain'}`, null, el(`span.look-${bad ? 'failed' : 'state'}`, null, icon(bad ? 'failed' : 'state')),
      el('div', null,
        server.error_code ? el('b', null, visible(server.error_code), server.error_class ? el('span.quiet', null, ` ${kindOf(server.error_class)}`) : null) : el('b', null, bad ? 'Why' : 'Reason'),
        el('p', null, bdi(server.error_text ?? server.reason ?? '')),
        server.error_text && server.reason && !server.reason.includes(server.error_text) ? el('p.quiet', null, bdi(server.reason)) : null,
        server.recommended_action ? el('p.do', null, el('b', null, 'What to do: '), bdi(server.recommended_action)) : null)));
  } else if (isOpen(server) && server.obstacle && !server.attention) {
    found.push(el('div.trouble.is-plain', null, el('span.look-waiting', null, icon('waiting')), el('div', null, el('b', null, 'Waits for'), el('p', null, bdi(server.obstacle)))));
  } else if (server.reason) {
    found.push(el('div.trouble.is-plain', null, el('span.look-waiting', null, icon('waiting')), el('div', null, el('p', null, bdi(server.reason)))));
  }
  return found;
}

/** The milestones, with the time between them. */
function way(server) {
  let before = null;
  const steps = WAY.map(([field, word]) => {
    const at = server[field];
    const took = at && before ? span((Date.parse(at) - Date.parse(before)) / 1000) : '';
    before = at ?? before;
    const time = el('time.way-at');
    putTime(time, at);
    return el(`li${at ? '.is-reached' : ''}`, null, el('b', null, word), time, el('span.quiet', null, took ? `after ${took}` : ''));
  });
  return el('ol.way', { 'aria-label': 'Milestones' }, steps);
}

function facts(server) {
  const fact = (word, value, mono = false) => (value === null || value === undefined || value === '' ? null
    : el('div', null, el('dt', null, word), el(mono ? 'dd.mono' : 'dd', null, typeof value === 'string' ? bdi(value, value) : value)));
  return el('dl.facts.two', null,
    fact('Wave', server.wave), fact('Row, line', `${server.row}, line ${server.line}`),
    fact('Stage', stage(server.stage).word), fact('Starts sent', String(server.attempts ?? 0)),
    fact('Task state', server.task_state, true), fact('Copy state', server.copy_state, true),
    fact('Migration cycle', server.migration_cycle, true),
    fact('Agent', server.connected === null || server.connected === undefined ? null : server.connected ? 'connected' : 'disconnected'),
    fact('Progress', server.progress), fact('Last change', server.changed_at ? `${clock(server.changed_at)}, ${since(server.changed_at)} ago` : null),
    fact('Not before', server.next_at ? clock(server.next_at) : null),
    fact('Consistency check', server.consistency ? [server.consistency, server.consistency_detail].filter(Boolean).join(': ') : null),
    fact('Target', [server.actual_target_id, server.actual_region, server.actual_project].filter(Boolean).join(', ') || null, true),
    fact('Task', server.task_id, true), fact('Request', server.request_id, true));
}

function fold(name, title, number, content, closed) {
  return el('details.section', { 'data-name': name, open: !closed.has(name) },
    el('summary', null, el('h3', null, title), el('span.count', null, count(number))), content);
}

/** Newest first. */
function timeline(events, intents) {
  if (events.length === 0) {
    return el('p.quiet', null, 'Nothing has happened yet.');
  }
  const byRequest = new Map(intents.filter((intent) => intent.request_id).map((intent) => [intent.request_id, intent]));
  return el('ol.timeline', null, [...events].reverse().map((event) => eventItem(event, byRequest.get(event.request_id))));
}

function eventItem(event, intent) {
  const [look, word] = KINDS[event.kind] ?? ['state', visible(event.kind)];
  const from = event.before ? [el('span.quiet', null, bdi(event.before)), ' → '] : [];
  return el(`li.kind-${look}`, null, el('span.dot', null, icon(look)),
    el('div', null,
      el('p', null, el('span.quiet.kind', null, word), ' ', ...from, el('b', null, bdi(event.after ?? (event.before ? 'over' : '')))),
      event.detail ? el('p', null, bdi(event.detail)) : null,
      event.request_id || intent ? el('p.quiet.mono.small', null, event.request_id ? ['request ', bdi(event.request_id)] : [], intent ? ` ${intent.operation.toLowerCase()} ${intent.attempt}` : '') : null,
      el('p.quiet.small', null, el('time', { datetime: event.at, title: event.at }, stamp(event.at)), ` · event ${event.no}`)));
}

/** Every call that changes something in the cloud: committed before it was made. */
function calls(intents) {
  if (intents.length === 0) {
    return el('p.quiet', null, 'Nothing was changed in the cloud for it.');
  }
  return el('ol.calls', null, [...intents].reverse().map((intent) => {
    const look = CALL_LOOKS[intent.state] ?? 'state';
    const took = intent.answered_at ? `answered after ${((Date.parse(intent.answered_at) - Date.parse(intent.intended_at)) / 1000).toFixed(1)} s` : 'no answer yet';
    return el('li', null,
      el('p', null, el(`span.look-${look}`, null, icon(look)), el('b', null, ` ${visible(intent.operation)}`), intent.attempt > 1 ? ` attempt ${intent.attempt}` : '',
        el('span.quiet', null, ` ${visible(intent.state)}${intent.http_status ? `, HTTP ${intent.http_status}` : ''}${intent.error_code ? `, ${visible(intent.error_code)}` : ''}`)),
      intent.detail ? el('p', null, bdi(intent.detail)) : null,
      el('p.quiet.mono.small', null, intent.target ? ['on ', bdi(intent.target)] : [], intent.request_id ? [' request ', bdi(intent.request_id)] : []),
      el('p.quiet.small', null, el('time', { datetime: intent.intended_at, title: intent.intended_at }, stamp(intent.intended_at)), `, ${took}`));
  }));
}

function cells(values) {
  return el('dl.cells', null, Object.entries(values).map(([column, value]) => el('div', null,
    el('dt.mono', null, visible(column)), el('dd', null, value === '' || value === null ? el('span.quiet', null, 'empty') : bdi(value)))));
}
