package dev.smsrunner.simulator;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of the world with everything needed to repeat it after a restart.
 *
 * @param at virtual time of the change
 * @param kind kind of change
 * @param id id of the changed task or source, or of the new task
 * @param body the relevant part of the request body
 */
record Mutation(Instant at, Kind kind, String id, ObjectNode body) {

    /** Kind of change. */
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
