package dev.smsrunner.run;

import dev.smsrunner.scenario.StoryDatabase;

/** The lease on a real PostgreSQL. */
class RunLeaseIT extends RunLeaseStories {

    @Override
    StoryDatabase home() {
        return StoryDatabase.postgres();
    }
}
