package dev.smsrunner.run;

import dev.smsrunner.scenario.Home;

/** The lease on the embedded database. */
class RunLeaseTests extends RunLeaseStories {

    @Override
    Home home() {
        return Home.embedded();
    }
}
