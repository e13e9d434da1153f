package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whole migrations over HTTP: combinations of task state, source state and cycle. */
class TaskLifecycleTests {

    private final ManualClock clock = new ManualClock();
    private Simulator simulator;
    private SimulatorClient caller;
    private JsonNode server;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(
                SimulatorSettings.defaults().withSpeed(1).withClock(clock).withConcurrent(2));
        caller = new SimulatorClient(simulator);
        server = caller.firstServer("LINUX");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void withoutContinuousSyncTheCopyEndsWithTheLaunch() {
        String task = caller.create(server, false);
        assertThat(caller.states(task)).isEqualTo("READY/waiting/setting");

        assertThat(caller.act(task, "start").status()).isEqualTo(200);
        assertThat(caller.states(task)).isEqualTo("RUNNING/initialize/replicating");
        clock.pass(Duration.ofMinutes(4));
        assertThat(caller.states(task)).isEqualTo("RUNNING/replicate/replicating");
        clock.pass(Duration.ofHours(2));

        assertThat(caller.states(task)).isEqualTo("MIGRATE_SUCCESS/finished/cutovered");
        assertThat(simulator.audit().launches()).containsExactly(java.util.Map.entry(id(), 1));
    }

    @Test
    void withContinuousSyncTheTaskWaitsForTheLaunchCommand() {
        String task = caller.create(server, true);
        caller.act(task, "start");
        clock.pass(Duration.ofHours(20));
        assertThat(caller.states(task)).isEqualTo("SYNCING/syncing/syncing");
        assertThat(simulator.audit().launches()).isEmpty();

        assertThat(caller.act(task, "test").status()).isEqualTo(200);
        assertThat(caller.states(task)).isEqualTo("SYNCING/cutovering/cutovering");
        clock.pass(Duration.ofMinutes(10));
        assertThat(caller.states(task)).matches("(MIGRATE|SYNC)_SUCCESS/finished/cutovered");
        assertThat(simulator.audit().launches()).containsEntry(id(), 1);
    }

    @Test
    void stoppedTaskKeepsItsCycleAndProgress() {
        String task = caller.create(server, false);
        caller.act(task, "start");
        clock.pass(Duration.ofMinutes(6));
        long copied = caller.source(id()).path("replicatesize").asLong();

        caller.act(task, "stop");
        assertThat(caller.states(task)).isEqualTo("ABORTING/stopping/replicating");
        clock.pass(Duration.ofHours(1));
        assertThat(caller.states(task)).isEqualTo("ABORT/stopped/replicating");
        caller.act(task, "start");
        clock.pass(Duration.ofMinutes(4));

        assertThat(copied).isPositive();
        assertThat(caller.source(id()).path("replicatesize").asLong()).isGreaterThan(copied);
    }

    @Test
    void startOfARunningTaskIsRefusedAsAViolation() {
        String task = caller.create(server, false);
        caller.act(task, "start");

        SimulatorClient.Reply second = caller.act(task, "start");

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.code()).isEqualTo("SMS.1039");
        assertThat(simulator.audit().starts()).containsEntry(id(), 1);
        assertThat(simulator.audit().violations()).hasSize(1).first().satisfies(entry -> {
            assertThat(entry.task()).isEqualTo(task);
            assertThat(entry.before()).isEqualTo("RUNNING/initialize/replicating");
        });
    }

    @Test
    void launchBeforeContinuousSyncIsRefused() {
        String task = caller.create(server, true);
        caller.act(task, "start");

        assertThat(caller.act(task, "test").code()).isEqualTo("SMS.1040");
        assertThat(caller.act(task, "cutover").code()).isEqualTo("SMS.9001");
        assertThat(simulator.audit().launches()).isEmpty();
    }

    @Test
    void startAboveTheConcurrencyLimitIsRefusedWithoutViolation() {
        JsonNode all = caller.servers("limit=3").path("source_servers");
        for (JsonNode one : all) {
            String task = caller.create(one, false);
            int status = caller.act(task, "start").status();
            assertThat(status).isEqualTo(one == all.get(2) ? 400 : 200);
        }

        assertThat(simulator.audit().maximumConcurrent()).isEqualTo(2);
        assertThat(simulator.audit().violations()).isEmpty();
    }

    @Test
    void collectLogOfTheEuropeanPageIsAccepted() {
        String task = caller.create(server, false);

        assertThat(caller.act(task, "collect_log").status()).isEqualTo(200);

        assertThat(SimulatorJson.text(caller.source(id()).path("current_task"), "log_collect_status"))
                .isEqualTo("UPLOADED");
        assertThat(caller.states(task)).isEqualTo("READY/waiting/setting");
        assertThat(caller.act(task, "sync_failed_rollback").code()).isEqualTo("SMS.1040");
    }

    @Test
    void deletedTaskReleasesItsSourceAfterAWhile() {
        String task = caller.create(server, false);

        assertThat(caller.delete("/v3/tasks/" + task).status()).isEqualTo(200);
        assertThat(caller.states(task)).isEqualTo("DELETING/deleting/setting");
        assertThat(caller.post("/v3/tasks", caller.createBody(server, false)).code())
                .isEqualTo("SMS.7605");
        clock.pass(Duration.ofMinutes(1));

        assertThat(caller.get("/v3/tasks/" + task).code()).isEqualTo("SMS.7703");
        assertThat(caller.create(server, false)).isNotEqualTo(task);
        assertThat(simulator.audit().creates()).containsEntry(id(), 2);
    }

    @Test
    void updateAndDeleteOfARunningTaskAreRefused() {
        String task = caller.create(server, false);
        caller.act(task, "start");

        assertThat(caller.delete("/v3/tasks/" + task).code()).isEqualTo("SMS.7719");
        assertThat(caller.put("/v3/tasks/" + task, "{\"name\":\"renamed\"}").status())
                .isEqualTo(400);
    }

    @Test
    void changestateOfAFinishedServerAnswers200WithoutEffect() {
        String task = caller.create(server, false);
        caller.act(task, "start");
        clock.pass(Duration.ofHours(3));

        SimulatorClient.Reply reply = caller.put("/v3/sources/" + id() + "/changestate", "{\"copystate\":\"WAITING\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("{}");
        assertThat(caller.states(task)).isEqualTo("MIGRATE_SUCCESS/finished/cutovered");
    }

    @Test
    void changestateChangesTheDisplayedStateOfAWaitingServer() {
        String body = "{\"copystate\":\"WAITING\",\"migrationcycle\":\"cutovered\"}";

        assertThat(caller.put("/v3/sources/" + id() + "/changestate", body).status())
                .isEqualTo(200);

        assertThat(SimulatorJson.text(caller.source(id()), "state")).isEqualTo("waiting");
        assertThat(SimulatorJson.text(caller.source(id()), "migration_cycle")).isEqualTo("cutovered");
    }

    private String id() {
        return SimulatorJson.text(server, "id");
    }
}
