package dev.smsrunner.scenario;

/** A hand in a PostgreSQL database. */
class TamperPostgresIT extends TamperStories {

    @Override
    Home home() {
        return Home.postgres();
    }
}
