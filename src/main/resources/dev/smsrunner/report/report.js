(function () {
  'use strict';
  var root = document.documentElement;
  var by = function (id) { return document.getElementById(id); };
  root.classList.add('on');

  // the table of all rows: filter and sort move lines between blocks, so that the browser lays out only the visible part
  var BLOCK = 100;
  function Long(box) {
    this.box = box;
    this.lines = Array.from(box.querySelectorAll('tbody tr'));
    this.order = this.lines.slice();
    this.blocks = Array.from(box.querySelectorAll('.later'));
    this.down = false;
    this.column = -1;
    var self = this;
    box.querySelectorAll('.head th').forEach(function (head, at) {
      var button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.textContent = '';
      head.appendChild(button);
      button.addEventListener('click', function () { self.sort(at, head); });
    });
  }
  Long.prototype.sort = function (at, head) {
    this.down = this.column === at && !this.down;
    this.column = at;
    var number = head.dataset.k === 'n';
    var sign = this.down ? -1 : 1;
    var keys = new Map();
    this.lines.forEach(function (line) {
      var cell = line.cells[at];
      var text = cell.dataset.v || cell.textContent;
      keys.set(line, number ? (text === '' ? Infinity : parseFloat(text)) : text.toLowerCase());
    });
    this.order.sort(function (a, b) {
      var x = keys.get(a), y = keys.get(b);
      if (x === '' || x === Infinity) { return y === x ? 0 : 1; }
      if (y === '' || y === Infinity) { return -1; }
      return x === y ? 0 : (number ? x < y : x.localeCompare(y, undefined, {numeric: true}) < 0) ? -sign : sign;
    });
    this.box.querySelectorAll('.head th').forEach(function (one) { one.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', this.down ? 'descending' : 'ascending');
    this.box.querySelectorAll('.head button').forEach(function (one) { one.textContent = one.textContent.replace(/ [▲▼]$/, ''); });
    head.firstChild.textContent += this.down ? ' ▼' : ' ▲';
    this.fill();
  };
  Long.prototype.fill = function () {
    var kept = this.matches ? this.order.filter(this.matches) : this.order;
    this.box.querySelectorAll('.more').forEach(function (more) { more.remove(); });
    this.blocks.forEach(function (block, at) {
      var some = kept.slice(at * BLOCK, (at + 1) * BLOCK);
      block.querySelector('tbody').replaceChildren.apply(block.querySelector('tbody'), some);
      block.hidden = some.length === 0;
    });
    return kept.length;
  };

  var changes = by('all-changes');
  if (changes) { changes.closest('details').addEventListener('toggle', function () { new Long(changes); }, {once: true}); }

  var details = null;
  function loadDetails() { return details || (details = JSON.parse(by('details').textContent)); }

  var rows = new Long(by('all-rows'));
  var texts = new Map();
  function textOf(line) {
    if (!texts.has(line)) { texts.set(line, line.textContent.normalize('NFC').toLowerCase()); }
    return texts.get(line);
  }
  function filter() {
    var find = by('find').value.trim().normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
    var outcome = by('outcome').value, wave = by('wave').value;
    rows.matches = function (line) {
      var good = /^(MIGRATED|SYNCED|DONE|SKIPPED)$/.test(line.dataset.o);
      return (outcome === '' || (outcome === '!' ? !good : line.dataset.o === outcome))
        && (wave === '*' || line.dataset.w === wave)
        && find.every(function (term) { return textOf(line).indexOf(term) >= 0; });
    };
    var shown = rows.fill(), all = rows.lines.length;
    var unit = all === 1 ? ' row' : ' rows';
    by('shown').textContent = shown === all ? all + unit : shown + ' of ' + all + unit;
  }
  var timer = 0;
  by('find').addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(filter, 80); });
  by('outcome').addEventListener('change', filter);
  by('wave').addEventListener('change', filter);
  by('controls').addEventListener('submit', function (event) { event.preventDefault(); });

  function element(tag, text, parent) {
    var node = document.createElement(tag);
    if (text !== undefined) { node.textContent = text; }
    if (parent) { parent.appendChild(node); }
    return node;
  }
  function isolated(tag, text, parent) { element('bdi', text, element(tag, undefined, parent)); }
  function more(line) {
    var all = loadDetails(), number = line.id.slice(1);
    var row = element('tr'), cell = element('td', undefined, row), list = element('dl', undefined, cell);
    row.className = 'more';
    cell.colSpan = line.cells.length;
    all.columns.forEach(function (name, at) {
      var text = all.texts[all.rows[number][at]];
      if (text !== '') {
        var pair = element('div', undefined, list);
        element('dt', name, pair);
        isolated('dd', text, pair);
      }
    });
    var events = all.events[number] || [0];
    var count = (events.length - 1) / 6;
    element('h3', count < events[0] ? 'The last ' + count + ' of ' + events[0] + ' events (report.json has all events)' : 'Events', cell);
    var table = element('table', undefined, cell);
    for (var at = 1; at < events.length; at += 6) {
      var entry = element('tr', undefined, table);
      element('time', format(all.start + events[at]), element('td', undefined, entry));
      isolated('td', all.texts[events[at + 1]], entry);
      isolated('td', [all.texts[events[at + 2]], all.texts[events[at + 3]]].filter(Boolean).join(' → '), entry);
      isolated('td', all.texts[events[at + 4]], entry);
      isolated('td', all.texts[events[at + 5]], entry);
    }
    return row;
  }
  by('all-rows').addEventListener('click', function (event) {
    var line = event.target.closest('tr[id]');
    if (!line || String(getSelection())) { return; }
    var next = line.nextElementSibling;
    if (next && next.className === 'more') { next.remove(); line.setAttribute('aria-expanded', 'false'); return; }
    line.after(more(line));
    line.setAttribute('aria-expanded', 'true');
  });
  by('all-rows').addEventListener('keydown', function (event) {
    if (event.target.matches('tr[id]') && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); event.target.click(); }
  });
  rows.lines.forEach(function (line) { line.tabIndex = 0; });

  // a link to a row clears a filter that hides the row
  function go() {
    var line = /^#r\d+$/.test(location.hash) && rows.lines.find(function (one) { return '#' + one.id === location.hash; });
    if (!line) { return; }
    if (!line.isConnected) { by('find').value = ''; by('outcome').value = ''; by('wave').value = '*'; filter(); }
    document.querySelectorAll('.here').forEach(function (one) { one.classList.remove('here'); });
    line.classList.add('here');
    line.scrollIntoView({block: 'center'});
    requestAnimationFrame(function () { line.scrollIntoView({block: 'center'}); });
  }
  addEventListener('hashchange', go);
  go();

  // summary of one server beside the pointer
  var tip = element('div');
  tip.id = 'tip';
  tip.hidden = true;
  document.body.appendChild(tip);
  document.addEventListener('mousemove', function (event) {
    var line = event.target.closest && event.target.closest('g[data-r]');
    var row = line && by('r' + line.dataset.r) || line && rows.lines.find(function (one) { return one.id === 'r' + line.dataset.r; });
    tip.hidden = !row;
    if (row) {
      var cells = row.cells;
      tip.textContent = cells[1].textContent + '\n' + cells[4].textContent
        + (cells[8].textContent ? ' after ' + cells[8].textContent : '')
        + (cells[6].textContent ? '\nstarted ' + cells[6].textContent : '')
        + (cells[7].textContent ? '\nended ' + cells[7].textContent : '')
        + (cells[5].textContent ? '\n' + cells[5].textContent.slice(0, 160) : '');
      tip.style.left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8) + 'px';
      tip.style.top = Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8) + 'px';
    }
  });

  document.querySelectorAll('.command').forEach(function (command) {
    var button = element('button', 'copy', command);
    button.type = 'button';
    button.className = 'copy';
    button.addEventListener('click', function () {
      var selection = getSelection(), range = document.createRange();
      range.selectNodeContents(command.querySelector('code'));
      selection.removeAllRanges();
      selection.addRange(range);
      var done = document.execCommand('copy');
      button.textContent = done ? 'copied' : 'press Ctrl-C';
    });
  });

  // UTC or local time
  var local = false;
  function two(number) { return (number < 10 ? '0' : '') + number; }
  function format(seconds) {
    var at = new Date(seconds * 1000);
    return local
      ? at.getFullYear() + '-' + two(at.getMonth() + 1) + '-' + two(at.getDate()) + ' ' + two(at.getHours()) + ':' + two(at.getMinutes()) + ':' + two(at.getSeconds())
      : at.toISOString().slice(0, 19).replace('T', ' ');
  }
  function zone(button) {
    var all = Array.from(document.querySelectorAll('time'));
    rows.lines.forEach(function (line) { if (!line.isConnected) { all = all.concat(Array.from(line.querySelectorAll('time'))); } });
    var before = all.map(function (time) {
      return time.dataset.t = time.dataset.t || Date.parse(time.textContent.replace(' ', 'T') + 'Z') / 1000;
    });
    local = !local;
    all.forEach(function (time, at) { time.textContent = format(Number(before[at])); });
    document.querySelectorAll('.tick').forEach(function (tick) {
      tick.dataset.u = tick.dataset.u || tick.textContent;
      tick.textContent = local ? format(Number(tick.dataset.t)).slice(11, tick.dataset.u.length > 6 ? 19 : 16) : tick.dataset.u;
    });
    var name = Intl.DateTimeFormat().resolvedOptions().timeZone || 'local time';
    document.querySelectorAll('.zone').forEach(function (one) { one.textContent = local ? name : 'UTC'; });
    button.textContent = local ? 'show UTC' : 'show local time';
    texts.clear();
  }
  by('zone').addEventListener('click', function () { zone(by('zone')); });
}());
