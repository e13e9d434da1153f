package dev.smsrunner.jobfile;

import static dev.smsrunner.jobfile.SettingTypes.*;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.jobfile.CutoverSettings.AtClose;
import dev.smsrunner.jobfile.CutoverSettings.LaunchMode;
import dev.smsrunner.jobfile.CutoverSettings.OnDifference;
import dev.smsrunner.jobfile.SettingDefinition.RecordPolicy;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Settings of the job {@code migrate}. Reports and the dashboard read the recorded ones of a run. */
public final class MigrateSettings {

    /** Label of the job. */
    public static final String JOB = "migrate";

    private static final SettingList LIST = new SettingList();

    public static final SettingDefinition<Integer> RESTARTS = LIST.add(
            "retry.restarts",
            wholeNumber(0, 100),
            "2",
            "How often a failed task is started again, per server, when its error may be temporary.");

    public static final SettingDefinition<Duration> BACKOFF = LIST.add(
            "retry.backoff",
            duration("1ms", "1d"),
            "30s",
            "Wait before the first restart. It doubles with each restart, up to 15 minutes, with jitter.");

    public static final SettingDefinition<LaunchMode> WHEN =
            LIST.add("cutover.when", choice(LaunchMode.class), "synced", """
                    `synced`: the runner launches each target when the server is in continuous synchronisation.
                    `manual`: the row ends as SYNCED and an operator launches the target.
                    `auto`: SMS launches the target itself when the copy ends.
                    `auto` is the default when `defaults.syncing` is false.""");

    public static final SettingDefinition<Duration> HOLD = LIST.add("cutover.hold", duration("1s", "14d"), """
                    With `when: manual`: how long the run waits for launches by an operator after the last copy.
                    Without it the run ends when every server is in continuous synchronisation.""");

    public static final SettingDefinition<OnDifference> ON_DIFFERENCE =
            LIST.add(SettingDefinition.of("cutover.on-difference", choice(OnDifference.class), """
                    Handling of a difference between source and target, for rows with `verify_consistency`.
                    `warn`: the target is launched, the row ends as MIGRATED and is listed under *needs attention*.
                    `hold`: the target is not launched while the latest known result differs.
                    A difference that becomes known after the launch ends the row as FAILED, with the figures.""")
                    .withDefault("warn")
                    .with(RecordPolicy.UNLESS_DEFAULT));

    public static final SettingDefinition<ZonedDateTime> OPEN = LIST.add(time("cutover.window.open", """
            Start of the cutover window. No target is launched outside [open, close − lockout). Not with `when: auto`.
            Write `2026-11-21T22:00+08:00`, or the time without offset together with `zone`."""));

    public static final SettingDefinition<ZonedDateTime> CLOSE =
            LIST.add(time("cutover.window.close", "End of the cutover window."));

    public static final SettingDefinition<ZoneId> ZONE =
            LIST.add("cutover.window.zone", TimeTypes.zone(), "Time zone of times without an offset.");

    /** The minimum lets a launch that is sent at the last moment arrive before the window closes. */
    public static final SettingDefinition<Duration> LOCKOUT = LIST.add(
            "cutover.window.lockout",
            duration("15s", "1d"),
            "15m",
            "Time before the close in which no target is launched any more.");

    public static final SettingDefinition<ZonedDateTime> NAMED_OPEN =
            LIST.add(namedTime("cutover.windows.<name>.open", """
            Start of one of several windows, instead of `cutover.window`. A row uses the first of its windows that is open and
            has room. A row that is not launched in one window waits in sync for the next."""));

    public static final SettingDefinition<ZonedDateTime> NAMED_CLOSE =
            LIST.add(namedTime("cutover.windows.<name>.close", "End of this window."));

    public static final SettingDefinition<ZoneId> NAMED_ZONE = LIST.add(
            "cutover.windows.<name>.zone", TimeTypes.zone(), "Time zone of times of this window without an offset.");

    public static final SettingDefinition<Duration> NAMED_LOCKOUT = LIST.add(SettingDefinition.of(
                    "cutover.windows.<name>.lockout",
                    duration("15s", "1d"),
                    "Time before the close of this window in which no target is launched any more.")
            .shownAs("`15m`"));

    public static final SettingDefinition<Integer> NAMED_CAPACITY = LIST.add(
            "cutover.windows.<name>.capacity",
            wholeNumber(1, 100_000),
            "Maximum number of launches in this window. A failed launch gives its place back.");

