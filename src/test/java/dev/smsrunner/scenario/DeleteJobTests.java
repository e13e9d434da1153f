package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.cli.Shell;
import dev.smsrunner.simulator.AuditEntry;
import dev.smsrunner.simulator.KnownServer;
import dev.smsrunner.simulator.Simulator;
import dev.smsrunner.simulator.SimulatorCredentials;
import dev.smsrunner.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs of the job delete, over HTTP against the simulator. */
class DeleteJobTests {

    private static final Map<String, String> KEYS =
            Map.of("HUAWEICLOUD_SDK_AK", "ACCESSKEY", "HUAWEICLOUD_SDK_SK", "secret key");
    private static final String READY = "servers:\n- {name: \"*\", leftover-task: READY}\n";
    private static final String SOURCES = "delete: {sources: true}";

    @TempDir
    Path directory;

    private Simulator simulator;

    @AfterEach
    void verifyEveryRun() {
        try {
            for (var run : command("runs", "--json").exits(0).json()) {
                var audit = directory.resolve("cloud").resolve("audit.jsonl").toString();
                var result = command("verify", run.path("run_id").asString(), "--json", "--audit", audit);
                assertThat(result.json().path("violations")).as(result.out()).isEmpty();
            }
        } finally {
            simulator.close();
        }
    }

    @Test
    void tasksAndThenSourcesOfMigratedServersAreDeleted() throws IOException {
        world(4, 6000, "servers:\n- {name: \"*\", duration: 10m}\n");
        var migration = migrate(3);
        inventory("server_name,source_ip\n" + servers(4));
        job("");

        var plan = command("plan", jobFile(), "--json").exits(0).json();
        var result = command("run", jobFile(), "--json").exits(0);

        assertThat(plan.at("/plan").toString()).isEqualTo("{\"SEND\":3,\"SKIP\":1,\"REJECT\":0}");
        assertThat(plan.at("/rows/0/detail").asString())
                .isEqualTo("delete the task " + plan.at("/rows/0/task_id").asString());
        assertThat(result.outcomes()).containsExactly(entry("DONE", 3), entry("SKIPPED", 1));
        assertThat(executed("DeleteTask"))
                .hasSize(3)
                .allSatisfy((source, times) -> assertThat(times).isEqualTo(1));
        assertThat(simulator.audit().calls("DeleteTasks")).isEqualTo(1);
        assertNoDrift(migration);
        assertThat(run("").exits(0).outcomes()).containsExactly(entry("SKIPPED", 4));

        var sources = run(SOURCES).exits(1);

        assertThat(sources.outcomes()).containsExactly(entry("DONE", 3), entry("REJECTED", 1));
        assertThat(sources.report().get(name(3)).get("reason"))
                .startsWith("The source ")
                .endsWith(
                        " is not migrated by a run in this database, and it has no task to confirm. Delete it in the console.");
        assertThat(executed("DeleteServer")).hasSize(3);
        assertNoDrift(migration);
        assertThat(run(SOURCES).exits(1).outcomes()).containsExactly(entry("REJECTED", 4));
    }

    @Test
    void tasksAndSourcesGoInOneRun() throws IOException {
        world(60, 600, READY);
        inventory("task_id,confirm\n" + confirmed(60, (number, name) -> name.toUpperCase(Locale.ROOT) + "."));
        job(SOURCES);

        var plan = command("plan", jobFile(), "--json").exits(0).json();
        var lines = command("plan", jobFile()).exits(0).out();
        var result = command("run", jobFile(), "--json").exits(0);

        assertThat(KnownServer.first(60))
                .allSatisfy(server -> assertThat(lines).contains(", then the source " + server.id()));
        assertThat(IntStream.range(0, 60).mapToObj(KnownServer::task))
                .allSatisfy(task -> assertThat(lines).contains("delete the task " + task));
        assertThat(plan.at("/rows/59/detail").asString())
                .isEqualTo("delete the task %s, then the source %s"
                        .formatted(
                                KnownServer.task(59),
                                KnownServer.first(60).get(59).id()));
        assertThat(result.outcomes()).containsExactly(entry("DONE", 60));
        assertThat(executed("DeleteTask")).hasSize(60);
        assertThat(executed("DeleteServer")).hasSize(60);
        assertThat(simulator.audit().calls("DeleteTasks")).isEqualTo(2);
        assertThat(simulator.audit().violations()).isEmpty();
        assertThat(command("verify", result.runId(), "--remote", "--json")
                        .exits(0)
                        .json()
                        .at("/violations"))
                .isEmpty();
    }

