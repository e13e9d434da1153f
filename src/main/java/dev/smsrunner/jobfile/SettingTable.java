package dev.smsrunner.jobfile;

import java.util.ArrayList;
import java.util.List;

/**
 * Table of all keys of the job file. {@link SettingKeys} takes the key names from here, and the documentation is generated from
 * it. A test compares ranges and defaults with {@link JobBinder}.
 */
final class SettingTable {

    /** Key, values, default and jobs; below them the meaning, indented. */
    private static final String TEXT = """
            job | `migrate`, `action`, `changestate`, `update`, `stop-dcs` | required | all
              The work of the run. The page on jobs describes all jobs except `migrate`.
            inventory | path | required | all
              The CSV file with the servers. `--inventory` takes another file.
            service.endpoint | `simulator` or URL | required | all
              The URL of the service, such as `https://sms.<region>.myhuaweicloud.com`.
              Plain `http` is allowed for this machine only. `simulator` starts the built-in simulator.
            service.auth | `aksk`, `token`, `password` | aksk | all
              The kind of credentials.
            service.copystate-style | `lower`, `upper` | lower | all
              The letter case in which the job `changestate` writes its values. `lowercase` and `uppercase` mean the same.
            service.scope.project-id | text | environment | all
              The project for which the token is requested, with `auth: password`. DCS requires a project.
              Write at most one key of `service.scope`.
            service.scope.project-name | text | environment | all
              As `project-id`, by the name of the project.
            service.scope.domain-id | text | environment | all
              The account for which the token is requested, with `auth: password`.
            service.scope.domain-name | text | environment | all
              As `domain-id`, by the name of the account.
            limits.concurrent | 1 to 1000 | 100 | all
              Maximum number of servers that migrate at the same time. Migrations of other users of the account count too.
            limits.requests-per-second | `auto`, or 0.01 to 1000 | auto | all
              Maximum number of API calls per second. `auto` learns the limit from the responses. A number is never exceeded.
            limits.speed-limit-max | 1 to 10000 | 1000 | all
              Highest value of `speed_limit_mbit`, and of a limit in `speed_limit_rules`, in Mbit/s. Some regions allow 10000.
            limits.database-outage | duration, 1ms to 30d | 5m | all
              How long to wait for an unreachable database. Then the run ends with exit code 4 and can be resumed.
              Calls that are in flight may add a minute or two.
            watch.every | duration, 1ms to 1d | 30s | all
              Time between two polls of all servers. The runner polls less often where polling would take more than half of
              the API calls.
            watch.stalled-after | duration, 1ms to 30d | 30m | all
              Time without any change after which the row is shown as stalled. Not shorter than `watch.every`.
            watch.give-up-after | duration, 1ms to 240d, or `never` | 8 × stalled-after | all
              Time without any change after which the row ends as FAILED. The task itself is left alone.
              This is also the minimum time for which an unreachable service is retried before exit code 4. With `never` that time
              is 3 days.
            retry.restarts | 0 to 100 | 2 | migrate
              How often a failed task is started again, per server, when its error may be temporary.
            retry.backoff | duration, 1ms to 1d | 30s | migrate
              Wait before the first restart. It doubles with each restart, up to 15 minutes, with jitter.
            cutover.when | `auto`, `synced`, `manual` | synced | migrate
              `synced`: the runner launches each target when the server is in continuous synchronisation.
              `manual`: the row ends as SYNCED and an operator launches the target.
              `auto`: SMS launches the target itself when the copy ends. `auto` is the default when `defaults.syncing` is false.
            cutover.on-difference | `warn`, `hold` | warn | migrate
              Handling of a difference between source and target, for rows with `verify_consistency`.
              `warn`: the target is launched, the row ends as MIGRATED and is listed under *needs attention*.
              `hold`: the target is not launched while the latest known result differs. A difference that becomes known after the
              launch ends the row as FAILED, with the figures.
            cutover.window.open | time | none | migrate
              Start of the cutover window. No target is launched outside [open, close − lockout). Not with `when: auto`.
              Write `2026-11-21T22:00+08:00`, or the time without offset together with `zone`.
            cutover.window.close | time | none | migrate
              End of the cutover window.
            cutover.window.zone | time zone such as `Asia/Singapore` | none | migrate
              Time zone of times without an offset.
            cutover.window.lockout | duration, 15s to 1d | 15m | migrate
              Time before the close in which no target is launched any more.
            cutover.launches | 1 to 1000, or `none` | none | migrate
              Maximum number of targets that are launched at the same time. Not with `when: auto`.
            cutover.pace | duration, 0s to 1d | 0s | migrate
              Shortest time between two launches. Not with `when: auto`.
            waves.<name>.after | names of waves | none | migrate
              No target of this wave is launched before every row of the named waves has ended.
              A wave may only name waves that start before it.
            waves.<name>.start | time | none | migrate
              No copy of this wave starts earlier. Write the time with an offset, or without one and set `cutover.window.zone`.
              `plan` and `run` warn of a start that is too late for the window.
            waves.<name>.concurrent | 1 to 1000 | none | migrate
              Maximum number of servers of this wave that are under way at the same time.
            report.directory | path | reports | all
              Each run makes its own directory in this one.
            notify.on | list of `ended`, `attention` | both | all
              Occasions of a notification: the run ended, or rows need attention.
            notify.command | path | none | all
              A program that is executed for each notification. It takes no arguments of its own.
            notify.text | text with placeholders | standard text | all
              Text of the notification.
            simulator.servers | 1 to 100000 | 48 | all
              Number of source servers. The `simulator` keys are allowed with `endpoint: simulator` only.
            simulator.speed | 0.01 to 1000000 | 600 | all
              Simulated seconds in one second.
            simulator.seed | whole number | 7 | all
              The same seed gives the same night.
            simulator.faults | path | none | all
              File of the faults that the simulator plays.
            simulator.requests-per-second | 0.01 to 100000, or `none` | none | all
              Above this number of calls per second the simulator answers 429.
            simulator.state | path | <data>/simulator/<run id> | all
              Directory in which the simulator keeps its state.
            action.operation | an operation | column `operation` | action
              The operation for each task.
            action.template_id | id | none | action
              The template that `clone_test` needs.
            action.switch_hce | true, false | false | action
              Change the system to Huawei Cloud EulerOS (Linux only).
            action.is_need_consistency_check | true, false | false | action
              Verify the consistency of the copy.
            action.allow-operations | list of operations | none | action
              Operations that this version does not know and that are sent nevertheless.
            changestate.copystate | a copy state | column `copystate` | changestate
              The copy state to record. Upper and lower case are accepted.
            changestate.migrationcycle | a migration cycle | column `migrationcycle` | changestate
              The migration cycle to record. Upper and lower case are accepted.
            stop-dcs.chunk | 1 to 50 | 50 | stop-dcs
              Maximum number of tasks in one call.
            stop-dcs.target_project_id | id | none | stop-dcs
              As `project_id`, and wins over it.
            stop-dcs.full-migration | `keep`, `stop` | keep | stop-dcs
              Handling of a task that is still in full migration. `keep`: the row is rejected. `stop`: the task is stopped.
            stop-dcs.retries | 0 to 100 | 3 | stop-dcs
              How often a stop is sent again.
            stop-dcs.backoff | duration, 1ms to 1d | 10s | stop-dcs
              Wait before the first repetition. It doubles with each repetition.
            stop-dcs.project_id | id | service.scope.project-id | stop-dcs
              The project of rows that name none.
            defaults.<column> | as the column | none | migrate
              Value for empty cells of this column. Columns that differ for each server are refused here: `server_name`,
              `source_server_id`, `source_ip`, `target_server_id` and `depends_on`.
            update.<column> | as the column | none | update
              Value for empty cells of this column. All fields that the job changes are accepted here.
            """;

    private static final List<SettingDefinition> ALL = parse();

    private SettingTable() {}

    static List<SettingDefinition> all() {
        return ALL;
    }

    /** Literal keys, without the patterns for waves and columns. */
    static List<String> keys() {
        return ALL.stream()
                .filter(setting -> !setting.isPattern())
                .map(SettingDefinition::key)
                .toList();
    }

    private static List<SettingDefinition> parse() {
        List<SettingDefinition> settings = new ArrayList<>();
        String[] cells = {};
        StringBuilder meaning = new StringBuilder();
        for (String line : TEXT.lines().toList()) {
            if (line.startsWith(" ")) {
                meaning.append(meaning.isEmpty() ? "" : " ").append(line.strip());
                continue;
            }
            add(settings, cells, meaning);
            cells = line.split(" \\| ");
            meaning.setLength(0);
        }
        add(settings, cells, meaning);
        return List.copyOf(settings);
    }

    private static void add(List<SettingDefinition> settings, String[] cells, CharSequence meaning) {
        if (cells.length > 0) {
            settings.add(new SettingDefinition(cells[0], cells[1], cells[2], cells[3], meaning.toString()));
        }
    }
}
