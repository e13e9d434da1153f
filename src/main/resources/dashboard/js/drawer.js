// The details of one server, beside any view: state, actions, milestones, events, calls and inventory cells.
import { readServer } from './api.js';
import { confirmAction } from './confirm.js';
import { attr, bdi, button, el, put, show } from './dom.js';
import { icon } from './icons.js';
import { putStanding, standingChip } from './parts.js';
import { putProgress } from './servers.js';
import { store, touch } from './store.js';
import { count, visible } from './text.js';
import { clock, putTime, since, span, stamp } from './time.js';
import { isOpen, kindOf, stage } from './vocabulary.js';

const KINDS = {
  RUN: ['runs', 'Run'], FINDING: ['search', 'Finding'], CALL: ['call', 'Call'], STATE: ['state', 'State of the service'],
  STAGE: ['right', 'Stage'], ATTENTION: ['attention', 'Attention'], CONTROL: ['live', 'Request'],
};
const MILESTONES = [['queued_at', 'Queued'], ['started_at', 'Started'], ['replicated_at', 'Copied'], ['launched_at', 'Launched'], ['finished_at', 'Ended']];
const CALL_TONES = { DONE: 'done', SEEN: 'done', REFUSED: 'failed', NOT_SENT: 'stopped', UNKNOWN: 'attention', OPEN: 'waiting', ABSENT: 'skipped' };

/** @param close is called when the operator closes the drawer; @param step (±1) shows the previous or next row */
export function makeDrawer(node, { close, step }) {
  const name = el('h2', { id: 'drawer-name', tabindex: '-1' });
  const standing = standingChip();
  const progress = el('div.cell.c-progress', null, el('span.meter', { 'aria-hidden': 'true' }, el('span')), el('span.meter-text'));
  const before = button('', () => step(-1), { class: 'icon-button', 'aria-label': 'The previous server', title: 'Previous (k)' }, icon('up'));
  const after = button('', () => step(1), { class: 'icon-button', 'aria-label': 'The next server', title: 'Next (j)' }, icon('down'));
  const shut = button('', close, { class: 'icon-button', 'aria-label': 'Close', title: 'Close (Esc)' }, icon('close'));
  const actions = makeActions();
  const body = el('div.drawer-body', { tabindex: '0', role: 'region', 'aria-label': 'Details' });
  node.append(el('div.drawer-head', null, el('div.drawer-tools', null, before, after, shut), name,
    el('div.drawer-standing', null, standing, progress), actions.node), body);
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
    read = { of: server, detail: read?.detail?.server.row === server.row ? read.detail : null };
    try {
      const detail = await readServer(store.runId, server.row);
      if (row === server.row && read.of === server) {
        read = { of: server, detail };
        draw();
      }
    } catch (problem) {
      if (row === server.row) {
        body.replaceChildren(el('p.blank', null, `Reading this server failed: ${problem.message}`));
      }
    }
  }

  function draw() {
    const { detail } = read;
    const open = new Set([...body.querySelectorAll('details')].filter((one) => !one.open).map((one) => one.dataset.name));
    const scroll = body.scrollTop;
    body.replaceChildren(...problems(detail.server), milestones(detail.server), facts(detail.server),
      fold('timeline', 'Timeline', detail.events.length, timeline(detail.events, detail.intents), open),
      fold('calls', 'Changes in the cloud', detail.intents.length, calls(detail.intents), open),
      fold('cells', 'Inventory', Object.keys(detail.cells).length, cells(detail.cells), open));
    body.scrollTop = scroll;
  }

  return {
    isOpen: () => row !== null,
    row: () => row,
    /** Shows the row; null closes the drawer. */
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
      actions.update(server);
      show(before, Boolean(step.has?.(-1)));
      show(after, Boolean(step.has?.(1)));
    },
    redraw: () => read?.detail && draw(),
  };
}

function makeActions() {
  const server = () => node.server;
  const retry = button('Retry', () => confirmAction('RETRY', server()), { class: 'ghost' }, icon('retry'));
  const launch = button('Launch', () => confirmAction('LAUNCH', server()), { class: 'ghost' }, icon('launching'));
  const skip = button('Skip', () => confirmAction('SKIP', server()), { class: 'ghost' }, icon('skipped'));
  const node = el('div.actions', { role: 'group', 'aria-label': 'Actions for this server' }, retry, launch, skip);
  return {
    node,
    update(current) {
      node.server = current;
      const allowed = Boolean(store.snapshot?.controls_allowed);
      [[retry, 'retry'], [launch, 'launch'], [skip, 'skip']].forEach(([one, action]) => {
        show(one, allowed && current.can.includes(action));
        one.disabled = store.link.state !== 'live';
      });
      show(node, allowed && current.can.length > 0);
    },
  };
}

