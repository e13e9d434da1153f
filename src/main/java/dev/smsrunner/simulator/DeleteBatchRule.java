package dev.smsrunner.simulator;

/** What an id that cannot be deleted does to the other ids of DeleteTasks and DeleteServers; no page states it. */
enum DeleteBatchRule {
    /** The call is refused and deletes nothing. */
    REFUSES_ALL,
    /** The call deletes the other ids and is refused. */
    REFUSES_ITSELF,
    /** The call deletes the other ids and is accepted. */
    IGNORED
}
