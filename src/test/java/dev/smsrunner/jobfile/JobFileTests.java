package dev.smsrunner.jobfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.smsrunner.inventory.CellLimits;
import dev.smsrunner.job.BulkJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Valid job files: defaults, full mapping, overrides, the samples. */
class JobFileTests {

    private static final Path FILE = Path.of("site/job.yaml");
    private static final String SMALL = "job: migrate\ninventory: rows.csv\nservice: {endpoint: simulator}\n";

    private static final Pattern OPEN_DATE = Pattern.compile("^\\d{4}-\\d\\d-\\d\\d");
    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

    private static JobFile job(String text) throws JobFileException {
        return JobFiles.restore(FILE, text, Overrides.none(), Map.of(), BulkJobs.ALL);
    }

    @Test
    void defaultOnDifferenceIsNotRecorded() throws JobFileException {
        JobFile before = job(SMALL);
        JobFile explicit = job(SMALL + "cutover: {on-difference: WARN}\n");
        JobFile hold = job(SMALL + "cutover: {on-difference: hold}\n");

        assertThat(explicit.cutover().onDifference()).isEqualTo(CutoverSettings.OnDifference.WARN);
        assertThat(explicit.hash()).isEqualTo(before.hash());
        assertThat(explicit.changesSince(before.settings())).isEmpty();
        assertThat(hold.cutover().onDifference()).isEqualTo(CutoverSettings.OnDifference.HOLD);
        assertThat(hold.changesSince(before.settings())).hasToString("[cutover.on-difference: (none) -> hold]");
    }

