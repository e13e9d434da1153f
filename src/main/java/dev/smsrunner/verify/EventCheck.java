package dev.smsrunner.verify;

/** A check that follows the events of a run. */
interface EventCheck {

    /** An event, and what the tables were before it. */
    void event(RecordedEvent event, ReplayedTables before);

    /** There are no more. */
    default void end(ReplayedTables fold) {}
}
