package dev.smsrunner.scenario;

/** The stories on a real PostgreSQL. */
class MigrationOnPostgresIT extends MigrationStories {

    @Override
    Home home() {
        return Home.postgres();
    }
}
