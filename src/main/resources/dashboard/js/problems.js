// Servers that need attention, and failures grouped by cause with the recommended action: a summary for the overview, and the
// full list on a tab of its own.
import { bdi, el, each, put, show } from './dom.js';
import { icon } from './icons.js';
import { blank, chip, panel } from './parts.js';
import { address } from './route.js';
import { store } from './store.js';
import { count, many, visible } from './text.js';
import { kindOf, outcome } from './vocabulary.js';

const SHOWN_CAUSES = 4;
const SHOWN_SERVERS = 50;

export function makeNeeds() {
  const list = el('ul.needs');
  const none = el('div');
  const node = panel('Needs attention', 'needs-head', list, none);
  return {
    node,
    update({ run, counts, causes, can }) {
      const lines = [];
      if (counts.attention > 0) {
        lines.push({ key: 'attention', tone: 'attention', number: counts.attention, text: counts.attention === 1 ? 'needs attention' : 'need attention', to: address(run.run_id, 'problems') });
      }
      causes.slice(0, SHOWN_CAUSES).forEach((cause) => lines.push({
        key: keyOf(cause), tone: outcome(cause.outcome).tone, number: cause.count,
        text: `${outcome(cause.outcome).label.toLowerCase()}: ${cause.error_code ? `${cause.error_code}, ` : ''}${cause.text ?? ''}`,
        to: address(run.run_id, 'problems'),
      }));
      if (causes.length > SHOWN_CAUSES) {
        lines.push({ key: 'more', tone: 'failed', number: causes.length - SHOWN_CAUSES, text: causes.length - SHOWN_CAUSES === 1 ? 'more cause' : 'more causes', to: address(run.run_id, 'problems') });
      }
      each(list, lines, (line) => line.key, makeLine, putLine);
      show(list, lines.length > 0);
      show(none, lines.length === 0);
      if (lines.length === 0 && !none.firstChild) {
        none.append(blank('done', 'Nothing needs attention', can?.stop ? 'No server failed, and none waits for an operator.' : 'No server failed.'));
      }
    },
  };
}

function makeLine(line) {
  return el('li', null, el('a', null, el(`span.tone-${line.tone}`, null, icon(line.tone)), el('b'), el('span.clip')));
}

function putLine(item, line) {
  const link = item.firstElementChild;
  link.setAttribute('href', line.to);
  put(link.children[1], count(line.number));
  put(link.children[2], visible(line.text));
}

function keyOf(cause) {
  return [cause.outcome, cause.error_code, cause.text].join(' ');
}

/** The tab with the full list. */
export function makeProblems() {
  const eyes = el('ul.eyes');
  const eyesPanel = panel('Servers that need attention', 'eyes-head', eyes);
  const more = el('p');
  eyesPanel.append(more);
  const causes = el('ul.causes');
  const causesPanel = panel('Failed and rejected, by cause', 'causes-head', causes);
  const none = blank('done', 'Nothing needs attention', 'No server failed or was rejected, and none waits for an operator.');
  const node = el('div.problems', null, none, eyesPanel, causesPanel);
  return {
    node,
    update() {
      const { run, counts, causes: found } = store.snapshot;
      const rows = counts.attention > 0 ? [...store.servers.values()].filter((server) => server.attention) : [];
      each(eyes, rows.slice(0, SHOWN_SERVERS), (server) => server.row, () => el('li', null, el('a', null, el('span.tone-attention', null, icon('attention')), el('b'), el('span'))),
        (item, server) => putAttention(item, server, run));
      show(more, rows.length > SHOWN_SERVERS);
      more.replaceChildren(el('a', { href: address(run.run_id, 'servers', { attention: 1 }) }, `Show all ${count(rows.length)} in the table`));
      each(causes, found, keyOf, makeCause, (item, cause) => putCause(item, cause, run));
      show(eyesPanel, rows.length > 0);
      show(causesPanel, found.length > 0);
      show(none, rows.length === 0 && found.length === 0);
    },
  };
}

function putAttention(item, server, run) {
  const link = item.firstElementChild;
  link.setAttribute('href', address(run.run_id, 'problems', { row: server.row }));
  if (!link.children[1].firstChild) {
    link.children[1].append(bdi(server.server_name, server.server_name));
  }
  put(link.children[2], visible(server.attention));
}

function makeCause(cause) {
  const { tone, label } = outcome(cause.outcome);
  return el('li.cause', null,
    el('div.cause-head', null, el('b.cause-count'), chip(tone, label),
      cause.error_code ? el('code', null, visible(cause.error_code)) : null,
      cause.error_class ? el('span.quiet', null, kindOf(cause.error_class)) : null),
    el('p.cause-text', null, bdi(cause.text ?? 'No reason was recorded.')),
    cause.recommended_action ? el('p.do', null, el('b', null, 'What to do: '), bdi(cause.recommended_action)) : null,
    el('p.cause-rows'));
}

function putCause(item, cause, run) {
  put(item.querySelector('.cause-count'), many(cause.count, 'server'));
  const rows = item.querySelector('.cause-rows');
  const shown = JSON.stringify([cause.rows, cause.count]);
  if (rows.dataset.shown === shown) {
    return;
  }
  rows.dataset.shown = shown;
  const links = cause.rows.map((row) => {
    const server = store.servers.get(row);
    return el('a.name', { href: address(run.run_id, 'problems', { row }) }, bdi(server?.server_name ?? `row ${row}`, server?.server_name));
  });
  const rest = cause.count - cause.rows.length;
  rows.replaceChildren(...links);
  if (rest > 0) {
    rows.append(el('a.name', { href: address(run.run_id, 'servers', { outcome: cause.outcome, q: cause.error_code ?? '' }) }, `and ${count(rest)} more`));
  }
}
