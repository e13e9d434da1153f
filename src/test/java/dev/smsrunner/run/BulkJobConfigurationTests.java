package dev.smsrunner.run;

import dev.smsrunner.scenario.StoryDatabase;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Batch job on the embedded database. */
@SpringJUnitConfig({
    BulkJobConfigurationTests.OnH2.class,
    BulkJobConfiguration.Repository.class,
    BulkJobConfiguration.class
})
class BulkJobConfigurationTests extends BulkJobConfigurationStories {

    @Configuration(proxyBeanMethods = false)
    static class OnH2 {

        @Bean
        JobWorld world() throws Exception {
            return new JobWorld(StoryDatabase.embedded());
        }

        @Bean(destroyMethod = "")
        DataSource dataSource(JobWorld world) {
            return world.database().source();
        }

        @Bean
        RunContext work(JobWorld world) {
            return world.work();
        }
    }
}
