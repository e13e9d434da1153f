package dev.smsrunner.batch;

import dev.smsrunner.scenario.StoryDatabase;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Batch job on the embedded database. */
@SpringJUnitConfig({
    BulkJobConfigurationTests.World.class,
    JobRepositoryConfiguration.class,
    RunConfiguration.class,
    BulkJobConfiguration.class
})
class BulkJobConfigurationTests extends BulkJobConfigurationStories {

    @Configuration(proxyBeanMethods = false)
    static class World extends JobWorldConfiguration {

        @Override
        StoryDatabase database() {
            return StoryDatabase.embedded();
        }
    }
}
