package dev.smsrunner.run.lease;

import dev.smsrunner.scenario.StoryDatabase;

/** Lease on the embedded database. */
class RunLeaseTests extends RunLeaseStories {

    @Override
    StoryDatabase home() {
        return StoryDatabase.embedded();
    }
}
