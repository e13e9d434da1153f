package dev.smsrunner.scenario;

/** Tampering in a PostgreSQL database. */
class TamperPostgresIT extends TamperStories {

    @Override
    StoryDatabase home() {
        return StoryDatabase.postgres();
    }
}
