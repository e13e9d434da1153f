package dev.smsrunner.batch;

import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.job.CloudApis;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.scenario.StoryDatabase;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;

/** Components of a run in a {@link JobWorld}. */
abstract class JobWorldConfiguration {

    abstract StoryDatabase database();

    @Bean
    JobWorld world() throws Exception {
        return new JobWorld(database());
    }

    @Bean(destroyMethod = "")
    DataSource dataSource(JobWorld world) {
        return world.database().source();
    }

    @Bean
    RunInput input(JobWorld world) {
        return world.input();
    }

    @Bean
    FencedRun owner(JobWorld world) {
        return world.owner();
    }

    @Bean
    Ledger ledger(JobWorld world) {
        return world.ledger();
    }

    @Bean(destroyMethod = "")
    CloudApis cloud(JobWorld world) {
        return world.cloud();
    }

    @Bean(destroyMethod = "")
    ExecutorService calls(JobWorld world) {
        return world.calls();
    }

    @Bean
    StopSignal stopSignal() {
        return () -> null;
    }

    @Bean
    StageListener stageListener() {
        return name -> {};
    }

    @Bean
    RunEnd runEnd(JobWorld world) {
        return world::finish;
    }

    @Bean
    RandomGenerator random() {
        return new Random(7);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Makes the reconcile step fail where the world plans it. */
    @Bean
    static BeanPostProcessor failures(ObjectProvider<JobWorld> world) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof ReconcileStep step) {
                    step.registerStepExecutionListener(new FailingStart(world.getObject()));
                }
                return bean;
            }
        };
    }

    private record FailingStart(JobWorld world) implements StepExecutionListener {

        @Override
        public void beforeStep(StepExecution execution) {
            var failure = world.reconcileFailures.poll();
            if (failure != null) {
                throw failure;
            }
        }
    }
}
