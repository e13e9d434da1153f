package dev.smsrunner.job.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Milestones;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RequestedCutover;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.sms.MigrationTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Results of a clone and of a network check in the task. */
class ActionResultsTests {

    private static final Instant SENT = Instant.parse("2026-11-21T22:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'clone_state':'FINISHED','vm_id':'vm-1','name':'erp'}       | clone erp (vm-1)",
                "{'clone_state':'finished','vm_id':'','name':'erp','new':{}}  | clone erp"
            })
    void finishedCloneIsDoneAndNamed(String clone, String reason) {
        assertThat(judge("clone_test", "clone_server", clone, 20))
                .isEqualTo(new Decision.Finish(Outcome.DONE, reason, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{'clone_state':null}", "{'clone_state':'READY'}", "{'clone_state':'odd'}"})
    void missingCloneStateUsesSourceStates(String clone) {
        assertThat(judge("clone_test", "clone_server", clone, 20))
                .isEqualTo(new Decision.Finish(Outcome.DONE, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PREPARING", "CREATING", "creating"})
    void cloneInProgressWaits(String state) {
        assertThat(judge("clone_test", "clone_server", "{'clone_state':'" + state + "'}", 20))
                .isEqualTo(new Decision.Wait(Stage.STARTED, "the clone is " + state));
    }

    @Test
    void failedCloneFailsWithItsMessage() {
        var decision = judge(
                "clone_test",
                "clone_server",
                "{'clone_state':'ERROR','clone_error':'SMS.1107','error_msg':'no such server'}",
                20);

        assertThat(decision).isInstanceOfSatisfying(Decision.Finish.class, finish -> {
            assertThat(finish.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(finish.reason()).isEqualTo("clone_test failed with SMS.1107: no such server");
            assertThat(finish.failure().code()).isEqualTo("SMS.1107");
        });
    }

    @Test
    void networkFiguresAreTheReason() {
        var figures = "{'domain_connectivity':true,'destination_connectivity':true,'network_delay':3,"
                + "'migration_speed':'80.5','evaluation_result':'good','cpu_usage':1}";

        assertThat(judge("network_check", "network_check_info", figures, 20))
                .isEqualTo(new Decision.Finish(Outcome.DONE, "network: 80.5 Mbit/s, 3.0 ms delay, good", null));
    }

    @Test
    void brokenNetworkFails() {
        assertThat(judge("network_check", "network_check_info", "{'destination_connectivity':false}", 20))
                .isInstanceOfSatisfying(
                        Decision.Finish.class,
                        finish -> assertThat(finish.reason())
                                .isEqualTo("network_check: the source cannot reach its target"));
    }

    @Test
    void waitForFiguresIsLimited() {
        assertThat(judge("network_check", "network_check_info", "null", 299))
                .isEqualTo(new Decision.Wait(Stage.STARTED, "waiting for the result of the network check"));
        assertThat(judge("network_check", "network_check_info", "{}", 300))
                .isEqualTo(new Decision.Finish(Outcome.DONE, "accepted; the service shows no new result", null));
    }

    private static Decision judge(String operation, String field, String value, int seconds) {
        var task = JSON.readValue("{'%s':%s}".formatted(field, value).replace('\'', '"'), MigrationTask.class);
        return judge(operation, task, PriorResult.NOT_KNOWN, true, seconds);
    }

    private static Decision judge(
            String operation, MigrationTask task, PriorResult before, boolean moved, int seconds) {
        return ActionResults.judge(
                ActionRule.of(operation), row(), task, before, moved, SENT.plus(Duration.ofSeconds(seconds)));
    }

    private static MigrationTask task(String fields) {
        return JSON.readValue("{%s}".formatted(fields).replace('\'', '"'), MigrationTask.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'clone_state':'FINISHED','vm_id':'vm-1'      | false | 299 | wait",
                "'clone_state':'FINISHED','vm_id':'vm-1'      | false | 300 | FAILED",
                "'clone_state':'FINISHED','vm_id':'vm-1'      | true  | 20  | DONE null",
                "'clone_state':'FINISHED','vm_id':'vm-2'      | false | 20  | DONE clone (vm-2)",
                "'clone_state':'ERROR','clone_error':'SMS.1'  | false | 20  | FAILED"
            })
    void cloneFromBeforeTheCallIsNoResult(String clone, boolean moved, int seconds, String expected) {
        var before = PriorResult.of(task("'clone_server':{'clone_state':'FINISHED','vm_id':'vm-1'}"));
        var restored = PriorResult.fromJson(before.toJson());

        var decision = judge("clone_test", task("'clone_server':{%s}".formatted(clone)), restored, moved, seconds);

        assertThat(
                        decision instanceof Decision.Finish finish
                                ? finish.outcome() + (finish.outcome() == Outcome.DONE ? " " + finish.reason() : "")
                                : "wait")
                .isEqualTo(expected.replace("clone (", "clone  ("));
    }

    @Test
    void networkCheckFromBeforeTheCallIsNoResult() {
        var earlier = task("'network_check_info':{'destination_connectivity':true,'migration_speed':80.5}");
        var before = PriorResult.of(earlier);

        assertThat(judge("network_check", earlier, before, false, 299)).isInstanceOf(Decision.Wait.class);
        assertThat(judge("network_check", earlier, before, false, 300))
                .isEqualTo(new Decision.Finish(Outcome.DONE, "accepted; the service shows no new result", null));
        assertThat(judge("network_check", task("'network_check_info':{'migration_speed':80}"), before, false, 20))
                .isEqualTo(new Decision.Finish(Outcome.DONE, "network: 80.0 Mbit/s", null));
    }

    private static LedgerRow row() {
        return new LedgerRow(
                "run",
                1,
                2,
                "server-1",
                "wave-1",
                1,
                List.of(),
                RequestedCutover.NONE,
                "source-1",
                Stage.STARTED,
                null,
                null,
                "task-1",
                ObservedState.NOTHING,
                null,
                1,
                0,
                null,
                new RowCall(Operation.ACTION, CallState.DONE, 1, SENT),
                new Milestones(SENT, SENT, null, null, null),
                null,
                null);
    }
}
