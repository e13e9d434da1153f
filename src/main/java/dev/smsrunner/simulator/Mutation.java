package dev.smsrunner.simulator;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of the world, complete enough to be made again when a killed simulator is started anew.
 *
 * @param at virtual time of the change
 * @param kind what changes
 * @param id the task or source changed, or the id of the new task
 * @param body what the caller sent, as far as it matters
 */
record Mutation(Instant at, Kind kind, String id, ObjectNode body) {

    /** What changes. */
    enum Kind {
        CREATE_TASK,
        UPDATE_TASK,
        COMMAND_TASK,
        LIMIT_SPEED,
        CHANGE_STATE,
        RENAME_SOURCE,
        DELETE_SOURCE,
        STOP_DCS_TASK,
        DELETE_DCS_TASK,
        NOTE_TASK,
        STORE_DOCUMENT,
        DISCARD_DOCUMENT
    }
}
