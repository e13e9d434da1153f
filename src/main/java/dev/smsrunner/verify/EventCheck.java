package dev.smsrunner.verify;

/** Check that follows the events of a run. */
interface EventCheck {

    /** Processes an event with the tables before it. */
    void event(RecordedEvent event, ReplayedTables before);

    /** Called after the last event. */
    default void end(ReplayedTables replayed) {}
}
