// The table of all servers with its filters and order, which are part of the address.
import { confirmAction } from './confirm.js';
import { attr, bdi, button, el, put, show } from './dom.js';
import { select } from './filter.js';
import { makeGrid } from './grid.js';
import { icon } from './icons.js';
import { putStanding, standingChip } from './parts.js';
import { address, replace, route } from './route.js';
import { announceLater } from './announce.js';
import { store } from './store.js';
import { count, many, visible } from './text.js';
import { putTime, since } from './time.js';
import { isOpen, OUTCOMES, outcome, STAGES, CLOSED } from './vocabulary.js';

const COLUMNS = [
  ['row', '#'], ['name', 'Server'], ['wave', 'Wave'], ['stage', 'Stage'], ['progress', 'Progress'],
  ['state', 'Service state'], ['since', 'Since'], ['attempts', 'Starts'], ['last', 'Detail'],
];
const narrow = matchMedia('(max-width: 760px)');
const rowHeight = () => (narrow.matches ? 96 : 46);
const FILTERS = ['q', 'wave', 'stage', 'outcome', 'attention'];

export function makeServers({ open }) {
  const heads = COLUMNS.map(([id, label]) => head(id, label, sortBy));
  const grid = makeGrid({
    label: 'Servers', columns: COLUMNS.length + 1,
    head: el('div.row.head', { role: 'row', 'aria-rowindex': 1 }, heads, el('div.cell.c-act', { role: 'columnheader' }, el('span.unseen', null, 'Action'))),
    make: makeRow, fill: fillRow, open: (server) => open(server.row), key: (server) => server.row, height: rowHeight,
  });
  const form = makeForm(changed);
  const none = el('div.blank', { hidden: true }, el('p.blank-head', null, 'No server matches these filters'),
    button('Show all servers', clear, { class: 'ghost' }));
  const node = el('section.servers', { 'aria-label': 'Servers' }, form.node, grid.node, none);
  let query = null;

  function changed(next) {
    const page = route();
    const query = Object.fromEntries(page.query);
    FILTERS.forEach((filter) => { query[filter] = next[filter]; });
    replace(address(store.runId, 'servers', query));
    grid.top();
    update();
  }

  function clear() {
    changed({});
  }

  function sortBy(id) {
    const query = Object.fromEntries(route().query);
    const now = query.sort ?? 'row';
    query.sort = now === id ? `-${id}` : now === `-${id}` ? (id === 'row' ? '' : 'row') : id;
    if (query.sort === 'row') {
      query.sort = '';
    }
    replace(address(store.runId, 'servers', query));
    grid.top();
    update();
  }

  function update() {
    query = Object.fromEntries(route().query);
    form.update(query);
    const found = select(store.servers.values(), query);
    heads.forEach((cell) => putSort(cell, query.sort || 'row'));
    show(none, found.length === 0 && store.servers.size > 0);
    grid.show(found);
    form.found(found.length, store.servers.size);
  }

  narrow.addEventListener('change', update);
  return { node, update, refresh: grid.refresh, grid };
}

function head(id, label, sortBy) {
  const sort = button(label, () => sortBy(id), { class: 'sort' });
  sort.append(el('span.arrow'));
  return el(`div.cell.c-${id}`, { role: 'columnheader', 'data-sort': id }, sort);
}

function putSort(cell, sort) {
  const id = cell.dataset.sort;
  const direction = sort === id ? 'ascending' : sort === `-${id}` ? 'descending' : 'none';
  attr(cell, 'aria-sort', direction);
  const arrow = cell.querySelector('.arrow');
  if (arrow.dataset.is !== direction) {
    arrow.dataset.is = direction;
    arrow.replaceChildren(...(direction === 'none' ? [] : [icon(direction === 'ascending' ? 'up' : 'down')]));
  }
}

