package dev.smsrunner.jobfile;

import static dev.smsrunner.jobfile.SettingTypes.*;

import dev.smsrunner.inventory.CellLimits;
import dev.smsrunner.jobfile.ServiceSettings.CopystateStyle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings of every job, in the order of the documentation. */
final class SharedSettings {

    /** Key of the job. */
    static final String JOB = "job";

    private static final SettingList LIST = new SettingList();

    /** UpdateTask, edition of 2024: 0 to 10000 Mbit/s. */
    private static final int MAX_SPEED = 10_000;

    static final SettingDefinition<Path> INVENTORY = LIST.add(SettingDefinition.of(
                    "inventory", path(), "The CSV file with the servers. `--inventory` takes another file.")
            .required("write the path of a file, or give it with --inventory"));

    static final SettingDefinition<String> COLUMNS = LIST.add(SettingDefinition.of(
            "columns.<header>",
            SettingType.of("column, or `ignore`", ColumnsReader::target).recordedAs(target -> target),
            """
                    Column of the inventory for a name in the header of the CSV file, such as `"VM": server_name`.
                    `ignore` leaves the column out. `"*": ignore` leaves out every column that the runner does not know."""));

    static final SettingDefinition<String> ENDPOINT = LIST.add(
            SettingDefinition.of("service.endpoint", EndpointSetting.TYPE, """
                    The URL of the service without `/v3`, such as `https://sms.<region>.myhuaweicloud.com`.
                    Plain `http` is allowed for this machine only. `simulator` starts the built-in simulator.""").required(EndpointSetting.EXAMPLE));

    static final SettingDefinition<ServiceSettings.Auth> AUTH =
            LIST.add("service.auth", choice(ServiceSettings.Auth.class), "aksk", "The kind of credentials.");

    static final SettingDefinition<CopystateStyle> COPYSTATE_STYLE =
            LIST.add("service.copystate-style", copystateStyle(), "lowercase", """
                    The letter case in which the job `changestate` writes its values.
                    `lower` and `upper` mean the same.""");

    static final SettingDefinition<String> PROJECT_ID = LIST.add(scope("project-id", """
            The project for which the token is requested, with `auth: password`. DCS requires a project.
            Write at most one key of `service.scope`."""));

    static final SettingDefinition<String> PROJECT_NAME =
            LIST.add(scope("project-name", "As `project-id`, by the name of the project."));

    static final SettingDefinition<String> DOMAIN_ID =
            LIST.add(scope("domain-id", "The account for which the token is requested, with `auth: password`."));

    static final SettingDefinition<String> DOMAIN_NAME =
            LIST.add(scope("domain-name", "As `domain-id`, by the name of the account."));

    static final SettingDefinition<Integer> CONCURRENT =
            LIST.add("limits.concurrent", wholeNumber(1, 1000), "100", """
                    Maximum number of servers that migrate at the same time.
                    Migrations of other users of the account count too.""");

    static final SettingDefinition<Double> REQUESTS_PER_SECOND =
            LIST.add("limits.requests-per-second", decimal(0.01, 1000).orKeyword("auto"), "auto", """
                    Maximum number of API calls per second. `auto` learns the limit from the responses.
                    A number is never exceeded; the runner calls more slowly when the service answers 429.""");

    static final SettingDefinition<Integer> SPEED_LIMIT_MAX =
            LIST.add(SettingDefinition.of("limits.speed-limit-max", wholeNumber(1, MAX_SPEED), """
                    Highest value of `speed_limit_mbit`, and of a limit in `speed_limit_rules`, in Mbit/s.
                    Some regions allow 10000.""")
                    .withDefault(String.valueOf(CellLimits.DEFAULT.speed()))
                    .recordedIfSet());

    static final SettingDefinition<Duration> DATABASE_OUTAGE =
            LIST.add("limits.database-outage", duration("1ms", "30d"), "5m", """
                    How long to wait for an unreachable database. Then the run ends with exit code 4 and can be resumed.
                    Calls that are in flight may add a minute or two.""");

    static final SettingDefinition<Duration> EVERY = LIST.add("watch.every", duration("1ms", "1d"), "30s", """
                    Time between two polls of all servers.
                    The runner polls less often where polling would take more than half of the API calls.""");

    static final SettingDefinition<Duration> STALLED_AFTER =
            LIST.add("watch.stalled-after", duration("1ms", "30d"), "30m", """
                    Time without any change after which the row is shown as stalled.
                    Not shorter than `watch.every`.""");

