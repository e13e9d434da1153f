package dev.smsrunner.run;

import dev.smsrunner.scenario.Home;

/** The lease on a real PostgreSQL. */
class RunLeaseIT extends RunLeaseStories {

    @Override
    Home home() {
        return Home.postgres();
    }
}
