package dev.smsrunner.scenario;

import dev.smsrunner.simulator.KnownServer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A job other than migrate over many rows, most of them regular, some with faults.
 *
 * @param block block of the job
 * @param world states and faults of the servers
 * @param faults faults of answers
 */
record JobStory(String job, String block, String inventory, String world, String faults) {

    /** Fewer rows in builds than with {@code -Dtrials}. */
    static final int ROWS = Integer.getInteger("trials") == null ? 60 : 200;

    private static final String PROJECT = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

    static List<JobStory> all() {
        return List.of(action(), changestate(), update(), stopDcs(), delete());
    }

    private static JobStory action() {
        return new JobStory("action", "action: {operation: stop}", servers("", number -> ""), """
                servers:
                - {name: "hr-app-*", leftover-task: READY}
                - {name: "erp-db-*", leftover-task: SYNCING}
                - {name: "bi-db-*", leftover-task: ABORT}
                - {name: "mail-db-*", leftover-task: MIGRATE_SUCCESS}
                - {name: "crm-db-*", leftover-task: MIGRATE_FAIL}
                - {name: "shop-web-*", disconnected: true, leftover-task: RUNNING, duration: 2000h}
                - {name: "erp-web-*", state-case: upper, leftover-task: RUNNING, duration: 2000h}
                - {name: "*", leftover-task: RUNNING, duration: 2000h}
                """, """
                - {operation: stop, kind: close-after, probability: 0.04}
                - {operation: stop, kind: status-before, status: 502, probability: 0.03}
                - {operation: stop, kind: html, probability: 0.02}
                """);
    }

    private static JobStory changestate() {
        List<String> cells = List.of(",", "INIT,replicating", "initialize,replicating", "SYNCING,", ",cutovered");
        return new JobStory(
                "changestate",
                "changestate: {copystate: WAITING, migrationcycle: cutovered}",
                servers(",copystate,migrationcycle", number -> "," + cells.get(number % 5)),
                """
                servers:
                - {name: "bi-db-*", leftover-task: ABORT}
                - {name: "mail-db-*", leftover-task: MIGRATE_SUCCESS}
                - {name: "shop-web-*", check-error: true}
                - {name: "erp-db-*", leftover-task: RUNNING, duration: 2000h}
                """,
                """
                - {operation: UpdateCopyState, kind: close-after, probability: 0.04}
                - {operation: UpdateCopyState, kind: status-before, status: 503, probability: 0.03}
                - {operation: UpdateCopyState, kind: truncated, probability: 0.02}
                """);
    }

    private static JobStory update() {
        List<String> cells = List.of(
                ",,,",
                "2,,,",
                ",50,08:00-18:00=50;18:00-08:00=0,",
                "2,0,,\"{\"\"start_target_server\"\": false, \"\"target_server\"\": {\"\"name\"\": \"\"renamed\"\"}}\"",
                ",,08:00-12:00=100,");
        return new JobStory(
                "update",
                "update: {vm_template_id: %s, speed_limit_mbit: 200, target_region_name: AP-Singapore}"
                        .formatted(KnownServer.template()),
                servers(
                        ",priority,speed_limit_mbit,speed_limit_rules,update_json",
                        number -> "," + cells.get(number % 5)),
                """
                servers:
                - {name: "erp-db-*", leftover-task: RUNNING, duration: 2000h}
                - {name: "shop-web-*", hide-new-task-for: 30s}
                - {name: "*", leftover-task: READY}
                """,
                """
                - {operation: UpdateTask, kind: close-after, probability: 0.04}
                - {operation: UpdateSpeed, kind: close-after, probability: 0.04}
                - {operation: UpdateTask, kind: status-before, status: 504, probability: 0.03}
                - {operation: ShowTask, kind: malformed, probability: 0.01}
                """);
    }

    private static JobStory stopDcs() {
        var rows = IntStream.range(0, ROWS)
                .mapToObj(number -> (number % 40 == 39 ? "no-such-project" : "")
                        + (number % 3 == 0
                                ? ",," + "redis-%03d".formatted(number + 1)
                                : "," + KnownServer.dcsTask(number) + ",")
                        + "\n")
                .collect(Collectors.joining());
        return new JobStory(
                "stop-dcs",
                "stop-dcs: {chunk: 20, backoff: 200ms, full-migration: stop, project_id: %s}".formatted(PROJECT),
                "project_id,task_id,task_name\n" + rows,
                "dcs-projects: [%s]\n".formatted(PROJECT),
                """
                - {operation: BatchStopMigrationTasks, kind: close-after, times: 2}
                - {operation: BatchStopMigrationTasks, kind: status-before, status: 500, times: 1}
                - {operation: ListMigrationTask, kind: truncated, probability: 0.02}
                """);
    }

    private static JobStory delete() {
        var servers = KnownServer.first(ROWS);
        var rows = IntStream.range(0, ROWS)
                .mapToObj(number -> KnownServer.task(number) + ","
                        + (number % 20 == 19 ? "" : servers.get(number).name()) + "\n")
                .collect(Collectors.joining());
        return new JobStory("delete", "delete: {sources: true}", "task_id,confirm\n" + rows, """
                servers:
                - {name: "erp-db-*", leftover-task: RUNNING, duration: 2000h}
                - {name: "bi-db-*", leftover-task: ABORT}
                - {name: "mail-db-*", leftover-task: MIGRATE_SUCCESS}
                - {name: "*", leftover-task: READY}
                """, """
                - {operation: DeleteTasks, kind: close-after, times: 1}
                - {operation: DeleteTasks, kind: status-before, status: 400, times: 1}
                - {operation: DeleteServers, kind: status-after, status: 502, times: 1}
                - {operation: ListTasks, kind: truncated, probability: 0.02}
                """);
    }

    private static String servers(String columns, IntFunction<String> cells) {
        var servers = KnownServer.first(ROWS);
        return "server_name,source_ip" + columns + "\n"
                + IntStream.range(0, ROWS)
                        .mapToObj(number -> servers.get(number).name() + ","
                                + servers.get(number).ip() + cells.apply(number) + "\n")
                        .collect(Collectors.joining());
    }

    private String text() {
        return """
                job: %s
                inventory: inventory.csv
                service: {endpoint: "%%s"}
                limits: {requests-per-second: 100}
                watch: {every: 400ms, stalled-after: 1m}
                report: {directory: reports}
                %s
                """.formatted(job, block);
    }

    /** The scenario without faults of answers. */
    Scenario quiet(Scenario scenario) {
        return scenario.speed(600).otherJob(text(), inventory, world);
    }

    /** The scenario with faults of answers. */
    Scenario faulty(Scenario scenario) {
        return scenario.speed(600).otherJob(text(), inventory, world + "answers:\n" + faults);
    }
}
