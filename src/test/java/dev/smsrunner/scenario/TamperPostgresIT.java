package dev.smsrunner.scenario;

/** A hand in a PostgreSQL database. */
class TamperPostgresIT extends TamperStories {

    @Override
    StoryDatabase home() {
        return StoryDatabase.postgres();
    }
}