function makeForm(changed) {
  const q = el('input', { type: 'search', placeholder: 'Name, task, state, error …', 'aria-label': 'Filter by text', spellcheck: 'false', autocomplete: 'off', name: 'q' });
  const wave = el('select', { name: 'wave', 'aria-label': 'Wave' });
  const stage = el('select', { name: 'stage', 'aria-label': 'Stage' });
  const ended = el('select', { name: 'outcome', 'aria-label': 'Outcome' });
  const attention = el('input', { type: 'checkbox', name: 'attention', id: 'only-attention' });
  const eyes = el('label.check', { for: 'only-attention' }, attention, el('span.tone-attention', null, icon('attention')), 'Needs attention');
  const found = el('p.found');
  const reset = button('Clear', () => { q.value = ''; wave.value = ''; stage.value = ''; ended.value = ''; attention.checked = false; report(); }, { class: 'ghost small' });
  const more = el('div.filters', { id: 'more-filters' }, wave, stage, ended, eyes);
  const fold = button('Filters', () => attr(fold, 'aria-expanded', node.classList.toggle('is-open')), { class: 'ghost small fold', 'aria-controls': 'more-filters', 'aria-expanded': 'false' }, icon('filter'));
  const node = el('form.bar-of-filters', { role: 'search', on: { submit: (event) => event.preventDefault() } },
    el('label.search', null, icon('search'), q), fold, more, found, reset);
  let choices = null;

  function report() {
    changed({ q: q.value.trim(), wave: wave.value, stage: stage.value, outcome: ended.value, attention: attention.checked ? 1 : '' });
  }

  let soon = null;
  q.addEventListener('input', () => {
    clearTimeout(soon);
    soon = setTimeout(report, 60);
  });
  [wave, stage, ended, attention].forEach((field) => field.addEventListener('change', report));

  return {
    node,
    update(query) {
      const waves = (store.snapshot?.waves ?? []).map((one) => one.name || '(none)');
      const outcomes = OUTCOMES.filter((one) => (store.snapshot?.counts.outcomes?.[one.id] ?? 0) > 0 && one.id !== 'WAITING');
      const next = JSON.stringify([waves, outcomes.map((one) => one.id), query.wave, query.outcome]);
      if (next !== choices) {
        choices = next;
        options(wave, 'All waves', withChosen(waves.map((name) => [name, visible(name)]), query.wave));
        options(stage, 'All stages', [...STAGES, CLOSED].map((one) => [one.id, one.label]));
        options(ended, 'All outcomes', withChosen([['open', 'Still open'], ['good', 'Reached the goal'], ['bad', 'Failed or rejected'],
          ...outcomes.map((one) => [one.id, one.label])], query.outcome));
      }
      if (document.activeElement !== q) {
        q.value = query.q ?? '';
      }
      wave.value = query.wave ?? '';
      stage.value = query.stage ?? '';
      ended.value = query.outcome ?? '';
      attention.checked = Boolean(query.attention);
      [wave, stage, ended].forEach((field) => field.classList.toggle('is-set', field.value !== ''));
      eyes.classList.toggle('is-set', attention.checked);
      const some = FILTERS.some((filter) => query[filter]);
      show(reset, some);
      attr(fold, 'data-set', FILTERS.slice(1).some((filter) => query[filter]));
    },
    found(number, all) {
      const text = number === all ? many(all, 'server') : `${count(number)} of ${many(all, 'server')}`;
      if (found.textContent !== text) {
        put(found, text);
        announceLater(text);
      }
    },
  };
}

/** Keeps the filter from the address selectable, even if no server matches it. */
function withChosen(choices, chosen) {
  return !chosen || choices.some(([value]) => value === chosen) ? choices : [...choices, [chosen, outcome(chosen).label]];
}

function options(field, all, choices) {
  const chosen = field.value;
  field.replaceChildren(el('option', { value: '' }, all), ...choices.map(([value, label]) => el('option', { value }, label)));
  field.value = chosen;
}

function makeRow() {
  const cell = (id, ...children) => el(`div.cell.c-${id}`, { role: 'gridcell' }, children);
  return el('div.row', null,
    cell('row'),
    cell('name', el('span.tone-attention.flag', { hidden: true, role: 'img', 'aria-label': 'needs attention' }, icon('attention')), el('bdi')),
    cell('wave', el('bdi')),
    cell('stage', standingChip()),
    cell('progress', el('span.meter', { 'aria-hidden': 'true' }, el('span')), el('span.meter-text')),
    cell('state', el('span'), el('span')),
    cell('since', el('time')),
    cell('attempts'),
    cell('last', el('bdi')),
    cell('act', button('Retry', (event) => confirmAction('RETRY', rowOf(event)), { class: 'ghost small', hidden: true }, icon('retry')),
      button('Launch', (event) => confirmAction('LAUNCH', rowOf(event)), { class: 'ghost small', hidden: true }, icon('launching'))));
}

function rowOf(event) {
  return event.target.closest('[role=row]').item;
}

function fillRow(row, server) {
  const [number, name, wave, stage, progress, state, changedAt, attempts, last, act] = row.children;
  put(number, server.row);
  show(name.firstElementChild, Boolean(server.attention));
  putBdi(name.lastElementChild, server.server_name);
  putBdi(wave.firstElementChild, server.wave);
  putStanding(stage.firstElementChild, server);
  putProgress(progress, server);
  put(state.firstElementChild, visible(server.task_state));
  put(state.lastElementChild, visible([server.copy_state, server.migration_cycle].filter((one) => one).join(' / ')));
  show(state.lastElementChild, Boolean(server.copy_state || server.migration_cycle));
  attr(state, 'title', visible(server.states));
  putTime(changedAt.firstElementChild, server.changed_at, since);
  put(attempts, server.attempts || '');
  putBdi(last.firstElementChild, server.last);
  const allowed = store.snapshot?.controls_allowed && store.link.state === 'live';
  show(act.children[0], Boolean(allowed && server.can.includes('retry')));
  show(act.children[1], Boolean(allowed && server.can.includes('launch')));
  row.classList.toggle('has-last', server.last !== '');
  row.classList.toggle('has-act', !act.children[0].hidden || !act.children[1].hidden);
}

function putBdi(node, text) {
  const safe = visible(text);
  put(node, safe);
  attr(node, 'title', safe);
}

/** The bar follows the percentage where there is one; the text is the service's own. */
export function putProgress(cell, server) {
  const [meter, text] = cell.children;
  const value = isOpen(server) ? server.done.percent : null;
  show(meter, value !== null);
  meter.firstElementChild.style.width = `${Math.min(100, Math.max(0, value ?? 0))}%`;
  put(text, isOpen(server) ? visible(server.done.text) : '');
  attr(text, 'title', visible(server.progress ?? ''));
}
