// A virtual table: only visible rows have elements. The grid itself holds the focus and points at its active row, so that a
// row keeps no focus when it scrolls out of view.
import { attr, el } from './dom.js';

const SPARE = 6;

/**
 * @param head element with the column heads (role row)
 * @param make () => an element for a row (role row)
 * @param fill (element, item) shows an item in a row
 * @param open (item) is called for a click and for Enter
 * @param key (item) => the identity of an item
 * @param height () => height of a row in pixels
 */
export function makeGrid({ label, columns, head, make, fill, open, key, height }) {
  const room = el('div.grid-room', { role: 'rowgroup' });
  const body = el('div.grid-body', null, room);
  const node = el('div.grid', { role: 'grid', tabindex: '0', 'aria-label': label, 'aria-colcount': columns, 'aria-readonly': 'true' },
    el('div.grid-head', { role: 'rowgroup' }, head), body);
  const pool = [];
  const shown = new Map();
  let items = [];
  let active = null;

  function window_() {
    const size = height();
    const first = Math.max(0, Math.floor(body.scrollTop / size) - SPARE);
    const last = Math.min(items.length, Math.ceil((body.scrollTop + body.clientHeight) / size) + SPARE);
    return { size, first, last };
  }

  function draw() {
    const { size, first, last } = window_();
    room.style.height = `${items.length * size}px`;
    const wanted = new Set();
    for (let index = first; index < last; index += 1) {
      wanted.add(key(items[index]));
    }
    shown.forEach((row, name) => {
      if (!wanted.has(name)) {
        shown.delete(name);
        row.hidden = true;
        pool.push(row);
      }
    });
    for (let index = first; index < last; index += 1) {
      place(items[index], index, size);
    }
    attr(node, 'aria-rowcount', items.length + 1);
    attr(node, 'aria-activedescendant', shown.has(active) ? shown.get(active).id : null);
  }

  function place(item, index, size) {
    const name = key(item);
    let row = shown.get(name);
    if (!row) {
      row = pool.pop() ?? makePooled();
      row.hidden = false;
      row.id = `row-${name}`;
      row.item = null;
      shown.set(name, row);
    }
    row.style.transform = `translateY(${index * size}px)`;
    attr(row, 'aria-rowindex', index + 2);
    attr(row, 'aria-selected', name === active ? 'true' : 'false');
    row.classList.toggle('odd', index % 2 === 1);
    if (row.item !== item) {
      row.item = item;
      fill(row, item);
    }
  }

  function makePooled() {
    const row = make();
    row.setAttribute('role', 'row');
    room.append(row);
    return row;
  }

  function choose(name) {
    active = name;
    draw();
  }

  function reveal(index) {
    const size = height();
    if (index * size < body.scrollTop) {
      body.scrollTop = index * size;
    } else if ((index + 1) * size > body.scrollTop + body.clientHeight) {
      body.scrollTop = (index + 1) * size - body.clientHeight;
    }
  }

  function onKey(event) {
    if (event.target !== node || items.length === 0) {
      return;
    }
    const at = items.findIndex((item) => key(item) === active);
    const page = Math.max(1, Math.floor(body.clientHeight / height()) - 1);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const index = Math.min(items.length - 1, Math.max(0, to));
      reveal(index);
      choose(key(items[index]));
    } else if ((event.key === 'Enter' || event.key === ' ') && at >= 0) {
      event.preventDefault();
      open(items[at]);
    }
  }

  let frame = null;
  body.addEventListener('scroll', () => {
    frame ??= requestAnimationFrame(() => {
      frame = null;
      draw();
    });
  }, { passive: true });
  room.addEventListener('click', (event) => {
    const row = event.target.closest('[role=row]');
    if (row?.item && !event.target.closest('button')) {
      choose(key(row.item));
      open(row.item);
    }
  });
  node.addEventListener('keydown', onKey);
  node.addEventListener('focus', () => {
    if (active === null && items.length > 0) {
      choose(key(items[window_().first]));
    }
  });
  new ResizeObserver(draw).observe(body);

  return {
    node,
    /** Shows these items; a row whose item is the same object keeps its content. */
    show(next) {
      items = next;
      draw();
    },
    /** Fills the visible rows again, since ages change with time. */
    refresh() {
      shown.forEach((row) => fill(row, row.item));
    },
    choose,
    /** The item before or after the active one; null at the ends. */
    neighbour(step) {
      const at = items.findIndex((item) => key(item) === active);
      return at < 0 ? null : items[at + step] ?? null;
    },
    revealKey(name) {
      const index = items.findIndex((item) => key(item) === name);
      if (index >= 0) {
        reveal(index);
        choose(name);
      }
    },
    top() {
      body.scrollTop = 0;
    },
  };
}