    @Test
    void onlyConfirmedTasksThatDoNotRunAreDeleted() throws IOException {
        world(9, 60, """
                servers:
                - {name: erp-app-03, leftover-task: RUNNING, duration: 90h}
                - {name: erp-db-01, leftover-task: SYNCING}
                - {name: erp-db-02, leftover-task: RUNNING, disconnected: true, duration: 90h}
                - {name: "*", leftover-task: READY}
                """);
        var names = List.of("", "someone-else", "", "", "", "", "wrong", "", "");
        inventory("server_name,task_id,confirm\n"
                + rows(
                        9,
                        (number, name) -> name
                                + (number == 2 ? "," : "," + KnownServer.task(number))
                                + ","
                                + (number == 0 ? "" : names.get(number).isEmpty() ? name : names.get(number))));

        job("");
        command("run", jobFile(), "--strict").exits(2);
        assertThat(executed("DeleteTask")).isEmpty();

        var result = run("").exits(1);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 3), entry("REJECTED", 6));
        var report = result.report();
        assertThat(reason(report, 0))
                .startsWith("No run in this database migrated the source ")
                .contains("set task_id to %s and confirm to '%s'.".formatted(KnownServer.task(0), name(0)));
        assertThat(reason(report, 1)).startsWith("confirm is 'someone-else', but the source ");
        assertThat(reason(report, 2)).contains("No run in this database migrated", "is RUNNING");
        assertThat(reason(report, 3)).contains("the task %s is SYNCING".formatted(KnownServer.task(3)));
        assertThat(reason(report, 4)).contains("Not deleted: the task %s is RUNNING".formatted(KnownServer.task(4)));
        assertThat(reason(report, 5)).isEmpty();
        assertThat(report.get(name(5))).containsEntry("outcome", "DONE").containsEntry("confirm", name(5));
        assertThat(executed("DeleteTask")).hasSize(3);
        assertThat(command("rerun", result.runId(), "--json").exits(1).outcomes())
                .containsExactly(entry("REJECTED", 6));
    }

    @Test
    void aRefusedBatchIsRepeatedOneByOne() throws IOException {
        world(6, 600, READY + "answers:\n- {operation: DeleteTasks, kind: status-before, status: 400, times: 1}\n");
        inventory("task_id,confirm\n" + confirmed(6, (number, name) -> name));

        var result = run("").exits(0);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 6));
        assertThat(simulator.audit().calls("DeleteTasks")).isEqualTo(7);
        assertThat(executed("DeleteTask")).hasSize(6);
    }

    @Test
    void aLostAnswerAfterARefusedBatchIsResolvedByObservation() throws IOException {
        world(3, 600, READY + """
                answers:
                - {operation: DeleteTasks, kind: status-before, status: 400, times: 1}
                - {operation: DeleteTasks, kind: close-after, times: 1}
                """);
        inventory("task_id,confirm\n" + confirmed(3, (number, name) -> name));

        var result = run("").exits(0);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 3));
        assertThat(simulator.audit().calls("DeleteTasks")).isEqualTo(4);
        assertThat(executed("DeleteTask"))
                .hasSize(3)
                .allSatisfy((source, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void aRefusedBatchThatWasExecutedIsNotRepeated() throws IOException {
        world(6, 600, READY + "answers:\n- {operation: DeleteTasks, kind: status-after, status: 400, times: 1}\n");
        inventory("task_id,confirm\n" + confirmed(6, (number, name) -> name));

        var result = run("").exits(0);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 6));
        assertThat(simulator.audit().calls("DeleteTasks")).isEqualTo(1);
        assertThat(result.callStates()).containsExactly("SEEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"close-after", "close-before"})
    void lostAnswersAreResolvedByObservation(String kind) throws IOException {
        world(3, 600, READY + """
                answers:
                - {operation: DeleteTasks, kind: %s, times: 1}
                - {operation: DeleteServers, kind: close-after, times: 1}
                """.formatted(kind));
        inventory("task_id,confirm\n" + confirmed(3, (number, name) -> name));

        var result = run(SOURCES).exits(0);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 3));
        assertThat(executed("DeleteTask")).hasSize(3).containsValue(1);
        assertThat(executed("DeleteServer")).hasSize(3).containsValue(1);
        assertThat(result.callStates())
                .containsExactly(
                        kind.equals("close-after") ? new String[] {"SEEN"} : new String[] {"ABSENT", "DONE", "SEEN"});
    }

    @Test
    void aConfirmedTaskThatARunDeletedLeavesItsSource() throws IOException {
        world(2, 600, READY);
        inventory("task_id,confirm\n" + confirmed(2, (number, name) -> name));

        assertThat(run("").exits(0).outcomes()).containsExactly(entry("DONE", 2));
        assertThat(run(SOURCES).exits(0).outcomes()).containsExactly(entry("DONE", 2));

        assertThat(executed("DeleteTask")).hasSize(2);
        assertThat(executed("DeleteServer")).hasSize(2);
    }

    @Test
    void aTaskOfALaterMigrationIsNotDeletedForAnEarlierOne() throws IOException {
        world(1, 6000, "servers:\n- {name: \"*\", duration: 10m}\n");
        migrate(1);
        inventory("server_name\n" + name(0) + "\n");
        var first = run("").exits(0).report().get(name(0)).get("task_id");
        migrate(1);
        inventory("task_id,confirm\n" + first + "," + name(0) + "\n");

        assertThat(run("").exits(0).outcomes()).containsExactly(entry("SKIPPED", 1));
        var sources = run(SOURCES).exits(1);

        assertThat(sources.outcomes()).containsExactly(entry("REJECTED", 1));
        assertThat(sources.report().values())
                .singleElement()
                .satisfies(row -> assertThat(row.get("reason"))
                        .startsWith("The source %s has another task, "
                                .formatted(KnownServer.first(1).get(0).id()))
                        .doesNotContain(first));
        assertThat(simulator.audit().calls("DeleteTasks")).isEqualTo(1);
        assertThat(executed("DeleteServer")).isEmpty();
    }

    /** What another run deleted is no drift. */
    private void assertNoDrift(String run) {
        var result = command("verify", run, "--remote", "--json").exits(0);
        assertThat(result.json().at("/violations")).as(result.out()).isEmpty();
    }

    /** Migrates the first servers; returns the id of the run. */
    private String migrate(int count) throws IOException {
        Files.writeString(
                directory.resolve("migrate.csv"),
                "server_name,source_ip,migration_type\n"
                        + KnownServer.first(count).stream()
                                .map(server -> "%s,%s,%s\n"
                                        .formatted(
                                                server.name(),
                                                server.ip(),
                                                server.windows() ? "MIGRATE_BLOCK" : "MIGRATE_FILE"))
                                .collect(Collectors.joining()));
        Files.writeString(
                directory.resolve("migrate.yaml"), """
                job: migrate
                inventory: migrate.csv
                service: {endpoint: "%s"}
                defaults: {target_region: ap-southeast-3, target_project_id: p-1, vm_template_id: %s}
                watch: {every: 100ms, stalled-after: 1m}
                """.formatted(simulator.endpoint(), KnownServer.template()));
        var migrated = command("run", directory.resolve("migrate.yaml").toString(), "--json");
        assertThat(migrated.exits(0).outcomes()).containsExactly(entry("MIGRATED", count));
        return migrated.runId();
    }

    private void world(int servers, double speed, String faults) throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withServers(servers)
                .withSpeed(speed)
                .withFaults(Files.writeString(directory.resolve("faults.yaml"), faults))
                .withStateDirectory(directory.resolve("cloud"))
                .withCredentials(SimulatorCredentials.ofKeys("ACCESSKEY", "secret key")));
    }

    private static String name(int number) {
        return KnownServer.first(number + 1).get(number).name();
    }

    private static String reason(Map<String, Map<String, String>> report, int number) {
        return report.get(name(number)).get("reason");
    }

    private static String servers(int count) {
        return KnownServer.first(count).stream()
                .map(server -> server.name() + "," + server.ip() + "\n")
                .collect(Collectors.joining());
    }

    /** Rows that name the leftover task of each server and confirm its name. */
    private static String confirmed(int count, BiFunction<Integer, String, String> confirm) {
        return rows(count, (number, name) -> KnownServer.task(number) + "," + confirm.apply(number, name));
    }

    private static String rows(int count, BiFunction<Integer, String, String> row) {
        var servers = KnownServer.first(count);
        return IntStream.range(0, count)
                .mapToObj(number -> row.apply(number, servers.get(number).name()) + "\n")
                .collect(Collectors.joining());
    }

    private void inventory(String text) throws IOException {
        Files.writeString(directory.resolve("inventory.csv"), text);
    }

    private void job(String block) throws IOException {
        Files.writeString(directory.resolve("job.yaml"), """
                job: delete
                inventory: inventory.csv
                service: {endpoint: "%s"}
                limits: {requests-per-second: 400}
                watch: {every: 100ms, stalled-after: 1m}
                %s
                """.formatted(simulator.endpoint(), block));
    }

    private CommandResult run(String block) throws IOException {
        job(block);
        return command("run", jobFile(), "--json");
    }

    private String jobFile() {
        return directory.resolve("job.yaml").toString();
    }

    private CommandResult command(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", directory.resolve("data").toString()));
        return new CommandResult(Shell.execute(KEYS, all.toArray(String[]::new)));
    }

    private Map<String, Integer> executed(String operation) {
        return simulator.audit().entries().stream()
                .filter(entry -> entry.operation().equals(operation))
                .filter(entry -> entry.effect() == AuditEntry.Effect.EXECUTED)
                .collect(Collectors.toMap(entry -> String.valueOf(entry.source()), entry -> 1, Integer::sum));
    }
}
