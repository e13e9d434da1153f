// What a person may ask of the run. Each question is asked once more in a dialog, which then waits for the answer of the
// driver: it carries things out at its next tick, and may refuse.
import { askFor, Refused } from './api.js';
import { attr, bdi, button, el, put, show } from './dom.js';
import { icon, swapIcon } from './icons.js';
import { say, toast } from './say.js';
import { store } from './store.js';
import { refreshControls } from './stream.js';
import { many, visible } from './text.js';
import { ends } from './words.js';

const failedRows = () => store.snapshot?.counts.outcomes?.FAILED ?? 0;

/** SMS continues its work for these after a skip: the operator types the name. */
const UNDER_WAY = new Set(['STARTED', 'REPLICATING', 'SYNCING', 'LAUNCHING']);

/** What each asks, what follows from it, and what its button says. */
const QUESTIONS = {
  STOP: {
    title: 'Stop the run?', act: 'Stop the run', back: 'Keep it running', look: 'stopped',
    says: () => ['No new change is made in the cloud. The service continues the copies that are under way.',
      `${many(store.snapshot.counts.open, 'server')} stay${store.snapshot.counts.open === 1 ? 's' : ''} open; the same command, or resume, continues them.`],
  },
  PAUSE: {
    title: 'Pause starts and launches?', act: 'Pause starts and launches', back: 'Do not pause', look: 'pause',
    says: () => ['No server is started and no target is launched until somebody resumes. Copies under way continue and stay in sync.'],
  },
  RESUME: {
    title: 'Resume starts?', act: 'Resume starts', back: 'Leave it paused', look: 'started',
    says: () => ['Servers that wait are started and launched again, in order, as places become free.'],
  },
  RETRY_ALL: {
    title: 'Retry all failed servers?', act: 'Retry all', back: 'Leave them', look: 'retry',
    says: () => [`${many(failedRows() || ends(store.snapshot.counts.outcomes).bad, 'server')} that failed are opened again and started as places become free.`],
  },
  RETRY: {
    title: 'Retry this server?', act: 'Retry', back: 'Leave it', look: 'retry',
    says: () => ['It is opened again and started as a place becomes free. If its cause is not removed it fails again.'],
  },
  SKIP: {
    title: 'Skip this server?', act: 'Skip it', back: 'Keep it', look: 'skipped', typed: (server) => UNDER_WAY.has(server.stage),
    says: (server) => ['It is closed as skipped: this run does nothing more for it.',
      ...(UNDER_WAY.has(server.stage) ? ['The service continues its work for it, and the runner does not watch it any more.'] : [])],
  },
  LAUNCH: {
    title: 'Launch the target of this server?', act: 'Launch', back: 'Not now', look: 'launching', typed: () => true,
    says: () => ['The target server is started in the cloud and the source is cut over. This cannot be taken back from here.'],
  },
};

/** Whether another row has the name of this one: then the name alone does not say which of them is meant. */
function isTwin(server) {
  const key = nameKey(server.server_name);
  return [...store.servers.values()].some((other) => other.row !== server.row && nameKey(other.server_name) === key);
}

/** As the runner compares names: letter case, composition, blanks around and dots at the end do not count. */
function nameKey(name) {
  return name.normalize('NFC').trim().replace(/[.\s]+$/, '').toLowerCase().replaceAll('ς', 'σ');
}

/** Asks once more, then asks the driver. `server` for what is about one row. */
export function ask(action, server = null) {
  const question = QUESTIONS[action];
  const version = store.snapshot.version;
  const phrase = question.typed?.(server) ? `${action} ${server.server_name}${isTwin(server) ? ` row ${server.row}` : ''}` : null;
  const status = el('p.answer', { role: 'status', hidden: true }, el('span'), el('span'));
  const act = button(question.act, send, { class: 'primary' }, icon(question.look));
  const back = button(question.back, () => dialog.close(), { class: 'ghost' });
  const typed = phrase ? typedField(phrase, act) : null;
  const dialog = el('dialog.ask', { 'aria-labelledby': 'ask-title', 'aria-describedby': 'ask-says' },
    el('h2', { id: 'ask-title' }, icon(question.look), question.title),
    server ? el('p.ask-server', null, bdi(server.server_name), el('span.quiet', null, ` row ${server.row}${server.wave ? `, ${visible(server.wave)}` : ''}`)) : null,
    el('div', { id: 'ask-says' }, question.says(server).map((line) => el('p', null, line))),
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
    tell('waiting', 'Asked. The driver answers at its next tick …');
    try {
      const wish = { action, row: server?.row ?? null, version, ...(phrase ? { confirm: typed.input.value } : {}) };
      const { control_id: id } = await askFor(store.runId, wish);
      await answerOf(id);
    } catch (problem) {
      tell('failed', problem instanceof Refused ? problem.message : 'The server cannot be reached. Nothing was asked.');
      ended();
    }
  }

  /** Until the driver answered; a person may close the dialog, then the answer comes as a notice. */
  async function answerOf(id) {
    for (let tries = 0; tries < 600; tries += 1) {
      const control = (await refreshControls()).find((one) => one.control_id === id);
      if (control && control.state !== 'ASKED') {
        return answered(control);
      }
      await new Promise((resolve) => { setTimeout(resolve, tries < 20 ? 400 : 2_000); });
    }
    return tell('waiting', 'No answer yet. It stays in the list of what was asked.');
  }

  function answered(control) {
    const done = control.state === 'DONE';
    const text = control.answer ?? (done ? 'Done.' : 'Refused.');
    if (open) {
      tell(done ? 'done' : 'failed', `${done ? 'Done' : 'Refused'}: ${visible(text)}`);
      ended();
    } else {
      toast(`${question.act}: ${done ? 'done' : 'refused'}. ${visible(text)}`, done ? 'done' : 'failed');
    }
  }

  function tell(look, text) {
    show(status, true);
    attr(status.firstElementChild, 'class', `look-${look}`);
    swapIcon(status.firstElementChild, look);
    put(status.lastElementChild, text);
    if (!open) {
      say(text);
    }
  }

  function ended() {
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
