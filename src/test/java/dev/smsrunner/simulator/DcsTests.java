package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Stopping DCS data-migration tasks in batches. */
class DcsTests {

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock();
    private final ServerGenerator world = new ServerGenerator(7, clock.instant());
    private Simulator simulator;
    private SimulatorClient caller;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(
                SimulatorSettings.defaults().withSpeed(1).withClock(clock).withStateDirectory(directory));
        caller = new SimulatorClient(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void stopIsDispatchedFirstAndCompletedLater() {
        assertThat(status(0)).isEqualTo("INCRMIGEATING");
        assertThat(status(3)).isEqualTo("FULLMIGRATING");

        assertThat(results(0, 3)).containsExactly("success", "success");

        assertThat(status(0)).isEqualTo("TERMINATING");
        clock.pass(Duration.ofMinutes(2));
        assertThat(status(0)).isEqualTo("TERMINATED");
        assertThat(simulator.audit().calls("stop-dcs")).isEqualTo(2);
    }

    @Test
    void itemsFailInsideASuccessfulAnswer() {
        assertThat(results(0, 7, 9, 11)).containsExactly("success", "failed", "failed", "failed");

        assertThat(results(0, 9)).containsExactly("failed", "success");
    }

    @Test
    void taskSucceedsDespiteItsStop() {
        assertThat(results(5)).containsExactly("success");
        clock.pass(Duration.ofMinutes(2));
        assertThat(status(5)).isEqualTo("SUCCESS");
    }

    @Test
    void deletedTaskIsNotListedAndUnknownIdFailsTheWholeCall() {
        SimulatorClient.Reply deleted = caller.get("/v2/p/migration-task/" + id(11));
        assertThat(deleted.code()).isEqualTo("DCS.4133");
        assertThat(deleted.json().has("error_ext_msg")).isTrue();
        assertThat(caller.get("/v2/p/migration-tasks?limit=100")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(44);

        SimulatorClient.Reply unknown = stop("\"" + id(0) + "\",\"none\"");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.code()).isEqualTo("DCS.4855");
        assertThat(status(0)).isEqualTo("INCRMIGEATING");
    }

    @Test
    void stopOfASucceededTaskFails() {
        assertThat(status(22)).isEqualTo("SUCCESS");
        assertThat(results(0, 22)).containsExactly("success", "failed");
    }

    @Test
    void taskBelongsToOneProjectAndUnknownProjectIsNotFound() throws IOException {
        simulator.close();
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withFaults(Files.writeString(directory.resolve("faults.yaml"), "dcs-projects: [p-1, p-2]")));
        caller = new SimulatorClient(simulator);

        assertThat(caller.get("/v2/p-1/migration-tasks").json().path("count").asInt())
                .isEqualTo(24);
        assertThat(caller.get("/v2/p-1/migration-task/" + id(1)).code()).isEqualTo("DCS.4133");
        assertThat(caller.get("/v2/p-2/migration-task/" + id(1)).status()).isEqualTo(200);
        assertThat(caller.get("/v2/p-3/migration-tasks").status()).isEqualTo(404);
        assertThat(caller.post("/v2/p-1/migration-task/batch-stop", "{\"migration_tasks\":[\"" + id(1) + "\"]}")
                        .code())
                .isEqualTo("DCS.4855");
    }

    @Test
    void progressIsCountedPerTask() {
        assertThat(stats(0).path("full_migration_progress").asString()).isEqualTo("100");
        assertThat(stats(3).path("full_migration_progress").asString()).isEqualTo("13");
        assertThat(stats(3).path("target_dbsize").asString()).isEqualTo("db0:keys=156");
        assertThat(stats(7).path("is_migrating").asBoolean()).isFalse();

        clock.pass(Duration.ofHours(50));
        assertThat(stats(3).path("full_migration_progress").asString()).isEqualTo("96");
        results(3);
        clock.pass(Duration.ofHours(50));
        assertThat(status(3)).isEqualTo("TERMINATED");
        assertThat(stats(3).path("full_migration_progress").asString()).isEqualTo("96");

        assertThat(status(15)).as("its full migration is complete").isEqualTo("INCRMIGEATING");
    }

    @Test
    void moreThanFiftyTasksAreRefused() {
        var ids = java.util.stream.IntStream.range(0, 51)
                .mapToObj(n -> "\"" + n + "\"")
                .toList();

        assertThat(stop(String.join(",", ids)).json().path("error_msg").asString())
                .contains("exceeds 50");
    }

    private JsonNode stats(int number) {
        return caller.get("/v2/p/migration-task/" + id(number) + "/stats").json();
    }

    @Test
    void stopsSurviveARestart() throws IOException {
        results(0);
        simulator.close();
        clock.pass(Duration.ofMinutes(2));

        start();

        assertThat(status(0)).isEqualTo("TERMINATED");
    }

    private String id(int number) {
        return world.id("dcs", number);
    }

    private String status(int number) {
        return SimulatorJson.text(
                caller.get("/v2/p/migration-task/" + id(number)).json(), "status");
    }

    private List<String> results(int... numbers) {
        StringBuilder ids = new StringBuilder();
        for (int number : numbers) {
            ids.append(ids.isEmpty() ? "\"" : ",\"").append(id(number)).append('"');
        }
        JsonNode items = stop(ids.toString()).json().path("migration_tasks");
        return items.valueStream()
                .map(item -> SimulatorJson.text(item, "result"))
                .toList();
    }

    private SimulatorClient.Reply stop(String ids) {
        return caller.post("/v2/p/migration-task/batch-stop", "{\"migration_tasks\":[" + ids + "]}");
    }
}
