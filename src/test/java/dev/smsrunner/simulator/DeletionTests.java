package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** DeleteTasks and DeleteServers. */
class DeletionTests {

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock();
    private Simulator simulator;
    private SimulatorClient caller;

    @BeforeEach
    void start() throws IOException {
        start("");
    }

    private void start(String faults) throws IOException {
        close();
        simulator = FaultySimulator.start(directory, clock, faults);
        caller = new SimulatorClient(simulator);
    }

    @AfterEach
    void close() {
        if (simulator != null) {
            simulator.close();
        }
    }

    @Test
    void deletedTasksAreDeletingForAWhileThenGone() {
        String one = caller.create(server(0), false);
        String two = caller.create(server(1), false);

        assertThat(delete("tasks", one, two).text()).isEqualTo("{}");

        assertThat(caller.states(one)).isEqualTo("DELETING/deleting/setting");
        assertThat(delete("tasks", two).code()).isEqualTo("SMS.7719");
        clock.pass(Duration.ofMinutes(1));
        assertThat(caller.get("/v3/tasks/" + one).code()).isEqualTo("SMS.7703");
        assertThat(caller.source(id(1)).path("current_task").isNull()).isTrue();
        assertThat(caller.source(id(1)).path("state").stringValue()).isEqualTo("waiting");
    }

    @Test
    void deletedSourcesAreAbsentAndTheirTasksGo() {
        String task = caller.create(server(0), false);

        String source = id(0);

        assertThat(delete("sources", source, id(1)).status()).isEqualTo(200);

        assertThat(caller.servers("limit=200").path("count").intValue()).isEqualTo(10);
        assertThat(caller.get("/v3/sources/" + source).code()).isEqualTo("SMS.7602");
        clock.pass(Duration.ofMinutes(1));
        assertThat(caller.get("/v3/tasks/" + task).code()).isEqualTo("SMS.7703");
    }

    @Test
    void eachDeletionHasAnEntryInTheAudit() {
        String task = caller.create(server(0), false);
        String first = id(0);
        String second = id(1);

        delete("tasks", task);
        clock.pass(Duration.ofMinutes(1));
        delete("sources", first, second);

        assertThat(entries("Delete"))
                .extracting(
                        AuditEntry::operation,
                        AuditEntry::source,
                        AuditEntry::task,
                        AuditEntry::effect,
                        AuditEntry::status)
                .containsExactly(
                        tuple("DeleteTask", first, task, AuditEntry.Effect.EXECUTED, 200),
                        tuple("DeleteTasks", null, null, AuditEntry.Effect.NONE, 200),
                        tuple("DeleteServer", first, null, AuditEntry.Effect.EXECUTED, 200),
                        tuple("DeleteServer", second, null, AuditEntry.Effect.EXECUTED, 200),
                        tuple("DeleteServers", null, null, AuditEntry.Effect.NONE, 200));
        assertThat(entries("DeleteTask").get(0).before()).isEqualTo("READY/waiting/setting");
    }

    @ParameterizedTest
    @CsvSource({"refuses-all,    400, 2", "refuses-itself, 400, 0", "ignored,        200, 0"})
    void theFaultFileChoosesWhatABadIdDoesToTheOthers(String rule, int status, int left) throws IOException {
        start("bad-delete-id: " + rule + "\n");
        String one = caller.create(server(0), false);
        String two = caller.create(server(1), false);

        SimulatorClient.Reply reply = delete("tasks", one, "no-such-task", two);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(status == 200 || reply.code().equals("SMS.7703")).isTrue();
        assertThat(entries("DeleteTask"))
                .filteredOn(entry -> "no-such-task".equals(entry.task()))
                .extracting(AuditEntry::effect, AuditEntry::status)
                .containsExactly(tuple(status == 200 ? AuditEntry.Effect.NONE : AuditEntry.Effect.REFUSED, status));
        clock.pass(Duration.ofMinutes(1));
        assertThat(caller.get("/v3/tasks").json().path("count").intValue()).isEqualTo(left);
    }

    @Test
    void aBusyTaskOrSourceIsRefusedWhileItsAgentIsConnected() {
        String task = caller.create(server(0), false);
        caller.act(task, "start");

        assertThat(delete("tasks", task).code()).isEqualTo("SMS.7719");
        assertThat(delete("sources", id(0)).code()).isEqualTo("SMS.7719");
        assertThat(simulator.audit().violations())
                .extracting(AuditEntry::operation, AuditEntry::task)
                .containsExactly(
                        tuple("DeleteTask", task),
                        tuple("DeleteTasks", null),
                        tuple("DeleteServer", task),
                        tuple("DeleteServers", null));
    }

    @Test
    void aCopyingTaskOfADisconnectedAgentIsDeleted() throws IOException {
        start("servers:\n- {name: '*', disconnect-at: 1%, duration: 1h}\n");
        String task = caller.create(server(0), false);
        caller.act(task, "start");
        clock.pass(Duration.ofMinutes(30));
        assertThat(caller.source(id(0)).path("connected").booleanValue()).isFalse();

        assertThat(delete("tasks", task).status()).isEqualTo(200);

        assertThat(caller.states(task)).startsWith("DELETING/deleting/");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 51})
    void noneOrTooManyIdsAreRefused(int count) {
        String[] ids = new String[count];
        Arrays.fill(ids, "a");

        assertThat(delete("tasks", ids).status()).isEqualTo(400);
        assertThat(delete("sources", ids).status()).isEqualTo(400);
    }

    @Test
    void unknownIdsAreRefusedWithTheirCode() {
        assertThat(delete("tasks", "no-such-task").code()).isEqualTo("SMS.7703");
        assertThat(delete("sources", "no-such-source").code()).isEqualTo("SMS.7602");
    }

    private SimulatorClient.Reply delete(String kind, String... ids) {
        var body = SimulatorJson.object();
        Arrays.asList(ids).forEach(body.withArray("ids")::add);
        return caller.post("/v3/" + kind + "/delete", body);
    }

    private List<AuditEntry> entries(String prefix) {
        var found = new ArrayList<>(simulator.audit().entries());
        found.removeIf(entry -> !entry.operation().startsWith(prefix));
        return found;
    }

    private JsonNode server(int index) {
        return caller.servers("limit=200").path("source_servers").get(index);
    }

    private String id(int index) {
        return SimulatorJson.text(server(index), "id");
    }
}