    @Test
    void columnsAreMappedByTheNamesOfTheHeader() throws JobFileException {
        JobFile job = job(SMALL + """
                columns:
                  "VM": Server_Name
                  Speed Limit (Mbit/s): speed_limit_mbit
                  FT Sec. Latency: IGNORE
                  "*": ignore
                """);

        assertThat(job.columns().targets())
                .containsExactly(
                        Map.entry("VM", "server_name"),
                        Map.entry("Speed Limit (Mbit/s)", "speed_limit_mbit"),
                        Map.entry("FT Sec. Latency", "ignore"),
                        Map.entry("*", "ignore"));
        assertThat(job.settings()).containsEntry("columns.VM", "server_name");
        assertThat(job.changesSince(job(SMALL).settings())).hasSize(4);
        assertThat(job(SMALL).columns().targets()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {VM: sever_name}                   | columns.VM: 'sever_name' is not a column of an inventory; did you mean server_name?
            {VM: 7}                            | columns.VM: '7' is not a column of an inventory; write a column such as
            {VM: server_name, vm: ignore}      | columns.vm: is the same name as 'VM'; keep one of the two under columns
            {VM: server_name, N: server_name}  | columns.N: is mapped to server_name, and so is 'VM'; keep one
            {"*": app_name}                    | columns.*: stands for every unknown column; write ignore
            {VM: [server_name]}                | columns.VM: is a list, not a single value
            {VM: }                             | columns.VM: has no value
            """)
    void columnsThatContradictEachOtherAreRefused(String columns, String problem) {
        assertThatThrownBy(() -> job(SMALL + "columns: " + columns + "\n"))
                .isInstanceOfSatisfying(
                        JobFileException.class,
                        ex -> assertThat(ex.problems())
                                .singleElement()
                                .asString()
                                .contains(problem));
    }

    @Test
    void emptyAfterIsAccepted() throws JobFileException {
        var text = SMALL + "waves: {wave-2: {after: [wave-1], concurrent: 4}}\n";
        var none = job(text.replace("[wave-1]", "[]"));
        var removed = JobFiles.restore(
                FILE, text, new Overrides(null, Map.of("waves.wave-2.after", "")), Map.of(), BulkJobs.ALL);

        assertThat(none.settings())
                .containsEntry("waves.wave-2.concurrent", "4")
                .doesNotContainKey("waves.wave-2.after");
        assertThat(removed.settings()).isEqualTo(none.settings());
        assertThat(job(text).changesSince(none.settings())).hasSize(1);
    }

    @Test
    void waveTooLateForTheWindowAndItsFollowersAreWarnings() throws JobFileException {
        var text = SMALL + """
                cutover:
                  window: {open: 2026-12-01T22:00, close: 2026-12-02T04:00, zone: Asia/Singapore, lockout: 30m}
                waves:
                  wave-1: {start: 2026-12-02T03:29}
                  wave-2: {start: 2026-12-02T03:30}
                  wave-3: {after: [wave-2]}
                  wave-4: {after: [wave-1]}
                """;

        assertThat(job(text).warnings(NOW))
                .containsExactly(
                        "waves.wave-2.start: no row of wave-2 can be launched in the window: it starts 2026-12-02 03:30 +08:00, and the last call is 2026-12-02 03:30 +08:00; start the wave earlier, or close the window later",
                        "waves.wave-3.after: no row of wave-3 can be launched in the window, since it comes after wave-2, which starts too late");
        assertThat(job(text.replace("T03:30}", "T03:29}")).warnings(NOW)).isEmpty();
        assertThat(job(SMALL + "waves: {wave-2: {start: 2026-12-02T03:30+08:00}}\n")
                        .warnings(NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-12-04T22:00+07:00 | Asia/Singapore | cutover.window.open: 2026-12-04T22:00+07:00 has the offset +07:00, but \
            Asia/Singapore has +08:00 then. The runner uses 2026-12-04T23:00+08:00 there. Correct the offset or the zone.
            2026-12-04T22:00+02:00 | Europe/Berlin | cutover.window.open: 2026-12-04T22:00+02:00 has the offset +02:00, but \
            Europe/Berlin has +01:00 then. The runner uses 2026-12-04T21:00+01:00 there. Correct the offset or the zone.
            2026-12-04T22:00+00:00 | Asia/Singapore | cutover.window.open: 2026-12-04T22:00+00:00 has the offset Z, but \
            Asia/Singapore has +08:00 then. The runner uses 2026-12-05T06:00+08:00 there. Correct the offset or the zone.
            2026-12-04T14:00Z      | Asia/Singapore |
            2026-12-04T22:00+08:00 | Asia/Singapore |
            2026-12-04T22:00       | Etc/GMT+8 | cutover.window.zone: Etc/GMT+8 is the offset -08:00: the sign in its name is \
            inverted. Write -08:00, or a zone such as Asia/Shanghai.
            2026-12-04T22:00       | Etc/GMT-8 | cutover.window.zone: Etc/GMT-8 is the offset +08:00: the sign in its name is \
            inverted. Write +08:00, or a zone such as Asia/Shanghai.
            2026-12-04T22:00       | Etc/GMT |
            2026-12-04T22:00       | Etc/UTC |
            2026-12-04T22:00       | UTC+08:00 |
            2026-12-15T07:00Z      | UTC |
            2026-12-15T08:00Z      | UTC | cutover.window.open: the window opens in 14 days, on Tuesday 2026-12-15. Check the date.
            2027-01-04T22:00       | Asia/Singapore | cutover.window.open: the window opens in 34 days, on Monday 2027-01-04. \
            Check the date.
            """)
    void doubtfulWindowIsAWarning(String open, String zone, @Nullable String warning) throws JobFileException {
        var close = OPEN_DATE.matcher(open).replaceFirst("2027-03-01");

        var job = job(SMALL + "cutover: {window: {open: '%s', close: '%s', zone: %s}}\n".formatted(open, close, zone));

        var ofOpen = job.warnings(NOW).stream()
                .filter(each -> !each.startsWith("cutover.window.close"))
                .toList();
        assertThat(ofOpen).isEqualTo(warning == null ? List.of() : List.of(warning));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-12-01T22:00+08:00 | 2026-12-02T06:00Z      | Z
            2026-12-01T22:00+08:00 | 2026-12-02T06:00+00:00 | Z
            2026-12-01T22:00Z      | 2026-12-03T06:00+08:00 | +08:00
            2026-12-01T22:00+01:00 | 2026-12-02T06:00+02:00 | +02:00
            2026-12-01T22:00+08:00 | 2026-12-02T06:00+08:00 |
            2027-03-27T22:00+01:00 | 2027-03-28T06:00+02:00 |
            2026-10-31T22:00-04:00 | 2026-11-01T06:00-05:00 |
            2027-10-02T22:00+10:30 | 2027-10-03T06:00+11:00 |
            """)
    void otherOffsetWithoutAClockChangeIsAWarning(String open, String close, @Nullable String offset)
            throws JobFileException {
        var waves = "waves: {wave-1: {start: '%s'}}\n".formatted(close.replaceFirst("T06", "T05"));
        var job = job(SMALL + "cutover: {window: {open: '%s', close: '%s'}}\n".formatted(open, close) + waves);

        var warnings = job.warnings(NOW).stream()
                .filter(each -> each.contains("offset"))
                .toList();

        if (offset == null) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings).hasSize(2);
            assertThat(warnings.get(0))
                    .isEqualTo(
                            "cutover.window.close: The offset is %s, but that of cutover.window.open is %s. Correct one of them, or set cutover.window.zone."
                                    .formatted(offset, open.replaceFirst(".*T22:00", "")));
            assertThat(warnings.get(1)).startsWith("waves.wave-1.start: The offset is " + offset);
        }
    }

    @Test
    void warningAboutAnOverrideNamesItsOption() throws JobFileException {
        var window = SMALL + "cutover: {window: {open: 2026-12-01T22:00, close: 2026-12-02T04:00}}\n";
        var overrides = new Overrides(null, Map.of("cutover.window.zone", "Etc/GMT-8"));

        var job = JobFiles.restore(Path.of("site/job.yaml"), window, overrides, Map.of(), BulkJobs.ALL);

        assertThat(job.warnings(NOW))
                .singleElement(STRING)
                .startsWith("--set cutover.window.zone=Etc/GMT-8: Etc/GMT-8 is the offset +08:00");
    }

    @Test
    void unsetKeysHaveDefaults() throws JobFileException {
        JobFile job = job(SMALL);

        assertThat(job.job().label()).isEqualTo("migrate");
        assertThat(job.inventory()).isEqualTo(Path.of("site/rows.csv"));
        assertThat(job.service())
                .isEqualTo(new ServiceSettings(
                        "simulator",
                        ServiceSettings.Auth.AKSK,
                        new ServiceSettings.Scope(null, null, null, null),
                        ServiceSettings.CopystateStyle.LOWERCASE));
        assertThat(job.defaults()).isEmpty();
        assertThat(job.limits()).isEqualTo(new LimitSettings(100, null, Duration.ofMinutes(5)));
        assertThat(job.watch())
                .isEqualTo(new WatchSettings(Duration.ofSeconds(30), Duration.ofMinutes(30), Duration.ofHours(4)));
        assertThat(job.retry()).isEqualTo(new RetrySettings(2, Duration.ofSeconds(30)));
        assertThat(job.cutover()).isEqualTo(new CutoverSettings(CutoverSettings.LaunchMode.SYNCED, null));
        assertThat(job.report()).isEqualTo(new ReportSettings(Path.of("site/reports")));
        assertThat(job.simulator()).isEqualTo(new SimulatedService(48, 600, 7, null, null, null));
        assertThat(job.text()).isEqualTo(SMALL);
        assertThat(job.settings())
                .containsOnly(
                        Map.entry("cutover.when", "synced"),
                        Map.entry("inventory", "rows.csv"),
                        Map.entry("job", "migrate"),
                        Map.entry("limits.concurrent", "100"),
                        Map.entry("limits.database-outage", "5m"),
                        Map.entry("limits.requests-per-second", "auto"),
                        Map.entry("report.directory", "reports"),
                        Map.entry("retry.backoff", "30s"),
                        Map.entry("retry.restarts", "2"),
                        Map.entry("service.auth", "aksk"),
                        Map.entry("service.copystate-style", "lowercase"),
                        Map.entry("service.endpoint", "simulator"),
                        Map.entry("simulator.requests-per-second", "none"),
                        Map.entry("simulator.seed", "7"),
                        Map.entry("simulator.servers", "48"),
                        Map.entry("simulator.speed", "600"),
                        Map.entry("watch.every", "30s"),
                        Map.entry("watch.give-up-after", "4h"),
                        Map.entry("watch.stalled-after", "30m"));
    }

    @Test
    void everyMigrationKeyIsMapped() throws JobFileException {
        JobFile job = job("""
                job: MIGRATE
                inventory: /data/rows.csv
                service:
                  endpoint: HTTPS://SMS.ap-southeast-3.myhuaweicloud.com/prefix/
                  auth: password
                  scope: {domain-name: acme}
                  copystate-style: uppercase
                defaults: {migration_type: MIGRATE_BLOCK, syncing: yes, speed_limit_mbit: 010, tags: A=1;B=2}
                limits: {concurrent: 7, requests-per-second: 2.50, database-outage: 90s}
                watch: {every: 200ms, stalled-after: PT1M, give-up-after: never}
                retry: {restarts: 0, backoff: 1h30m}
                cutover:
                  when: manual
                  window: {open: 2026-11-21T22:00+08:00, close: 2026-11-22 04:00:00+08:00, lockout: 45m}
                report: {directory: ../out}
                """);

        assertThat(job.inventory()).isEqualTo(Path.of("/data/rows.csv"));
        assertThat(job.service())
                .isEqualTo(new ServiceSettings(
                        "https://sms.ap-southeast-3.myhuaweicloud.com/prefix",
                        ServiceSettings.Auth.PASSWORD,
                        new ServiceSettings.Scope(null, null, null, "acme"),
                        ServiceSettings.CopystateStyle.UPPERCASE));
        assertThat(job.defaults())
                .containsOnly(
                        Map.entry("migration_type", "MIGRATE_BLOCK"),
                        Map.entry("syncing", "yes"),
                        Map.entry("speed_limit_mbit", "010"),
                        Map.entry("tags", "A=1;B=2"));
        assertThat(job.limits()).isEqualTo(new LimitSettings(7, 2.5, Duration.ofSeconds(90)));
        assertThat(job.watch()).isEqualTo(new WatchSettings(Duration.ofMillis(200), Duration.ofMinutes(1), null));
        assertThat(job.retry()).isEqualTo(new RetrySettings(0, Duration.ofMinutes(90)));
        assertThat(job.cutover().when()).isEqualTo(CutoverSettings.LaunchMode.MANUAL);
        assertThat(job.report()).isEqualTo(new ReportSettings(Path.of("out")));
        assertThat(job.simulator()).isNull();

        CutoverSettings.Window window = job.cutover().windows().all().get(0);
        assertThat(window).isNotNull();
        assertThat(window.open()).isEqualTo(Instant.parse("2026-11-21T14:00:00Z"));
        assertThat(window.close()).isEqualTo(Instant.parse("2026-11-21T20:00:00Z"));
        assertThat(window.isOpenAt(Instant.parse("2026-11-21T13:59:59Z"))).isFalse();
        assertThat(window.isOpenAt(Instant.parse("2026-11-21T14:00:00Z"))).isTrue();
        assertThat(window.isOpenAt(Instant.parse("2026-11-21T19:15:00Z"))).isFalse();
        assertThat(window.isOverAt(Instant.parse("2026-11-21T19:15:00Z"))).isTrue();
    }

    @Test
    void speedLimitMaxIsRecordedOnlyIfSet() throws JobFileException {
        JobFile usual = job(SMALL);
        JobFile raised =
                job(SMALL + "limits: {speed-limit-max: 10000}\ndefaults: {speed_limit_rules: 0:00-24:00=9000}\n");

        assertThat(usual.settings()).doesNotContainKey("limits.speed-limit-max");
        assertThat(raised.settings()).containsEntry("limits.speed-limit-max", "10000");
        assertThat(CellLimits.of(usual.defaults())).isEqualTo(new CellLimits(1000));
        assertThat(CellLimits.of(raised.defaults())).isEqualTo(new CellLimits(10_000));
    }

    @Test
    void everySimulatorKeyIsMapped() throws JobFileException {
        JobFile job = job(SMALL
                + "simulator: {servers: 5, speed: 0.5, seed: -1, faults: f.yaml, requests-per-second: 40, state: s}\n");

        assertThat(job.simulator())
                .isEqualTo(new SimulatedService(5, 0.5, -1, Path.of("site/f.yaml"), 40.0, Path.of("site/s")));
    }

    @Test
    void blockOfOtherJobFillsEmptyCells() throws JobFileException {
        JobFile action = job(SMALL.replace("migrate", "action")
                + "action: {operation: clone_test, template_id: t-1, switch_hce: true}\n");
        JobFile changestate = job(SMALL.replace("migrate", "changestate")
                + "changestate: {copystate: waiting, migrationcycle: cutovered}\n");
        JobFile update = job(SMALL.replace("migrate", "update") + "update: {speed_limit_mbit: 50}\n");
        JobFile stop = job(SMALL.replace("migrate", "stop-dcs") + "stop-dcs: {chunk: 10, target_project_id: p1}\n");

        assertThat(action.defaults())
                .containsOnly(
                        Map.entry("operation", "clone_test"),
                        Map.entry("template_id", "t-1"),
                        Map.entry("switch_hce", "true"),
                        Map.entry("is_need_consistency_check", "false"));
        assertThat(changestate.defaults())
                .containsOnly(Map.entry("copystate", "waiting"), Map.entry("migrationcycle", "cutovered"));
        assertThat(changestate.job().label()).isEqualTo("changestate");
        assertThat(update.defaults()).containsOnly(Map.entry("speed_limit_mbit", "50"));
        assertThat(stop.defaults()).containsOnly(Map.entry("target_project_id", "p1"));
        assertThat(stop.settings()).doesNotContainKeys("retry.restarts", "cutover.when");
    }

    @Test
    void otherJobWithoutBlockUsesRows() throws JobFileException {
        assertThat(job(SMALL.replace("migrate", "action")).defaults())
                .containsOnly(Map.entry("switch_hce", "false"), Map.entry("is_need_consistency_check", "false"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            defaults: | 08:00-18:00=50;17:00-20:00=5 | has two speed limits for one time of day: 08:00-18:00 and 17:00-20:00; write ranges that do not overlap
            defaults: | 08:00-8:00=50                | "'08:00-08:00' is a range without time; write an end after the start, or 00:00-24:00"
            update:   | 00:00-24:00=50;9:00-9:30=0   | has two speed limits for one time of day: 00:00-24:00 and 09:00-09:30
            """)
    void overlappingDefaultSpeedRulesAreRejected(String block, String rules, String problem, @TempDir Path directory)
            throws Exception {
        var job = block.equals("update:") ? SMALL.replace("migrate", "update") : SMALL;
        var text = "%s%s {speed_limit_rules: '%s'}\n".formatted(job, block, rules);
        var file = Files.writeString(directory.resolve("job.yaml"), text);

        assertThatThrownBy(() -> JobFiles.read(file, Overrides.none(), Map.of(), BulkJobs.ALL))
                .hasMessageContaining("job.yaml:4:")
                .hasMessageContaining("speed_limit_rules: " + problem);
        assertThat(job(text).settings())
                .as("of a run that an earlier version started")
                .containsValue(rules);
    }

    @Test
    void disabledSyncingMeansAutoLaunch() throws JobFileException {
        assertThat(job(SMALL + "defaults: {syncing: false}\n").cutover().when())
                .isEqualTo(CutoverSettings.LaunchMode.AUTO);
    }

    @Test
    void localTimesUseTheZone() throws JobFileException {
        CutoverSettings.Window window = job(SMALL
                        + "cutover: {window: {open: 2026-11-21T22:00, close: 2026-11-22T04:00, zone: Asia/Shanghai}}\n")
                .cutover()
                .windows()
                .all()
                .get(0);

        assertThat(window)
                .isEqualTo(new CutoverSettings.Window(
                        Instant.parse("2026-11-21T14:00:00Z"),
                        Instant.parse("2026-11-21T20:00:00Z"),
                        Duration.ofMinutes(15),
                        ZoneId.of("Asia/Shanghai")));
    }

    @Test
    void environmentVariablesAreReplaced() throws JobFileException {
        String text = "job: migrate\ninventory: ${DIR}/rows-${NIGHT:-1}.csv\nservice: {endpoint: simulator}\n"
                + "defaults: {wave_name: \"$${NIGHT}\"}\n";

        JobFile job = JobFiles.restore(FILE, text, Overrides.none(), Map.of("DIR", "waves"), BulkJobs.ALL);

        assertThat(job.inventory()).isEqualTo(Path.of("site/waves/rows-1.csv"));
        assertThat(job.defaults()).containsEntry("wave_name", "${NIGHT}");
        assertThat(job.text()).isEqualTo(text);
    }

    @Test
    void commandLineOverridesFile() throws JobFileException {
        Overrides overrides = new Overrides(
                Path.of("other/rows.csv"),
                Map.of("limits.concurrent", "3", "defaults.wave_name", "W2", "service.endpoint", "simulator"));

        JobFile job = JobFiles.restore(
                FILE,
                "job: migrate\ninventory: ${UNSET}\nlimits: {concurrent: many}\nservice: {endpoint: ftp://x}\n",
                overrides,
                Map.of(),
                BulkJobs.ALL);

        assertThat(job.inventory()).isEqualTo(Path.of("other/rows.csv"));
        assertThat(job.settings()).containsEntry("inventory", "../other/rows.csv");
        assertThat(job.limits().concurrent()).isEqualTo(3);
        assertThat(job.defaults()).containsEntry("wave_name", "W2");
    }

    @Test
    void hashDependsOnEffectiveSettings() throws JobFileException {
        JobFile job = job(SMALL + "watch: {every: 60s}\nlimits: {concurrent: 100}\n");
        JobFile sameMeaning = job("# a comment\n" + SMALL + "watch: {every: PT1M}\n");
        JobFile other = job(SMALL + "watch: {every: 61s}\n");

        assertThat(job.hash()).hasSize(64).isEqualTo(sameMeaning.hash()).isNotEqualTo(other.hash());
        assertThat(other.changesSince(job.settings())).hasToString("[watch.every: 1m -> 61s]");
        assertThat(sameMeaning.changesSince(job.settings())).isEmpty();
        assertThat(job.changesSince(Map.of()))
                .extracting(JobFile.Change::key)
                .containsExactly("inventory", "job", "limits.concurrent", "service.endpoint", "watch.every");
    }

    @Test
    void newKeyWithDefaultIsNoChange() throws JobFileException {
        JobFile job = job(SMALL);
        Map<String, String> earlier = new java.util.HashMap<>(job.settings());
        earlier.remove("limits.database-outage");

        assertThat(job.changesSince(earlier)).isEmpty();
        assertThat(job(SMALL + "limits: {database-outage: 5m}\n").changesSince(earlier))
                .hasSize(1);
        earlier.put("limits.database-outage", "7m");
        assertThat(job.changesSince(earlier)).hasToString("[limits.database-outage: 7m -> 5m]");
    }

    @Test
    void hashIsIndependentOfDirectory() throws JobFileException {
        JobFile here = JobFiles.restore(Path.of("a/job.yaml"), SMALL, Overrides.none(), Map.of(), BulkJobs.ALL);
        JobFile there = JobFiles.restore(Path.of("/srv/b/job.yaml"), SMALL, Overrides.none(), Map.of(), BulkJobs.ALL);

        assertThat(here.hash()).isEqualTo(there.hash());
    }

    @Test
    void restoredJobEqualsOriginal(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("job.yaml"), "\ufeff" + SMALL.replace("\n", "\r\n"));

        JobFile read = JobFiles.read(file, Overrides.none(), Map.of(), BulkJobs.ALL);
        Files.delete(file);

        assertThat(JobFiles.restore(file, read.text(), Overrides.none(), Map.of(), BulkJobs.ALL))
                .isEqualTo(read);
    }