    static final SettingDefinition<Duration> GIVE_UP_AFTER = LIST.add(
            SettingDefinition.of("watch.give-up-after", duration("1ms", "240d").orKeyword("never"), """
                    Time without any change after which the row ends as FAILED. The task itself is left alone.
                    This is also the minimum time for which an unreachable service is retried before exit code 4.
                    With `never` that time is 3 days.""")
                    .shownAs("`8 × stalled-after`"));

    static final SettingDefinition<Path> DIRECTORY =
            LIST.add("report.directory", path(), "reports", "Each run makes its own directory in this one.");

    static final SettingDefinition<Set<NotifySettings.Occasion>> NOTIFY_ON = LIST.add(SettingDefinition.of(
                    "notify.on",
                    NotifyTypes.occasions(),
                    "Occasions of a notification: the run ended, or rows need attention.")
            .withDefault("ended, attention")
            .shownAs("both")
            .with(SettingDefinition.RecordPolicy.NEVER));

    static final SettingDefinition<Path> NOTIFY_COMMAND = LIST.add(SettingDefinition.of(
                    "notify.command",
                    NotifyTypes.program(),
                    "A program that is executed for each notification. It takes no arguments of its own.")
            .with(SettingDefinition.RecordPolicy.NEVER));

    static final SettingDefinition<String> NOTIFY_TEXT =
            LIST.add(SettingDefinition.of("notify.text", NotifyTypes.template(), "Text of the notification.")
                    .withDefault(NotifySettings.DEFAULT_TEXT)
                    .shownAs("standard text")
                    .with(SettingDefinition.RecordPolicy.NEVER));

    static final SettingDefinition<Integer> SERVERS = LIST.add("simulator.servers", wholeNumber(1, 100_000), "48", """
                    Number of source servers.
                    The `simulator` keys are allowed with `endpoint: simulator` only.""");

    static final SettingDefinition<Double> SPEED =
            LIST.add("simulator.speed", decimal(0.01, 1_000_000), "600", "Simulated seconds in one second.");

    static final SettingDefinition<Long> SEED =
            LIST.add("simulator.seed", wholeNumber(), "7", "The same seed gives the same night.");

    static final SettingDefinition<Path> FAULTS =
            LIST.add("simulator.faults", path(), "File of the faults that the simulator plays.");

    static final SettingDefinition<Double> SIMULATED_LIMIT = LIST.add(SettingDefinition.of(
                    "simulator.requests-per-second",
                    decimal(0.01, 100_000).orKeyword("none"),
                    "Above this number of calls per second the simulator answers 429.")
            .withDefault("none")
            .shownAs("none"));

    static final SettingDefinition<Path> STATE = LIST.add(
            SettingDefinition.of("simulator.state", path(), "Directory in which the simulator keeps its state.")
                    .shownAs("`<data>/simulator/<run id>`"));

    private SharedSettings() {}

    static List<SettingDefinition<?>> all() {
        return LIST.all();
    }

    /** These settings, and those of all jobs. */
    static List<SettingDefinition<?>> with(List<JobDefinition> jobs) {
        List<SettingDefinition<?>> all = new ArrayList<>();
        all.add(job(jobs));
        all.addAll(LIST.all());
        jobs.forEach(job -> all.addAll(job.settings()));
        return all;
    }

    /** The job of the file: one of these. */
    static SettingDefinition<JobDefinition> job(List<JobDefinition> jobs) {
        var labels = jobs.stream().map(JobDefinition::label).toList();
        int last = labels.size() - 1;
        return SettingDefinition.of(JOB, choice(jobs, JobDefinition::label, Map.of()), """
                        The work of the run. The page on jobs describes all jobs except `migrate`.""")
                .required("write job: " + String.join(", ", labels.subList(0, last)) + " or " + labels.get(last));
    }

    private static SettingType<CopystateStyle> copystateStyle() {
        return choice(
                Arrays.asList(CopystateStyle.values()),
                SettingTypes::spelling,
                Map.of("lower", CopystateStyle.LOWERCASE, "upper", CopystateStyle.UPPERCASE));
    }

    private static SettingDefinition<String> scope(String key, String meaning) {
        return SettingDefinition.of("service.scope." + key, text("text"), meaning)
                .shownAs("environment");
    }
}
