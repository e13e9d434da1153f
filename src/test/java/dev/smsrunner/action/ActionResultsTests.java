package dev.smsrunner.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.drive.Decision;
import dev.smsrunner.ledger.Call;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Milestones;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Seen;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.sms.MigrationTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What the task itself tells of a clone and of a network check. */
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
    void aCloneThatIsFinishedIsDoneAndNamed(String clone, String reason) {
        assertThat(judge("clone_test", "clone_server", clone, 20))
                .isEqualTo(new Decision.Close(Outcome.DONE, reason, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{'clone_state':null}", "{'clone_state':'READY'}", "{'clone_state':'odd'}"})
    void aServiceThatTellsNoStateOfTheCloneIsTakenByTheStatesOfTheSource(String clone) {
        assertThat(judge("clone_test", "clone_server", clone, 20))
                .isEqualTo(new Decision.Close(Outcome.DONE, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PREPARING", "CREATING", "creating"})
    void aCloneThatIsBeingMadeIsWaitedFor(String state) {
        assertThat(judge("clone_test", "clone_server", "{'clone_state':'" + state + "'}", 20))
                .isEqualTo(new Decision.Look(Stage.STARTED, "the clone is " + state));
    }

    @Test
    void aFailedCloneFailsWithItsMessage() {
        var told = judge(
                "clone_test",
                "clone_server",
                "{'clone_state':'ERROR','clone_error':'SMS.1107','error_msg':'no such server'}",
                20);

        assertThat(told).isInstanceOfSatisfying(Decision.Close.class, close -> {
            assertThat(close.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(close.reason()).isEqualTo("clone_test failed with SMS.1107: no such server");
            assertThat(close.failure().code()).isEqualTo("SMS.1107");
        });
    }

    @Test
    void theFiguresOfTheNetworkAreTold() {
        var figures = "{'domain_connectivity':true,'destination_connectivity':true,'network_delay':3,"
                + "'migration_speed':'80.5','evaluation_result':'good','cpu_usage':1}";

        assertThat(judge("network_check", "network_check_info", figures, 20))
                .isEqualTo(new Decision.Close(Outcome.DONE, "network: 80.5 Mbit/s, 3.0 ms delay, good", null));
    }

    @Test
    void aNetworkThatDoesNotCarryIsAFailure() {
        assertThat(judge("network_check", "network_check_info", "{'destination_connectivity':false}", 20))
                .isInstanceOfSatisfying(
                        Decision.Close.class,
                        close -> assertThat(close.reason())
                                .isEqualTo("network_check: the source cannot reach its target"));
    }

    @Test
    void figuresAreWaitedForButNotForEver() {
        assertThat(judge("network_check", "network_check_info", "null", 59))
                .isEqualTo(new Decision.Look(Stage.STARTED, "waiting for the result of the network check"));
        assertThat(judge("network_check", "network_check_info", "{}", 60))
                .isEqualTo(new Decision.Close(Outcome.DONE, "accepted; the service tells no result", null));
    }

    private static Decision judge(String operation, String field, String value, int seconds) {
        var task = JSON.readValue("{'%s':%s}".formatted(field, value).replace('\'', '"'), MigrationTask.class);
        return ActionResults.judge(ActionRule.of(operation), row(), task, SENT.plus(Duration.ofSeconds(seconds)));
    }

    private static Migration row() {
        return new Migration(
                "run",
                1,
                2,
                "server-1",
                "wave-1",
                1,
                List.of(),
                "source-1",
                Stage.STARTED,
                null,
                null,
                "task-1",
                Seen.NOTHING,
                null,
                1,
                null,
                new Call(Operation.ACTION, CallState.DONE, 1, SENT),
                new Milestones(SENT, SENT, null, null, null),
                null,
                null);
    }
}