    public static final SettingDefinition<AtClose> AT_CLOSE =
            LIST.add(SettingDefinition.of("cutover.at-close", choice(AtClose.class), """
                    Tasks of rows that are not launched when the last window is over.
                    `keep-syncing`: SMS continues them. `stop`: the runner pauses them. SMS checks a source again after a pause.
                    With `cutover.window` alone, without this key, the run waits for its copies after the window.""")
                    .withDefault("keep-syncing")
                    .recordedIfSet());

    public static final SettingDefinition<Integer> LAUNCHES = LIST.add(
            "cutover.launches",
            wholeNumber(1, 1000).orKeyword("none"),
            "Maximum number of targets that are launched at the same time. Not with `when: auto`.");

    public static final SettingDefinition<Duration> PACE = LIST.add(SettingDefinition.of(
                    "cutover.pace", duration("0s", "1d"), "Shortest time between two launches. Not with `when: auto`.")
            .withDefault("0s")
            .recordedIfSet());

    public static final SettingDefinition<List<String>> WAVE_AFTER =
            LIST.add("waves.<name>.after", names("names of waves"), """
                    No target of this wave is launched before every row of the named waves has ended.
                    A wave may only name waves that start before it.""");

    public static final SettingDefinition<List<String>> WAVE_WINDOWS = LIST.add(
            "waves.<name>.windows",
            names("names of windows"),
            "Windows of `cutover.windows` in which targets of this wave are launched. Without it the wave may use all windows.");

    public static final SettingDefinition<ZonedDateTime> WAVE_START = LIST.add(
            "waves.<name>.start", TimeTypes.time(() -> MigrateSettings.ZONE, ZonedDateTime::toOffsetDateTime), """
                    No copy of this wave starts earlier.
                    Write the time with an offset, or without one and set `cutover.window.zone`.
                    `plan` and `run` warn of a start that is too late for the window.""");

    public static final SettingDefinition<Integer> WAVE_CONCURRENT = LIST.add(
            "waves.<name>.concurrent",
            wholeNumber(1, 1000),
            "Maximum number of servers of this wave that are under way at the same time.");

    public static final SettingDefinition<String> DEFAULTS =
            LIST.add(SettingDefinition.of("defaults.<column>", SettingTypes.cell("as the column"), """
                    Value for empty cells of this column. Columns that differ for each server are refused here:
                    `server_name`, `source_server_id`, `source_ip`, `target_server_id` and `depends_on`.""")
                    .forColumns(Arrays.stream(Column.values())
                            .filter(column -> !column.isForOtherJobs())
                            .toList()));

    private MigrateSettings() {}

    /** Definitions in the order of the documentation. */
    public static List<SettingDefinition<?>> all() {
        return Stream.concat(LIST.all().stream(), GateSettings.all().stream()).toList();
    }

    /** Name of the wave that a key belongs to, or empty. A name may contain dots. */
    static String waveOf(String key) {
        return Stream.of(WAVE_AFTER, WAVE_WINDOWS, WAVE_START, WAVE_CONCURRENT)
                .map(setting -> setting.nameIn(key))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static SettingDefinition<ZonedDateTime> time(String key, String meaning) {
        return SettingDefinition.of(key, TimeTypes.time(() -> MigrateSettings.ZONE, ZonedDateTime::toInstant), meaning)
                .required("write a time such as 2026-11-21T22:00+08:00")
                .shownAs("none");
    }

    /** Time of one of several windows, in the zone of that window. */
    private static SettingDefinition<ZonedDateTime> namedTime(String key, String meaning) {
        return SettingDefinition.of(key, TimeTypes.time(MigrateSettings::zoneBeside, ZonedDateTime::toInstant), meaning)
                .required("write a time such as 2026-11-21T22:00+08:00")
                .shownAs("none");
    }

    /** Zone of the window that a key belongs to. */
    private static SettingDefinition<ZoneId> zoneBeside(String key) {
        var open = NAMED_OPEN.nameIn(key);
        return NAMED_ZONE.at(open.isEmpty() ? NAMED_CLOSE.nameIn(key) : open);
    }

    /** Names in a list that separates them by commas; none for an empty list. */
    public static List<String> waveNames(String list) {
        return list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(",")).map(String::strip).toList();
    }

    static SettingType<List<String>> waveNames() {
        return names("names of waves");
    }

    /** List of names, separated by commas. */
    static SettingType<List<String>> names(String values) {
        return SettingType.<List<String>>of(values, input -> waveNames(input.text()))
                .recordedAs(names -> String.join(", ", names))
                .in(SettingType.Form.LIST_OR_EMPTY);
    }
}
