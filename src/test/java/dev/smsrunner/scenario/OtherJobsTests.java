package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.smsrunner.cli.Shell;
import dev.smsrunner.simulator.AuditEntry;
import dev.smsrunner.simulator.KnownServer;
import dev.smsrunner.simulator.Simulator;
import dev.smsrunner.simulator.SimulatorCredentials;
import dev.smsrunner.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole runs of the jobs other than migrate, over HTTP against the simulator. */
class OtherJobsTests {

    private static final Map<String, String> KEYS =
            Map.of("HUAWEICLOUD_SDK_AK", "ACCESSKEY", "HUAWEICLOUD_SDK_SK", "secret key");

    @TempDir
    Path directory;

    private Simulator simulator;
    private int worlds;

    @AfterEach
    void verifyEveryRun() {
        var audit = directory.resolve("cloud-" + worlds).resolve("audit.jsonl").toString();
        var audited =
                worlds == 1 ? new String[] {"--audit", audit} : new String[0]; // each of several worlds has a part
        try {
            for (var run : command("runs", "--json").exits(0).json()) {
                var result = command(
                        Stream.concat(Stream.of("verify", run.path("run_id").asString(), "--json"), Stream.of(audited))
                                .toArray(String[]::new));
                assertThat(result.json().path("violations")).as(result.out()).isEmpty();
            }
        } finally {
            simulator.close();
        }
    }

