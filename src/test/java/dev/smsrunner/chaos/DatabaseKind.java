package dev.smsrunner.chaos;

import dev.smsrunner.scenario.StoryDatabase;

/** The databases of the trials. */
enum DatabaseKind {
    H2,
    POSTGRESQL;

    /** A new, empty one. */
    StoryDatabase home() {
        return this == H2 ? StoryDatabase.embedded() : StoryDatabase.postgres();
    }
}
