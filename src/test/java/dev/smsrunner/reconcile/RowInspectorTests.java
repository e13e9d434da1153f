package dev.smsrunner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.cloud.ApiError;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.job.migrate.MigrateDecider;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.FakeSms;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries for a single row, and the decisions after them. */
class RowInspectorTests {

    private static final LedgerRow ROW = RowFixtures.row(Stage.REPLICATING);
    private static final Observation NO_TASK = RowFixtures.seeing("", "waiting", "checking");

    private final FakeSms sms = new FakeSms();
    private final RowInspector questions = new RowInspector(sms);
    private FakeSms.Task task;

    @BeforeEach
    void oneServerWithItsTask() {
        sms.server("source-1");
        task = sms.task("source-1");
    }

    @Test
    void inspectionAddsCauseOfFailure() {
        task.state = "MIGRATE_FAIL";
        task.error = "{\"error_code\":\"SMS.0210\",\"error_param\":\"/data\"}";

        var observation = questions.inspect(ROW, RowFixtures.seeing("MIGRATE_FAIL", "error", "replicating"));

        assertThat(observation.error())
                .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo("SMS.0210"));
        assertThat(sms.calls()).containsExactly("ShowTask task-1");
    }

    @Test
    void failureWithoutCauseCountsAsInspected() {
        task.state = "MIGRATE_FAIL";

        assertThat(questions.inspect(ROW, NO_TASK).error()).isEmpty();
    }

    @Test
    void twoQueriesProveRemoval() {
        sms.remove("task-1");

        assertThat(confirm(NO_TASK))
                .isEqualTo(new Decision.Wait(
                        Stage.REPLICATING, "its task or source seems to be gone; checking once more"));
        assertThat(confirm(NO_TASK)).isInstanceOfSatisfying(Decision.Finish.class, finish -> {
            assertThat(finish.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(finish.reason()).isEqualTo("the task task-1 was removed by another user");
            assertThat(finish.failure().code()).isEqualTo("SMS.7703");
        });
    }

    @Test
    void proxyPageProvesNothing() {
        var page = new ApiException(CallFailureKind.REFUSED, "ShowTask", 404, ApiError.text("Not Found"));
        var gateway =
                new ApiException(CallFailureKind.REFUSED, "ShowTask", 404, ApiError.of("APIG.0101", "no such API"));

        for (var failure : List.of(page, gateway, page, gateway)) {
            sms.refuse("ShowTask", failure);

            assertThat(confirm(NO_TASK))
                    .isInstanceOfSatisfying(
                            Decision.Wait.class,
                            wait -> assertThat(wait.attention()).startsWith("observation failed: "));
        }
    }

    @Test
    void reappearedTaskResetsTheCount() {
        sms.refuse("ShowTask", Failures.refused("ShowTask", "SMS.7703"));

        assertThat(confirm(NO_TASK)).isInstanceOf(Decision.Wait.class);
        task.state = "RUNNING";
        assertThat(confirm(NO_TASK)).isEqualTo(new Decision.Wait(Stage.REPLICATING, null));
        sms.remove("task-1");
        assertThat(confirm(NO_TASK)).isInstanceOf(Decision.Wait.class);
        assertThat(confirm(NO_TASK)).isInstanceOf(Decision.Finish.class);
    }

    @Test
    void unlistedSourceIsQueriedAlone() {
        task.state = "RUNNING";
        sms.server("source-1").state = "replicate";

        assertThat(confirm(Observation.absent(RowFixtures.NOW))).isEqualTo(new Decision.Wait(Stage.REPLICATING, null));
        assertThat(sms.calls()).containsExactly("ShowServer source-1", "ShowTask task-1");
    }

    @Test
    void removedSourceIsNamed() {
        sms.remove("source-1");

        confirm(Observation.absent(RowFixtures.NOW));

        assertThat(confirm(Observation.absent(RowFixtures.NOW)))
                .isInstanceOfSatisfying(
                        Decision.Finish.class,
                        finish -> assertThat(finish.reason())
                                .isEqualTo("the source server source-1 was removed by another user"));
    }

    @Test
    void replacedTaskIsNamed() {
        sms.remove("task-1");
        var other = ObservationBuilder.builder(NO_TASK).taskId("task-2").build();

        confirm(other);

        assertThat(confirm(other))
                .isInstanceOfSatisfying(
                        Decision.Finish.class,
                        finish -> assertThat(finish.reason())
                                .isEqualTo("the task task-1 was removed by another user, the source has task-2 now"));
    }

    @Test
    void unclearAnswerProvesNothing() {
        for (int i = 0; i < 5; i++) {
            sms.refuse("ShowTask", Failures.unknown("ShowTask"));

            assertThat(confirm(NO_TASK))
                    .isInstanceOfSatisfying(
                            Decision.Wait.class,
                            wait -> assertThat(wait.attention()).startsWith("observation failed: "));
        }
    }

    @Test
    void taskWithoutStateIsUnclear() {
        task.state = "";

        assertThat(confirm(NO_TASK))
                .isEqualTo(new Decision.Wait(Stage.REPLICATING, "the service does not show the state of its task"));
    }

    @Test
    void refusedCredentialsAreThrown() {
        sms.refuse("ShowTask", Failures.denied("ShowTask"));

        assertThatThrownBy(() -> confirm(NO_TASK)).isInstanceOf(ApiException.class);
    }

    private Decision confirm(Observation observed) {
        return questions.confirm(
                ROW,
                observed,
                observation -> MigrateDecider.decide(ROW, observation, RowFixtures.policy(), RowFixtures.NOW));
    }
}