    @Test
    void demoIsValid() throws JobFileException {
        JobFile job = JobFiles.read(Path.of("jobs/demo.yaml"), Overrides.none(), Map.of(), BulkJobs.ALL);

        assertThat(job.inventory()).isEqualTo(Path.of("sample-data/inventory.csv"));
        assertThat(job.simulator())
                .isEqualTo(new SimulatedService(48, 600, 7, Path.of("sample-data/demo-faults.yaml"), 40.0, null));
        assertThat(job.watch().every()).isEqualTo(Duration.ofMillis(500));
        assertThat(job.report().directory()).isEqualTo(Path.of("reports"));
    }

    @Test
    void siteSampleHasEveryMigrationKey() throws JobFileException, IOException {
        JobFile job = JobFiles.restore(
                Path.of("jobs/overnight-cutover.yaml"),
                withTheWindow(Files.readString(Path.of("jobs/overnight-cutover.yaml"))),
                Overrides.none(),
                Map.of("TARGET_PROJECT_ID", "p-1"),
                BulkJobs.ALL);

        assertThat(job.defaults()).containsEntry("target_project_id", "p-1");
        assertThat(job.cutover().windows().all()).hasSize(1);
        assertThat(job.service().scope()).isEqualTo(new ServiceSettings.Scope(null, "ap-southeast-3", null, null));
        assertThat(job.settings())
                .containsKeys(
                        "service.endpoint",
                        "service.auth",
                        "service.copystate-style",
                        "limits.concurrent",
                        "limits.requests-per-second",
                        "limits.database-outage",
                        "watch.every",
                        "watch.stalled-after",
                        "watch.give-up-after",
                        "retry.restarts",
                        "retry.backoff",
                        "cutover.when",
                        "cutover.window.open",
                        "cutover.window.close",
                        "cutover.window.zone",
                        "cutover.window.lockout",
                        "report.directory");
    }

    /** The sample leaves the window to be agreed on: its lines are there, behind a comment mark. */
    private static String withTheWindow(String sample) {
        return sample.replaceAll("(?m)^  # (window:|  (open|close|zone|lockout): .*)$", "  $1");
    }

    @Test
    void notificationIsNotPartOfTheJob(@TempDir Path directory) throws Exception {
        Path program = Files.createFile(directory.resolve("page-me"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path file = directory.resolve("job.yaml");
        String text = SMALL + "notify: {on: [attention], command: page-me, text: '{run_id}: {state}'}\n";

        JobFile notifying = JobFiles.restore(file, text, Overrides.none(), Map.of(), BulkJobs.ALL);
        JobFile silent = JobFiles.restore(file, SMALL, Overrides.none(), Map.of(), BulkJobs.ALL);

        assertThat(notifying.notification())
                .isEqualTo(new NotifySettings(
                        java.util.Set.of(NotifySettings.Occasion.ATTENTION), program, "{run_id}: {state}"));
        assertThat(notifying.hash())
                .as("a run resumes with other notifications")
                .isEqualTo(silent.hash());
        assertThat(silent.notification().on()).containsExactly(NotifySettings.Occasion.values());
    }
}
