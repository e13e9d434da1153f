package dev.smsrunner.run;

import dev.smsrunner.scenario.StoryDatabase;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Batch job on PostgreSQL. */
@SpringJUnitConfig({
    BulkJobConfigurationIT.OnPostgres.class,
    BulkJobConfiguration.Repository.class,
    BulkJobConfiguration.class
})
class BulkJobConfigurationIT extends BulkJobConfigurationStories {

    @Configuration(proxyBeanMethods = false)
    static class OnPostgres {

        @Bean
        JobWorld world() throws Exception {
            return new JobWorld(StoryDatabase.postgres());
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
