// The requests of the operator. A dialog confirms each one, then waits for the answer of the process that works on the run,
// which carries it out or refuses it at its next tick.
import { postControl, RequestRefused } from './api.js';
import { attr, bdi, button, el, put, show } from './dom.js';
import { icon, swapIcon } from './icons.js';
import { announce, toast } from './announce.js';
import { store } from './store.js';
import { refreshControls } from './stream.js';
import { many, visible } from './text.js';
import { ends } from './vocabulary.js';

const failedRows = () => store.snapshot?.counts.outcomes?.FAILED ?? 0;

/** SMS continues its work for these after a skip: the operator types the name. */
const UNDER_WAY = new Set(['STARTED', 'REPLICATING', 'SYNCING', 'LAUNCHING']);

/** The title, text and button labels of each dialog. */
const DIALOGS = {
  STOP: {
    title: 'Stop the run?', act: 'Stop the run', back: 'Keep it running', tone: 'stopped',
    text: () => ['The run makes no new change in the cloud. The service continues the copies that are under way.',
      `${many(store.snapshot.counts.open, 'server')} stay${store.snapshot.counts.open === 1 ? 's' : ''} open; the same command, or resume, continues them.`],
  },
  PAUSE: {
    title: 'Pause starts and launches?', act: 'Pause starts and launches', back: 'Do not pause', tone: 'pause',
    text: () => ['The run starts no server and launches no target until an operator resumes it. Copies under way continue and stay in sync.'],
  },
  RESUME: {
    title: 'Resume starts?', act: 'Resume starts', back: 'Leave it paused', tone: 'started',
    text: () => ['The run starts and launches waiting servers again, in order, as places become free.'],
  },
  RETRY_ALL: {
    title: 'Retry all failed servers?', act: 'Retry all', back: 'Leave them', tone: 'retry',
    text: () => [`The run reopens ${many(failedRows() || ends(store.snapshot.counts.outcomes).bad, 'failed server')}. Each starts when a place is free.`],
  },
  RETRY: {
    title: 'Retry this server?', act: 'Retry', back: 'Leave it', tone: 'retry',
    text: () => ['The run reopens the server and starts it when a place is free. Unless the cause is fixed, it fails again.'],
  },
  SKIP: {
    title: 'Skip this server?', act: 'Skip it', back: 'Keep it', tone: 'skipped', typed: (server) => UNDER_WAY.has(server.stage),
    text: (server) => ['The server ends as skipped: this run does nothing more for it.',
      ...(UNDER_WAY.has(server.stage) ? ['The service continues its work for it; the runner stops watching it.'] : [])],
  },
  LAUNCH: {
    title: 'Launch the target of this server?', act: 'Launch', back: 'Not now', tone: 'launching', typed: () => true,
    text: () => ['The service starts the target server in the cloud and cuts the source over. You cannot undo this here.'],
  },
};

/** Whether another row has the same name, so that the name alone is ambiguous. */
function isTwin(server) {
  const key = nameKey(server.server_name);
  return [...store.servers.values()].some((other) => other.row !== server.row && nameKey(other.server_name) === key);
}

/** Normalizes a name as the runner does: ignores case, composition, surrounding blanks and trailing dots. */
function nameKey(name) {
  return name.normalize('NFC').trim().replace(/[.\s]+$/, '').toLowerCase().replaceAll('ς', 'σ');
}

/** Opens the dialog of an action and sends the request once it is confirmed. `server` is set for an action on one row. */
export function confirmAction(action, server = null) {
  const question = DIALOGS[action];
  const version = store.snapshot.version;
  const phrase = question.typed?.(server) ? `${action} ${server.server_name}${isTwin(server) ? ` row ${server.row}` : ''}` : null;
  const status = el('p.answer', { role: 'status', hidden: true }, el('span'), el('span'));
  const act = button(question.act, send, { class: 'primary' }, icon(question.tone));
  const back = button(question.back, () => dialog.close(), { class: 'ghost' });
  const typed = phrase ? typedField(phrase, act) : null;
  const dialog = el('dialog.confirm', { 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-text' },
    el('h2', { id: 'confirm-title' }, icon(question.tone), question.title),
    server ? el('p.confirm-server', null, bdi(server.server_name), el('span.quiet', null, ` row ${server.row}${server.wave ? `, ${visible(server.wave)}` : ''}`)) : null,
    el('div', { id: 'confirm-text' }, question.text(server).map((line) => el('p', null, line))),
    typed?.node ?? null, status, el('div.dialog-foot', null, back, act));
  let open = true;
  dialog.addEventListener('close', () => {
    open = false;
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  (typed?.input ?? back).focus();

  async function send() {
    act.disabled = true;
    attr(typed?.input ?? act, 'disabled', true);
    showStatus('waiting', 'Requested. The run answers within about a second …');
    try {
      const request = { action, row: server?.row ?? null, version, ...(phrase ? { confirm: typed.input.value } : {}) };
      const { control_id: id } = await postControl(store.runId, request);
      await awaitAnswer(id);
    } catch (problem) {
      showStatus('failed', problem instanceof RequestRefused ? problem.message : 'No connection to the server. Nothing was requested.');
      offerClose();
    }
  }

  /** Polls until the run has answered. When the operator closes the dialog before, the answer comes as a notice. */
  async function awaitAnswer(id) {
    for (let tries = 0; tries < 600; tries += 1) {
      const control = (await refreshControls()).find((one) => one.control_id === id);
      if (control && control.state !== 'ASKED') {
        return showAnswer(control);
      }
      await new Promise((resolve) => { setTimeout(resolve, tries < 20 ? 400 : 2_000); });
    }
    return showStatus('waiting', 'No answer yet. The request stays in the list of requests.');
  }

  function showAnswer(control) {
    const done = control.state === 'DONE';
    const text = control.answer ?? (done ? 'Done.' : 'Refused.');
    if (open) {
      showStatus(done ? 'done' : 'failed', `${done ? 'Done' : 'Refused'}: ${visible(text)}`);
      offerClose();
    } else {
      toast(`${question.act}: ${done ? 'done' : 'refused'}. ${visible(text)}`, done ? 'done' : 'failed');
    }
  }

  function showStatus(tone, text) {
    show(status, true);
    attr(status.firstElementChild, 'class', `tone-${tone}`);
    swapIcon(status.firstElementChild, tone);
    put(status.lastElementChild, text);
    if (!open) {
      announce(text);
    }
  }

  function offerClose() {
    show(act, false);
    put(back, 'Close');
    back.focus();
  }
}

function typedField(phrase, act) {
  const input = el('input', { id: 'typed', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' });
  const node = el('label.typed', { for: 'typed' }, el('span', null, 'Type ', el('code', null, bdi(phrase)), ' to confirm'), input);
  act.disabled = true;
  input.addEventListener('input', () => { act.disabled = input.value.normalize('NFC') !== phrase.normalize('NFC'); });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !act.disabled) {
      event.preventDefault();
      act.click();
    }
  });
  return { node, input };
}
