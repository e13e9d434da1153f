package dev.smsrunner.scenario;

/** The stories on the embedded database. */
class MigrationOnH2Tests extends MigrationStories {

    @Override
    StoryDatabase home() {
        return StoryDatabase.embedded();
    }
}
