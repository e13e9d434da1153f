// The vocabulary of the page: what stages and outcomes are called, which shape and colour each has, what they mean.
import { visible } from './text.js';

/** In the order in which a server goes through them. `look` names both the shape and the colour. */
export const STAGES = [
  { id: 'PLANNED', word: 'Planned', look: 'planned', says: 'In the ledger, no migration task yet' },
  { id: 'TASK_READY', word: 'Task ready', look: 'ready', says: 'The migration task waits for its start' },
  { id: 'STARTED', word: 'Started', look: 'started', says: 'The start was sent, no copy seen yet' },
  { id: 'REPLICATING', word: 'Replicating', look: 'replicating', says: 'The full copy goes on' },
  { id: 'SYNCING', word: 'Syncing', look: 'syncing', says: 'The copy is complete and kept in sync' },
  { id: 'LAUNCHING', word: 'Launching', look: 'launching', says: 'The target server is being launched' },
];

export const CLOSED = { id: 'CLOSED', word: 'Closed', look: 'done', says: 'Ended; the outcome says how' };

export const OUTCOMES = [
  { id: 'MIGRATED', word: 'Migrated', look: 'done', good: true, says: 'The target server runs' },
  { id: 'SYNCED', word: 'Synced', look: 'done', good: true, says: 'Copied and kept in sync, which was the goal' },
  { id: 'DONE', word: 'Done', look: 'done', good: true, says: 'Done' },
  { id: 'SKIPPED', word: 'Skipped', look: 'skipped', good: true, says: 'There was nothing to do; the reason says why' },
  { id: 'FAILED', word: 'Failed', look: 'failed', bad: true, says: 'Tried and given up' },
  { id: 'REJECTED', word: 'Rejected', look: 'failed', bad: true, says: 'Refused before anything was changed for it' },
  { id: 'NOT_LAUNCHED', word: 'Not launched', look: 'failed', bad: true, says: 'Its target was not launched; the reason says why' },
  { id: 'STOPPED', word: 'Stopped', look: 'stopped', says: 'Open when a person stopped the run' },
  { id: 'WAITING', word: 'Waiting', look: 'waiting', says: 'Still open' },
];

/** The two ends of the picture over time. */
export const ENDS = [
  { id: 'CLOSED_OK', word: 'Reached the goal', short: 'Goal reached', look: 'done', says: 'Migrated, synced, done or skipped' },
  { id: 'CLOSED_BAD', word: 'Failed, rejected or not launched', short: 'Failed', look: 'failed', says: 'Ended without reaching the goal' },
];

export const RUN_STATES = {
  RUNNING: { word: 'Running', look: 'live' },
  PAUSED: { word: 'Starts and launches paused', look: 'pause' },
  STOPPING: { word: 'Stopping', look: 'stopped' },
  STOPPED: { word: 'Stopped', look: 'stopped' },
  INTERRUPTED: { word: 'Interrupted', look: 'attention' },
  FINISHED: { word: 'Finished', look: 'done' },
};

const BY_STAGE = new Map([...STAGES, CLOSED].map((stage) => [stage.id, stage]));
const BY_OUTCOME = new Map(OUTCOMES.map((outcome) => [outcome.id, outcome]));

/** A stage or outcome that this page does not know is shown as it is written. */
function unknown(id) {
  return { id, word: String(id ?? 'unknown'), look: 'state', says: '' };
}

export function stage(id) {
  return BY_STAGE.get(id) ?? unknown(id);
}

export function outcome(id) {
  return BY_OUTCOME.get(id) ?? unknown(id);
}

export function isOpen(server) {
  return server.stage !== 'CLOSED';
}

/** What is said of one server: how it ended, or where it is. */
export function standing(server) {
  return isOpen(server) ? stage(server.stage) : outcome(server.outcome);
}

/** The numbers that end the picture: goal reached, not reached. */
export function ends(outcomes) {
  const sum = (of) => OUTCOMES.filter(of).reduce((all, one) => all + (outcomes?.[one.id] ?? 0), 0);
  return { good: sum((one) => one.good), bad: sum((one) => one.bad) };
}

/** The parts of a bar from left to right: what has ended, what is under way, what has not begun. */
export function parts(counts) {
  const { good, bad } = ends(counts.outcomes);
  const stages = [...STAGES].reverse().map((one) => ({ ...one, count: counts.stages?.[one.id] ?? 0 }));
  return [{ ...ENDS[0], count: good }, { ...ENDS[1], count: bad }, ...stages];
}

/** How a run stands; one that finished with failures does not look like one without. */
export function runState(run, outcomes) {
  const known = RUN_STATES[run.state];
  const { bad } = ends(outcomes);
  if (run.state === 'FINISHED' && bad > 0) {
    return { word: `Finished, ${bad} failed`, look: 'failed' };
  }
  if (run.state === 'RUNNING' && run.stop_requested_at) {
    return RUN_STATES.STOPPING;
  }
  if (run.state === 'RUNNING' && run.paused_at) {
    return RUN_STATES.PAUSED;
  }
  return known ?? { word: String(run.state), look: 'state' };
}

/** A class of errors, FIX_AND_RETRY, in words. */
export function kindOf(errorClass) {
  return visible(String(errorClass).toLowerCase().replaceAll('_', ' '));
}

const GIGA = 1e9;

/**
 * How far the copy is, from texts such as "910533066 of 91053306675 bytes, MIGRATE_LINUX_BLOCK-1": the part for the bar, and
 * the text made short; a text that is not understood is shown as it is. Never more than a picture: no state follows from it.
 */
export function progressOf(progress) {
  const text = progress ?? '';
  const bytes = /(\d+) of (\d+) bytes/.exec(text);
  if (bytes && Number(bytes[2]) > 0) {
    const percent = (100 * Number(bytes[1])) / Number(bytes[2]);
    return { percent, text: `${Math.floor(percent)} % of ${gigabytes(Number(bytes[2]))} GB` };
  }
  const written = /(\d+(?:\.\d+)?)\s*%/.exec(text);
  return { percent: written ? Number(written[1]) : null, text };
}

function gigabytes(bytes) {
  return bytes < 10 * GIGA ? (bytes / GIGA).toFixed(1) : Math.round(bytes / GIGA);
}

/** The states of the service as it says them: of the task, of the copy, of the cycle. */
export function rawStates(server) {
  return [server.task_state, server.copy_state, server.migration_cycle].filter((state) => state).join(' / ');
}

/** What a person should read about the row first. */
export function lastWord(server) {
  if (isOpen(server) && server.obstacle) {
    return server.obstacle;
  }
  if (server.attention) {
    return server.attention;
  }
  const code = server.error_code ? `${server.error_code}: ` : '';
  if (server.error_text) {
    return server.error_text.includes(server.error_code ?? '\u0000') ? server.error_text : code + server.error_text;
  }
  return server.reason ?? (server.error_code || '');
}
