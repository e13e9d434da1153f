package dev.smsrunner.batch;

import dev.smsrunner.scenario.StoryDatabase;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Batch job on PostgreSQL. */
@SpringJUnitConfig({
    BulkJobConfigurationIT.World.class,
    JobRepositoryConfiguration.class,
    RunConfiguration.class,
    BulkJobConfiguration.class
})
class BulkJobConfigurationIT extends BulkJobConfigurationStories {

    @Configuration(proxyBeanMethods = false)
    static class World extends JobWorldConfiguration {

        @Override
        StoryDatabase database() {
            return StoryDatabase.postgres();
        }
    }
}
