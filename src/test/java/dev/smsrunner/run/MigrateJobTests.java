package dev.smsrunner.run;

import dev.smsrunner.scenario.Home;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** The job on the embedded database. */
@SpringJUnitConfig({MigrateJobTests.OnH2.class, MigrateJob.Repository.class, MigrateJob.class})
class MigrateJobTests extends MigrateJobStories {

    @Configuration(proxyBeanMethods = false)
    static class OnH2 {

        @Bean
        JobWorld world() throws Exception {
            return new JobWorld(Home.embedded());
        }

        @Bean(destroyMethod = "")
        DataSource dataSource(JobWorld world) {
            return world.database().source();
        }

        @Bean
        Work work(JobWorld world) {
            return world.work();
        }
    }
}
