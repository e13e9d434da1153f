package dev.smsrunner.run.lease;

import dev.smsrunner.scenario.StoryDatabase;

/** Lease on PostgreSQL. */
class RunLeaseIT extends RunLeaseStories {

    @Override
    StoryDatabase home() {
        return StoryDatabase.postgres();
    }
}
