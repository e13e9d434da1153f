package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A killed simulator resumes, and its world has progressed in the meantime. */
class JournalTests {

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock();

    @Test
    void stateDirectoryIsPrivate() throws IOException {
        Path state = directory.resolve("private");
        start(state).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        try (var files = Files.list(state)) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void worldProgressesWhileNoSimulatorRuns() throws IOException {
        Path state = directory.resolve("state");
        String task;
        try (Simulator simulator = start(state)) {
            SimulatorClient caller = new SimulatorClient(simulator);
            JsonNode server = caller.firstServer("LINUX");
            caller.put("/v3/sources/" + SimulatorJson.text(server, "id"), "{\"name\":\"renamed\"}");
            task = caller.create(server, false);
            caller.put("/v3/tasks/" + task, "{\"speed_limit\":70}");
            caller.act(task, "start");
            copyAsKilled(state);
        }
        clock.pass(Duration.ofHours(3));

        try (Simulator simulator = start(directory.resolve("killed"))) {
            SimulatorClient caller = new SimulatorClient(simulator);

            assertThat(caller.states(task)).isEqualTo("MIGRATE_SUCCESS/finished/cutovered");
            assertThat(caller.task(task).path("speed_limit").asInt()).isEqualTo(70);
            assertThat(caller.servers("name=renamed").path("count").asInt()).isEqualTo(1);
            assertThat(simulator.audit().creates()).hasSize(1);
            assertThat(simulator.audit().starts()).hasSize(1);
            assertThat(simulator.audit().launches()).hasSize(1);
        }
    }

    @Test
    void auditContinuesItsNumbersWithoutDuplicates() throws IOException {
        Path state = directory.resolve("state");
        List<AuditEntry> before;
        try (Simulator simulator = start(state)) {
            SimulatorClient caller = new SimulatorClient(simulator);
            caller.act(caller.create(caller.firstServer("LINUX"), false), "start");
            clock.pass(Duration.ofHours(3));
            before = simulator.audit().entries();
        }

        try (Simulator simulator = start(state)) {
            assertThat(simulator.audit().entries()).isEqualTo(before);
            SimulatorClient caller = new SimulatorClient(simulator);
            assertThat(caller.create(
                            caller.servers("offset=7").path("source_servers").get(0), false))
                    .isNotEmpty();
            List<AuditEntry> after = simulator.audit().entries();
            assertThat(after)
                    .extracting(AuditEntry::seq)
                    .doesNotHaveDuplicates()
                    .isSorted();
            assertThat(after.stream().map(AuditEntry::requestId).filter(id -> id != null))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void truncatedLineIsDropped() throws IOException {
        Path state = directory.resolve("state");
        try (Simulator simulator = start(state)) {
            SimulatorClient caller = new SimulatorClient(simulator);
            caller.create(caller.firstServer("LINUX"), false);
        }
        Files.writeString(state.resolve("journal.jsonl"), "{\"at\":\"2026", StandardOpenOption.APPEND);

        try (Simulator simulator = start(state)) {
            SimulatorClient caller = new SimulatorClient(simulator);
            assertThat(caller.get("/v3/tasks").json().path("count").asInt()).isEqualTo(1);
        }
        assertThat(Files.readAllLines(state.resolve("journal.jsonl"))).hasSize(1);
    }

    @Test
    void otherWorldAndSecondSimulatorAreRefused() throws IOException {
        Path state = directory.resolve("state");
        try (Simulator simulator = start(state)) {
            assertThat(simulator.port()).isPositive();
            assertThatIOException().isThrownBy(() -> start(state)).withMessageContaining("in use by another");
        }

        assertThatIOException()
                .isThrownBy(() -> Simulator.start(settings(state).withSeed(8)))
                .withMessageContaining("--seed 7");
    }

    private Simulator start(Path state) throws IOException {
        return Simulator.start(settings(state));
    }

    private SimulatorSettings settings(Path state) {
        return SimulatorSettings.defaults().withClock(clock).withSpeed(1).withStateDirectory(state);
    }

    /** Copies the directory in use, as left by a process killed at this moment. */
    private void copyAsKilled(Path state) throws IOException {
        Path copy = Files.createDirectories(directory.resolve("killed"));
        for (String name : List.of("world.jsonl", "journal.jsonl", "audit.jsonl")) {
            Files.copy(state.resolve(name), copy.resolve(name));
        }
    }
}
