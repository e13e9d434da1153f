package dev.smsrunner.scenario;

/** The scenarios on the embedded database. */
class MigrationOnH2Tests extends MigrationStories {

    @Override
    StoryDatabase home() {
        return StoryDatabase.embedded();
    }
}