    @Test
    void runningTasksAreStoppedOnceDespiteLostAnswers() throws IOException {
        world(8, 600, """
                servers:
                - {name: erp-db-01, leftover-task: ABORT}
                - {name: erp-db-02, leftover-task: READY}
                - {name: erp-app-03, disconnected: true, leftover-task: RUNNING}
                - {name: "*", leftover-task: RUNNING, duration: 20h}
                answers:
                - {operation: stop, kind: close-after, times: 3}
                """);
        inventory("server_name,source_ip\n" + servers(8));

        var result = run("action", "action: {operation: stop}").exits(1);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 5), entry("REJECTED", 1), entry("SKIPPED", 2));
        assertThat(result.report().get("erp-db-01").get("reason")).contains("nothing to do", "already paused");
        assertThat(result.report().get("erp-db-02").get("reason")).contains("not applicable", "stop is not sent");
        assertThat(executed("stop"))
                .hasSize(5)
                .allSatisfy((source, times) -> assertThat(times).isEqualTo(1));
        assertThat(result.callStates()).containsExactlyInAnyOrder("DONE", "SEEN");
    }

    @Test
    void earlierCloneOrNetworkCheckIsNotTheResult() throws IOException {
        world(1, 60, "servers:\n- {name: erp-app-01, leftover-task: SYNCING, action-shows-after: 90s}\n"); // 1.5 s
        inventory("server_name,source_ip\n" + servers(1));
        var clone = "action: {operation: clone_test, template_id: %s}".formatted(KnownServer.template());

        var first = run("action", clone).exits(0).report().get("erp-app-01").get("reason");
        var second = run("action", clone).exits(0).report().get("erp-app-01").get("reason");
        assertThat(second).matches("clone .+-clone \\([0-9a-f-]{36}\\)").isNotEqualTo(first);

        run("action", "action: {operation: network_check}").exits(0);
        var checked = run("action", "action: {operation: network_check}").exits(0);
        assertThat(checked.report().get("erp-app-01").get("reason")).startsWith("network: 93.5 Mbit/s");
    }

    @Test
    void lateStartOfAFailedTaskIsAwaited() throws IOException {
        world(1, 60, "servers:\n- {name: erp-app-01, leftover-task: MIGRATE_FAIL, action-shows-after: 90s}\n");
        inventory("server_name,source_ip\n" + servers(1));

        var result = run("action", "action: {operation: start}").exits(0);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 1));
        assertThat(executed("start")).hasSize(1).containsValue(1);
    }

    @Test
    void failedSynchronisationIsRolledBackAndThenStarted() throws IOException {
        world(3, 600, """
                servers:
                - {name: erp-app-01, leftover-task: SYNC_FAIL}
                - {name: erp-app-02, leftover-task: SYNC_F_ROLLBACKING}
                - {name: erp-app-03, leftover-task: RUNNING, duration: 20h}
                """);
        inventory("server_name,source_ip\n" + servers(3));

        var rolledBack =
                run("action", "action: {operation: sync_failed_rollback}").exits(0);

        assertThat(rolledBack.outcomes()).containsExactly(entry("DONE", 1), entry("SKIPPED", 2));
        assertThat(rolledBack.report().get("erp-app-02").get("reason")).contains("already rolled back");
        assertThat(executed("sync_failed_rollback")).hasSize(1);

        var started = run("action", "action: {operation: start}").exits(0);

        assertThat(started.outcomes()).containsExactly(entry("DONE", 2), entry("SKIPPED", 1));

        var logs = run("action", "action: {operation: collect_log}").exits(0);

        assertThat(logs.outcomes()).containsExactly(entry("DONE", 3));
    }

    @Test
    void cloneWaitsForTheTaskAndNetworkCheckReportsItsValues() throws IOException {
        world(3, 600, """
                servers:
                - {name: erp-app-02, leftover-task: SYNCING, clone-error: SMS.1107, network-check: broken}
                - {name: "*", leftover-task: SYNCING}
                """);
        inventory("server_name,source_ip\n" + servers(3));

        var cloned = run("action", "action: {operation: clone_test, template_id: %s}".formatted(KnownServer.template()))
                .exits(1);

        assertThat(cloned.outcomes()).containsExactly(entry("DONE", 2), entry("FAILED", 1));
        assertThat(cloned.report().get("erp-app-01").get("reason")).matches("clone .+-clone \\([0-9a-f-]{36}\\)");
        assertThat(cloned.report().get("erp-app-02"))
                .containsEntry("reason", "clone_test failed with SMS.1107: The clone of the target could not be made.")
                .containsEntry("error_code", "SMS.1107")
                .containsEntry("error_class", "FIX_AND_RETRY");

        var checked = run("action", "action: {operation: network_check}").exits(1);

        assertThat(checked.outcomes()).containsExactly(entry("DONE", 2), entry("FAILED", 1));
        assertThat(checked.report().get("erp-app-01"))
                .containsEntry("reason", "network: 94.0 Mbit/s, 12.5 ms delay, 1.1 ms jitter, 0.0 % loss");
        assertThat(checked.report().get("erp-app-02"))
                .containsEntry("reason", "network_check: the source cannot reach its target");
        assertThat(executed("network_check")).hasSize(3);
    }

    @Test
    void stoppedRunResumesWithoutRepeatedCalls() throws Exception {
        world(5, 10, "servers:\n- {name: \"*\", leftover-task: RUNNING, duration: 90h}\n");
        inventory("server_name,source_ip\n" + servers(5));
        job("action", "action: {operation: stop}");
        var running = CompletableFuture.supplyAsync(() -> command("run", jobFile(), "--json"));
        await().atMost(Duration.ofSeconds(20)).until(() -> executed("stop").size() == 5);
        command("stop", "last").exits(0);
        running.join().exits(5);

        var result = command("resume", "last", "--json").exits(0);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 5));
        assertThat(executed("stop"))
                .allSatisfy((source, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void unchangedStateFailsTheRowDespiteSuccess() throws IOException {
        world(3, 60, "servers:\n- {name: erp-app-02, leftover-task: ABORT}\n");
        inventory("server_name,source_ip,copystate\n" + servers(3).replace("\n", ",\n"));

        var result = run("changestate", "changestate: {copystate: ERROR, migrationcycle: cutovered}")
                .exits(1);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 2), entry("FAILED", 1));
        assertThat(result.report().get("erp-app-02").get("reason"))
                .startsWith("accepted but without effect while the source is stopped");
    }

    @Test
    void planWarnsAboutAChangeWithoutCopystate() throws IOException {
        world(1, 60, "");
        inventory("server_name,source_ip\n" + servers(1));
        job("changestate", "changestate: {migrationcycle: cutovered}");

        var plan = command("plan", jobFile(), "--json").exits(0).json();

        assertThat(plan.at("/rows/0/step").asString()).isEqualTo("SEND");
        assertThat(plan.at("/rows/0/warnings/0").asString())
                .contains("no copystate", "since 2026-01", "the source has waiting now");
    }

    @Test
    void dcsTasksAreStoppedInChunksWithTheirOutcomes() throws IOException {
        world(24, 600, "answers:\n- {operation: BatchStopMigrationTasks, kind: close-after, times: 1}\n");
        inventory("project_id,task_name\n"
                + java.util.stream.IntStream.rangeClosed(1, 24)
                        .filter(number -> number % 12 != 0)
                        .mapToObj("p-1,redis-%03d\n"::formatted)
                        .collect(Collectors.joining()));

        var result = run("stop-dcs", "stop-dcs: {chunk: 5, backoff: 100ms, full-migration: stop}")
                .exits(0);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 17), entry("SKIPPED", 5));
        assertThat(result.callStates()).contains("DONE", "SEEN", "REFUSED");
    }

    @Test
    void unknownDcsProjectsAndTasksAreReportedPerRow() throws IOException {
        world(24, 600, "dcs-projects: [p-1, p-2]");
        inventory("""
                project_id,task_id,task_name
                p-1,,redis-001
                p-2,,redis-002
                p-3,,redis-003
                p-1,,redis-002
                p-1,%s,
                p-1,aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee,
                p-1,,redis-023
                """.formatted(KnownServer.dcsTask(0)));

        job("stop-dcs", "stop-dcs: {chunk: 50}");
        assertThat(command("plan", jobFile()).exits(0).out()).containsPattern("REJECT .*redis-002");
        var result = run("stop-dcs", "stop-dcs: {chunk: 50}").exits(1);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 2), entry("REJECTED", 4), entry("SKIPPED", 1));
        assertThat(result.json("report.json")
                        .path("rows")
                        .valueStream()
                        .map(row -> row.path("reason").asString("")))
                .anyMatch(reason -> reason.contains("DCS refuses to list the project p-3: HTTP 404"))
                .anyMatch(reason -> reason.contains("0 tasks of the project p-1 have the name redis-002"))
                .anyMatch(reason -> reason.contains("is already used by row 1"))
                .anyMatch(
                        reason -> reason.contains(
                                "DCS has no data-migration task aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee (DCS.4133). Correct task_id"))
                .anyMatch(reason -> reason.contains("the task ended SUCCESS before the stop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shown", "hidden"})
    void fullMigrationIsStoppedOnlyIfConfigured(String phases) throws IOException {
        world(5, 600, "dcs-projects: [p-1]\ndcs-phases: %s\n".formatted(phases));
        inventory("project_id,task_name\np-1,redis-001\np-1,redis-004\n");
        job("stop-dcs", "stop-dcs: {chunk: 50}");

        var plan = command("plan", jobFile(), "--json").exits(0).json();
        assertThat(plan.at("/rows/1/step").asString()).isEqualTo("REJECT");
        assertThat(plan.at("/rows/1/detail").asString())
                .contains("full migration 1", "leaves the target instance incomplete", "stop-dcs.full-migration: stop");
        var kept = command("run", jobFile(), "--json").exits(1);
        assertThat(kept.outcomes()).containsExactly(entry("DONE", 1), entry("REJECTED", 1));
        assertThat(stopped()).isEqualTo(1);

        job("stop-dcs", "stop-dcs: {full-migration: stop}");
        var warned = command("plan", jobFile(), "--json").exits(0).json();
        assertThat(warned.at("/rows/1/step").asString()).isEqualTo("SEND");
        assertThat(warned.at("/rows/1/warnings/0").asString()).contains("still in full migration");
        var result = command("run", jobFile(), "--json").exits(0);
        assertThat(result.outcomes()).containsExactly(entry("DONE", 1), entry("SKIPPED", 1));
        assertThat(stopped()).isEqualTo(2);
    }

    private long stopped() {
        return simulator.audit().entries().stream()
                .filter(entry -> entry.operation().equals("stop-dcs"))
                .count();
    }

    @Test
    void stopWithoutAnswerIsGivenUpAfterItsBudget() throws IOException {
        world(2, 600, "answers:\n- {operation: BatchStopMigrationTasks, kind: status-before, status: 400}\n");
        inventory("project_id,task_name\np-1,redis-001\np-1,redis-002\n");

        var result = run("stop-dcs", "stop-dcs: {chunk: 50}").exits(1);

        assertThat(result.outcomes()).containsExactly(entry("FAILED", 2));
        assertThat(simulator.audit().calls("BatchStopMigrationTasks")).isLessThanOrEqualTo(3);
    }

    @Test
    void rerunTakesFailedRowsWithTheOptionsOfTheRun() throws IOException {
        world(
                3,
                60,
                "servers:\n- {name: erp-app-02, leftover-task: RUNNING, duration: 90h}\n- {name: \"*\", leftover-task: READY}\n");
        inventory("server_name,source_ip,vm_template_id\n"
                + servers(3)
                        .lines()
                        .map(row -> row + "," + (row.startsWith("erp-app-02") ? "" : KnownServer.template()) + "\n")
                        .collect(Collectors.joining())
                + "ghost-01,10.99.0.1,\n");
        job("update", "update: {priority: 1}");
        command("plan", jobFile(), "--strict", "--set", "update.priority=2").exits(2);
        command("run", jobFile(), "--strict", "--set", "update.priority=2").exits(2);
        assertThat(simulator.audit().calls("UpdateTask")).isZero();
        var first = command("run", jobFile(), "--json", "--set", "update.priority=2")
                .exits(1);
        assertThat(first.outcomes()).containsExactly(entry("DONE", 2), entry("FAILED", 1), entry("REJECTED", 1));

        var again = command("rerun", first.runId(), "--json").exits(1);

        // The task already has priority 1 of the file, which would be SKIPPED.
        assertThat(again.outcomes()).containsExactly(entry("FAILED", 1), entry("REJECTED", 1));
        assertThat(simulator.audit().calls("UpdateTask")).isEqualTo(4);
    }

    @Test
    void onlyChangedFieldsAreSentAndShownInThePlan() throws IOException {
        world(
                4,
                60,
                "servers:\n- {name: erp-db-01, leftover-task: RUNNING, duration: 90h}\n- {name: \"*\", leftover-task: READY}\n");
        inventory("server_name,source_ip,speed_limit_rules\n" + servers(4).replace("\n", ",08:00-18:00=50\n"));
        var block = "update: {vm_template_id: %s, priority: 2}".formatted(KnownServer.template());
        job("update", block);

        var plan = command("plan", jobFile(), "--json").exits(0).json();
        assertThat(plan.at("/rows/0/detail").asString()).contains("priority: 1 -> 2", "vm_template_id: null ->");
        assertThat(simulator.audit().calls("UpdateTask")).isZero();

        var result = command("run", jobFile(), "--json").exits(1);
        assertThat(result.outcomes()).containsExactly(entry("DONE", 3), entry("FAILED", 1));
        assertThat(result.report().get("erp-db-01").get("reason")).contains("cannot be updated");
        assertThat(result.report().get("erp-db-01"))
                .containsEntry(
                        "recommended_action",
                        "The task is RUNNING. Wait until it is idle, or pause it (job action, operation stop), then rerun.");

        var again = command("run", jobFile(), "--json").exits(1);
        assertThat(again.outcomes()).containsExactly(entry("FAILED", 1), entry("SKIPPED", 3));
    }

    @Test
    void partOfTheTargetServerIsMergedIntoTheCurrentOne() throws IOException {
        world(12, 60, "servers:\n- {name: \"*\", leftover-task: READY}\n");
        inventory("server_name,source_ip\n" + servers(12));
        job(
                "update",
                "update: {vm_template_id: %s, update_json: '{\"target_server\": {\"name\": \"renamed\"}}'}"
                        .formatted(KnownServer.template()));

        var result = command("run", jobFile(), "--json").exits(0);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 12));
        assertThat(result.report().get("erp-db-01").get("reason")).isEmpty();
        assertThat(updates()).hasSize(12).allSatisfy(body -> {
            assertThat(body.propertyNames()).containsExactlyInAnyOrder("vm_template_id", "target_server");
            assertThat(body.at("/target_server/name").asString()).isEqualTo("renamed");
            assertThat(body.at("/target_server/ip").asString()).startsWith("10.");
            assertThat(body.at("/target_server/os_type").asString()).isIn("LINUX", "WINDOWS");
            assertThat(body.at("/target_server/disks")).isNotEmpty();
        });
        var btrfs = updates().stream()
                .filter(body -> !body.at("/target_server/btrfs_list").isEmpty())
                .toList();
        assertThat(btrfs)
                .isNotEmpty()
                .allSatisfy(body -> assertThat(
                                body.at("/target_server/btrfs_list/0/nodesize").asInt())
                        .isEqualTo(16384));
        assertThat(simulator.audit().calls("ShowServer")).isEqualTo(btrfs.size());
        assertThat(command("run", jobFile(), "--json").exits(0).outcomes()).containsExactly(entry("SKIPPED", 12));
    }

    @Test
    void fieldsNotShownByTheServiceAreDoneWithANote() throws IOException {
        world(2, 60, "servers:\n- {name: \"*\", leftover-task: READY}\n");
        inventory("server_name,source_ip,priority\n" + servers(2).replace("\n", ",2\n"));
        job(
                "update",
                "update: {vm_template_id: %s, use_public_ip: false, update_json: '{\"exist_server\": false, \"clone_server\": {\"name\": \"c\"}}'}"
                        .formatted(KnownServer.template()));

        var result = command("run", jobFile(), "--json").exits(0);

        assertThat(result.outcomes()).containsExactly(entry("DONE", 2));
        assertThat(result.report().values())
                .allSatisfy(row -> assertThat(row.get("reason"))
                        .startsWith("not shown by the service: ")
                        .contains("exist_server", "use_public_ip", "clone_server")
                        .doesNotContain("priority"));
    }

    @Test
    void badValuesAreRefusedBeforeAnyCall() throws IOException {
        world(2, 60, "");
        inventory("server_name,source_ip,update_json\n"
                + servers(2).replace("\n", ",\"{\"\"priority\"\": \"\"2\"\", \"\"type\"\": \"\"FILE\"\"}\"\n"));

        run("update", "")
                .exits(2)
                .prints(
                        "inventory.csv:2: update_json: $.priority: '2' is not a whole number from 0 to 2; write digits",
                        "inventory.csv:2: update_json: $.type: 'FILE' is not known; write one of",
                        "inventory.csv:3: update_json: $.priority:",
                        "inventory.csv:3: update_json: $.type:");

        assertThat(simulator.audit().entries()).isEmpty();
    }

    @Test
    void addressOfTheSourceAsTargetIsRejected() throws IOException {
        world(2, 60, "servers:\n- {name: \"*\", leftover-task: READY}\n");
        var own = KnownServer.first(2).get(0);
        var other = KnownServer.first(2).get(1);
        inventory("server_name,migration_ip,update_json\n%s,::ffff:%s,\n%s,,\"{\"\"migration_ip\"\": \"\"%s\"\"}\"\n"
                .formatted(own.name(), own.ip(), other.name(), other.ip()));

        var result = run("update", "").exits(1);

        assertThat(result.outcomes()).containsExactly(entry("REJECTED", 2));
        assertThat(result.report().values())
                .allSatisfy(row -> assertThat(row.get("reason"))
                        .contains("is the address of the source ", " itself. Enter the address of the target."));
        assertThat(simulator.audit().calls("UpdateTask")).isZero();
    }

    /** The executed bodies of UpdateTask, from the journal of the cloud. */
    private List<JsonNode> updates() throws IOException {
        return Files.readAllLines(directory.resolve("cloud-" + worlds).resolve("journal.jsonl")).stream()
                .map(JsonMapper.shared()::readTree)
                .filter(change -> change.path("kind").asString().equals("UPDATE_TASK"))
                .map(change -> change.path("body"))
                .toList();
    }

    @Test
    void speedLimitsByTimeOfDayAreSetAndRemoved() throws IOException {
        world(2, 60, "speed-limit-max: 10000\nservers:\n- {name: \"*\", leftover-task: READY}\n");
        inventory("server_name,source_ip\n" + servers(2));
        job("update", "update: {speed_limit_rules: \"0:00-8:00=9000@20;8:00-24:00=0\"}");
        var raised = "limits.speed-limit-max=10000";

        command("run", jobFile(), "--json").exits(2).prints("'0:00-8:00=9000@20' is not a speed limit by time of day");
        assertThat(simulator.audit().calls("UpdateSpeed")).isZero();
        assertThat(command("run", jobFile(), "--json", "--set", raised).exits(0).outcomes())
                .containsExactly(entry("DONE", 2));
        assertThat(command("run", jobFile(), "--json", "--set", raised).exits(0).outcomes())
                .containsExactly(entry("SKIPPED", 2));

        job("update", "update: {speed_limit_rules: none}");
        assertThat(command("run", jobFile(), "--json").exits(0).outcomes()).containsExactly(entry("DONE", 2));
        assertThat(command("run", jobFile(), "--json").exits(0).outcomes()).containsExactly(entry("SKIPPED", 2));
        assertThat(simulator.audit().calls("UpdateSpeed")).isEqualTo(4);
    }

    private void world(int servers, double speed, String faults) throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withServers(servers)
                .withSpeed(speed)
                .withFaults(Files.writeString(directory.resolve("faults.yaml"), faults))
                .withStateDirectory(directory.resolve("cloud-" + ++worlds))
                .withCredentials(SimulatorCredentials.ofKeys("ACCESSKEY", "secret key")));
    }

    private static String servers(int count) {
        return KnownServer.first(count).stream()
                .map(server -> server.name() + "," + server.ip() + "\n")
                .collect(Collectors.joining());
    }

    private void inventory(String text) throws IOException {
        Files.writeString(directory.resolve("inventory.csv"), text);
    }

    private void job(String kind, String block) throws IOException {
        Files.writeString(directory.resolve("job.yaml"), """
                job: %s
                inventory: inventory.csv
                service: {endpoint: "%s"}
                limits: {requests-per-second: 400}
                watch: {every: 100ms, stalled-after: 1m}
                %s
                """.formatted(kind, simulator.endpoint(), block));
    }

    private CommandResult run(String kind, String block) throws IOException {
        job(kind, block);
        return command("run", jobFile(), "--json");
    }

    private String jobFile() {
        return directory.resolve("job.yaml").toString();
    }

    private CommandResult command(String... arguments) {
        var all = new java.util.ArrayList<>(java.util.List.of(arguments));
        all.addAll(java.util.List.of("--data", directory.resolve("data").toString()));
        return new CommandResult(Shell.execute(KEYS, all.toArray(String[]::new)));
    }

    private Map<String, Integer> executed(String operation) {
        return simulator.audit().entries().stream()
                .filter(entry -> entry.operation().equals(operation))
                .filter(entry -> entry.effect() == AuditEntry.Effect.EXECUTED)
                .collect(Collectors.toMap(entry -> String.valueOf(entry.source()), entry -> 1, Integer::sum));
    }
}