/** The problem of the server and the recommended action, shown first. */
function problems(server) {
  const found = [];
  if (server.attention) {
    found.push(el('div.trouble.is-attention', null, el('span.tone-attention', null, icon('attention')), el('div', null, el('b', null, 'Needs attention'), el('p', null, bdi(server.attention)))));
  }
  if (server.error_text || server.error_code || (server.reason && !isOpen(server))) {
    const bad = ['FAILED', 'REJECTED', 'NOT_LAUNCHED'].includes(server.outcome);
    found.push(el(`div.trouble.${bad ? 'is-failed' : 'is-plain'}`, null, el(`span.tone-${bad ? 'failed' : 'state'}`, null, icon(bad ? 'failed' : 'state')),
      el('div', null,
        server.error_code ? el('b', null, visible(server.error_code), server.error_class ? el('span.quiet', null, ` ${kindOf(server.error_class)}`) : null) : el('b', null, bad ? 'Cause' : 'Reason'),
        el('p', null, bdi(server.error_text ?? server.reason ?? '')),
        server.error_text && server.reason && !server.reason.includes(server.error_text) ? el('p.quiet', null, bdi(server.reason)) : null,
        server.recommended_action ? el('p.do', null, el('b', null, 'What to do: '), bdi(server.recommended_action)) : null)));
  } else if (isOpen(server) && server.obstacle && !server.attention) {
    found.push(el('div.trouble.is-plain', null, el('span.tone-waiting', null, icon('waiting')), el('div', null, el('b', null, 'Waits for'), el('p', null, bdi(server.obstacle)))));
  } else if (server.reason) {
    found.push(el('div.trouble.is-plain', null, el('span.tone-waiting', null, icon('waiting')), el('div', null, el('p', null, bdi(server.reason)))));
  }
  return found;
}

/** The milestones, with the time between them. */
function milestones(server) {
  let before = null;
  const steps = MILESTONES.map(([field, label]) => {
    const at = server[field];
    const took = at && before ? span((Date.parse(at) - Date.parse(before)) / 1000) : '';
    before = at ?? before;
    const time = el('time.way-at');
    putTime(time, at);
    return el(`li${at ? '.is-reached' : ''}`, null, el('b', null, label), time, el('span.quiet', null, took ? `after ${took}` : ''));
  });
  return el('ol.way', { 'aria-label': 'Milestones' }, steps);
}

function facts(server) {
  const fact = (label, value, mono = false) => (value === null || value === undefined || value === '' ? null
    : el('div', null, el('dt', null, label), el(mono ? 'dd.mono' : 'dd', null, typeof value === 'string' ? bdi(value, value) : value)));
  return el('dl.facts.two', null,
    fact('Wave', server.wave), fact('Row, line', `${server.row}, line ${server.line}`),
    fact('Stage', stage(server.stage).label), fact('Starts sent', String(server.attempts ?? 0)),
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
    return el('p.quiet', null, 'No events yet.');
  }
  const byRequest = new Map(intents.filter((intent) => intent.request_id).map((intent) => [intent.request_id, intent]));
  return el('ol.timeline', null, [...events].reverse().map((event) => eventItem(event, byRequest.get(event.request_id))));
}

function eventItem(event, intent) {
  const [tone, label] = KINDS[event.kind] ?? ['state', visible(event.kind)];
  const from = event.before ? [el('span.quiet', null, bdi(event.before)), ' → '] : [];
  return el(`li.kind-${tone}`, null, el('span.dot', null, icon(tone)),
    el('div', null,
      el('p', null, el('span.quiet.kind', null, label), ' ', ...from, el('b', null, bdi(event.after ?? (event.before ? 'over' : '')))),
      event.detail ? el('p', null, bdi(event.detail)) : null,
      event.request_id || intent ? el('p.quiet.mono.small', null, event.request_id ? ['request ', bdi(event.request_id)] : [], intent ? ` ${intent.operation.toLowerCase()} ${intent.attempt}` : '') : null,
      el('p.quiet.small', null, el('time', { datetime: event.at, title: event.at }, stamp(event.at)), ` · event ${event.no}`)));
}

/** Every mutating call; its intent was committed before it was sent. */
function calls(intents) {
  if (intents.length === 0) {
    return el('p.quiet', null, 'No changes in the cloud for this server.');
  }
  return el('ol.calls', null, [...intents].reverse().map((intent) => {
    const tone = CALL_TONES[intent.state] ?? 'state';
    const took = intent.answered_at ? `answered after ${((Date.parse(intent.answered_at) - Date.parse(intent.intended_at)) / 1000).toFixed(1)} s` : 'no answer yet';
    return el('li', null,
      el('p', null, el(`span.tone-${tone}`, null, icon(tone)), el('b', null, ` ${visible(intent.operation)}`), intent.attempt > 1 ? ` attempt ${intent.attempt}` : '',
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
