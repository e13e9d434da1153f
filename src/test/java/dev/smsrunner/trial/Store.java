package dev.smsrunner.trial;

import dev.smsrunner.scenario.Home;

/** The databases that every promise holds on. */
enum Store {
    H2,
    POSTGRESQL;

    /** A new, empty one. */
    Home home() {
        return this == H2 ? Home.embedded() : Home.postgres();
    }
}
