// The vocabulary of the page: label, tone (shape and colour) and meaning of stages, outcomes and run states.
import { visible } from './text.js';

/** In the order in which a server reaches them. */
export const STAGES = [
  { id: 'PLANNED', label: 'Planned', tone: 'planned', meaning: 'In the ledger, no migration task yet' },
  { id: 'TASK_READY', label: 'Task ready', tone: 'ready', meaning: 'The migration task waits for its start' },
  { id: 'STARTED', label: 'Started', tone: 'started', meaning: 'The start was sent, no copy observed yet' },
  { id: 'REPLICATING', label: 'Replicating', tone: 'replicating', meaning: 'The full copy is under way' },
  { id: 'SYNCING', label: 'Syncing', tone: 'syncing', meaning: 'The copy is complete and kept in sync' },
  { id: 'LAUNCHING', label: 'Launching', tone: 'launching', meaning: 'The service launches the target server' },
];

export const CLOSED = { id: 'CLOSED', label: 'Ended', tone: 'done', meaning: 'See the outcome' };

export const OUTCOMES = [
  { id: 'MIGRATED', label: 'Migrated', tone: 'done', good: true, meaning: 'The target server runs' },
  { id: 'SYNCED', label: 'Synced', tone: 'done', good: true, meaning: 'Copied and kept in sync, which was the goal' },
  { id: 'DONE', label: 'Done', tone: 'done', good: true, meaning: 'Done' },
  { id: 'SKIPPED', label: 'Skipped', tone: 'skipped', good: true, meaning: 'There was nothing to do; see the reason' },
  { id: 'FAILED', label: 'Failed', tone: 'failed', bad: true, meaning: 'Tried and given up' },
  { id: 'REJECTED', label: 'Rejected', tone: 'failed', bad: true, meaning: 'Refused before any change in the cloud' },
  { id: 'NOT_LAUNCHED', label: 'Not launched', tone: 'failed', bad: true, meaning: 'The target was not launched; see the reason' },
  { id: 'STOPPED', label: 'Stopped', tone: 'stopped', meaning: 'Open when an operator stopped the run' },
  { id: 'WAITING', label: 'Waiting', tone: 'waiting', meaning: 'Still open' },
];

/** The two layers of ended servers in the chart. */
export const ENDS = [
  { id: 'CLOSED_OK', label: 'Reached the goal', short: 'Goal reached', tone: 'done', meaning: 'Migrated, synced, done or skipped' },
  { id: 'CLOSED_BAD', label: 'Failed, rejected or not launched', short: 'Failed', tone: 'failed', meaning: 'Ended without reaching the goal' },
];

export const RUN_STATES = {
  RUNNING: { label: 'Running', tone: 'live' },
  PAUSED: { label: 'Starts and launches paused', tone: 'pause' },
  STOPPING: { label: 'Stopping', tone: 'stopped' },
  STOPPED: { label: 'Stopped', tone: 'stopped' },
  INTERRUPTED: { label: 'Interrupted', tone: 'attention' },
  FINISHED: { label: 'Finished', tone: 'done' },
};

const BY_STAGE = new Map([...STAGES, CLOSED].map((stage) => [stage.id, stage]));
const BY_OUTCOME = new Map(OUTCOMES.map((outcome) => [outcome.id, outcome]));

/** An unknown stage or outcome is shown as it is. */
function unknown(id) {
  return { id, label: String(id ?? 'unknown'), tone: 'state', meaning: '' };
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

/** The outcome of an ended server, the stage of an open one. */
export function standing(server) {
  return isOpen(server) ? stage(server.stage) : outcome(server.outcome);
}

/** The numbers of ended servers: goal reached, goal not reached. */
export function ends(outcomes) {
  const sum = (of) => OUTCOMES.filter(of).reduce((all, one) => all + (outcomes?.[one.id] ?? 0), 0);
  return { good: sum((one) => one.good), bad: sum((one) => one.bad) };
}

/** The parts of a bar from left to right: ended, under way, not started. */
export function parts(counts) {
  const { good, bad } = ends(counts.outcomes);
  const stages = [...STAGES].reverse().map((one) => ({ ...one, count: counts.stages?.[one.id] ?? 0 }));
  return [{ ...ENDS[0], count: good }, { ...ENDS[1], count: bad }, ...stages];
}

/** Label and tone of a run; a run that finished with failures has a tone of its own. */
export function runState(run, outcomes) {
  const known = RUN_STATES[run.state];
  const { bad } = ends(outcomes);
  if (run.state === 'FINISHED' && bad > 0) {
    return { label: `Finished, ${bad} failed`, tone: 'failed' };
  }
  if (run.state === 'RUNNING' && run.stop_requested_at) {
    return RUN_STATES.STOPPING;
  }
  if (run.state === 'RUNNING' && run.paused_at) {
    return RUN_STATES.PAUSED;
  }
  return known ?? { label: String(run.state), tone: 'state' };
}

/** The class of an error as text: FIX_AND_RETRY as "fix and retry". */
export function kindOf(errorClass) {
  return visible(String(errorClass).toLowerCase().replaceAll('_', ' '));
}

const GIGA = 1e9;

/**
 * Percentage and short text of the copy, from texts such as "910533066 of 91053306675 bytes, MIGRATE_LINUX_BLOCK-1". An
 * unknown text is shown as it is. For display only.
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

/** The service's own states of task, copy and migration cycle. */
export function rawStates(server) {
  return [server.task_state, server.copy_state, server.migration_cycle].filter((state) => state).join(' / ');
}

/** The most important text about the row. */
export function detailOf(server) {
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
