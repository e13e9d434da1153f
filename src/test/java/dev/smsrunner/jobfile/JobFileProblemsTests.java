package dev.smsrunner.jobfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.smsrunner.job.BulkJobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems of invalid job files: location, key, problem and advice. */
class JobFileProblemsTests {

    private static final Path FILE = Path.of("job.yaml");
    private static final String SMALL = "job: migrate\ninventory: rows.csv\nservice: {endpoint: simulator}\n";
    private static final String REAL =
            "job: migrate\ninventory: rows.csv\nservice: {endpoint: https://sms.example.com}\n";

    private static List<String> problems(String text, Overrides overrides) {
        JobFileException exception = catchThrowableOfType(
                JobFileException.class,
                () -> JobFiles.restore(FILE, text, overrides, Map.of("EMPTY", ""), BulkJobs.ALL));
        assertThat(exception).as("refusal of %s", text).isNotNull();
        return exception.problems().stream().map(Problem::toString).toList();
    }

    private static Stream<Arguments> oneProblem() {
        return Stream.of(
                // unknown keys
                bad("limts: {concurrent: 5}", "4:1: limts: is not a key of a job file; did you mean limits?"),
                bad(
                        "limits: {concurent: 5}",
                        "4:10: limits.concurent: is not a key of a job file; did you mean limits.concurrent?"),
                bad("concurrent: 5", "4:1: concurrent: is not a key of a job file; did you mean limits.concurrent?"),
                bad(
                        "watch:\n  stalled_after: 5m",
                        "5:3: watch.stalled_after: is not a key of a job file; did you mean watch.stalled-after?"),
                bad(
                        "retry: {colour: red}",
                        "4:9: retry.colour: is not a key of a job file; remove it; known here: restarts, backoff"),
                bad(
                        "defaults: {target_regoin: x}",
                        "4:12: defaults.target_regoin: is not a key of a job file; did you mean defaults.target_region?"),
                bad(
                        "defaults: {operation: start}",
                        "4:12: defaults.operation: is not a key of a job file; did you mean action.operation?"),
                bad(
                        "\"\\u001b[31m\": 1",
                        "4:1: '\\u001b[31m': is not a key of a job file; remove it; known here: job, "),
                // wrong kinds
                bad("limits: 5", "4:9: limits: is a block of keys, not a value; write its keys below it"),
                bad("limits: [5]", "4:9: limits: is a block of keys, not a value"),
                bad("report: {directory: [a, b]}", "4:21: report.directory: is a list, not a single value"),
                bad("report: {directory: {a: b}}", "4:21: report.directory: is a block, not a single value"),
                bad("report: {directory: }", "report.directory: has no value; write one value, or remove the key"),
                bad("limits: {concurrent: ten}", "4:22: limits.concurrent: 'ten' is not a whole number"),
                bad("limits: {concurrent: 1.5}", "4:22: limits.concurrent: '1.5' is not a whole number"),
                bad("limits: {requests-per-second: fast}", "4:31: limits.requests-per-second: 'fast' is not a number"),
                bad("limits: {requests-per-second: .nan}", "4:31: limits.requests-per-second: '.nan' is not a number"),
                bad(
                        "watch: {every: 30}",
                        "4:16: watch.every: '30' has no unit; write a number with ms, s, m, h or d, such as 30s"),
                bad("watch: {every: soon}", "4:16: watch.every: 'soon' is not a duration"),
                bad("watch: {every: -5s}", "4:16: watch.every: '-5s' is not a duration"),
                bad("watch: {every: PT-5S}", "4:16: watch.every: 'PT-5S' is not a duration"),
                bad(
                        "cutover: {when: snyced}",
                        "4:17: cutover.when: 'snyced' is not known; did you mean synced? Otherwise write one of auto, synced, manual"),
                bad(
                        "cutover: {on-difference: hodl}",
                        "4:26: cutover.on-difference: 'hodl' is not known; did you mean hold? Otherwise write one of warn, hold"),
                // out of range
                bad("limits: {concurrent: 0}", "4:22: limits.concurrent: 0 is out of range; write 1 to 1000"),
                bad(
                        "limits: {concurrent: 99999999999999999999}",
                        "limits.concurrent: '99999999999999999999' is not a whole number"),
                bad(
                        "limits: {requests-per-second: 0}",
                        "4:31: limits.requests-per-second: '0' is out of range; write 0.01 to 1000"),
                bad("retry: {restarts: -1}", "4:19: retry.restarts: -1 is out of range; write 0 to 100"),
                bad("watch: {every: 0s}", "4:16: watch.every: '0s' is out of range; write 1ms to 1d"),
                bad("simulator: {servers: 0}", "4:22: simulator.servers: 0 is out of range"),
                // pairs that cannot be
                bad(
                        "cutover: {when: auto, window: {open: 2026-11-21T22:00Z, close: 2026-11-22T04:00Z}}",
                        "4:17: cutover.when: auto is not possible with cutover.window; SMS would launch"),
                bad(
                        "defaults: {syncing: false}\ncutover: {when: synced}",
                        "4:21: defaults.syncing: false is not possible with cutover.when: synced"),
                bad(
                        "defaults: {syncing: no}\ncutover: {window: {open: 2026-11-21T22:00Z, close: 2026-11-22T04:00Z}}",
                        "4:21: defaults.syncing: false is not possible with cutover.window"),
                bad(
                        "watch: {every: 1m, stalled-after: 10s}",
                        "4:35: watch.stalled-after: 10s is not possible with watch.every 1m"),
                bad("watch: {every: 1h}", "4:1: watch.stalled-after: 30m is not possible with watch.every 1h"),
                bad(
                        "watch: {stalled-after: 1h, give-up-after: 50m}",
                        "4:43: watch.give-up-after: 50m is not possible with watch.stalled-after 1h"),
                bad(
                        "defaults: {migration_type: MIGRATE_FILE, server_os_family: WINDOWS}",
                        "4:28: defaults.migration_type: MIGRATE_FILE is not possible with defaults.server_os_family WINDOWS"),
                bad(
                        "action: {operation: start}",
                        "4:21: action.operation: this key is not possible with job: migrate; remove it, or write job: action"),
                // waves and launches
                bad(
                        "waves: {wave-1: {after: [wave-2]}, wave-2: {concurrent: 5}}",
                        "waves.wave-1.after: makes 'wave-1' wait for 'wave-2', which starts later; waves start in the order"),
                bad(
                        "waves: {late: {after: [nix]}, x: {concurrent: 5}}",
                        "waves.late.after: contains the wave 'nix', which is not under waves (late, x) and would start after 'late'; correct the name"),
                bad(
                        "waves: {x: {after: [z]}, y: {after: [x]}, z: {after: [y]}}",
                        "waves.x.after: closes a cycle of waves that wait for each other: x -> z -> y -> x; remove one"),
                bad("waves: {wave-1: {after: wave-1}}", "waves.wave-1.after: makes 'wave-1' wait for itself"),
                bad(
                        "waves: {wave-2: {afetr: [wave-1]}}",
                        "4:18: waves.wave-2.afetr: is not a key of a job file; did you mean after?"),
                bad("waves: {wave-2: {after: [[wave-1]]}}", "waves.wave-2.after: is a list, not a single value"),
                bad("waves: {wave-2: {concurrent: []}}", "waves.wave-2.concurrent: is a list, not a single value"),
                bad("waves: {wave-2: {after: }}", "waves.wave-2.after: has no value"),
                bad("waves: {wave-2: 5}", "4:17: waves.wave-2: is a block of keys, not a value"),
                bad(
                        "waves: {wave-2: {start: 2026-12-02T08:00}}",
                        "4:25: waves.wave-2.start: '2026-12-02T08:00' has neither an offset nor cutover.window.zone"),
                bad("waves: {wave-2: {concurrent: 0}}", "4:30: waves.wave-2.concurrent: 0 is out of range"),
                bad("cutover: {launches: 0}", "4:21: cutover.launches: 0 is out of range; write 1 to 1000"),
                bad("cutover: {pace: 30}", "4:17: cutover.pace: '30' has no unit"),
                bad(
                        "cutover: {when: auto, launches: 10}",
                        "4:33: cutover.launches: this key is not possible with cutover.when: auto"),
                bad(
                        "cutover: {when: auto, pace: 30s}",
                        "4:29: cutover.pace: this key is not possible with cutover.when: auto"),
                // windows
                bad(
                        "cutover: {window: {open: 2026-11-21T22:00Z}}",
                        "4:11: cutover.window.close: is missing; write a time such as"),
                bad(
                        "cutover: {window: {close: 2026-11-22T04:00Z}}\ndefaults: {syncing: true}",
                        "cutover.window.open: is missing"),
                bad(
                        "cutover: {window: {open: tonight, close: 2026-11-22T04:00Z}}",
                        "4:26: cutover.window.open: 'tonight' is not a date and time"),
                bad(
                        "cutover: {window: {open: 2026-11-21T22:00, close: 2026-11-22T04:00Z}}",
                        "4:26: cutover.window.open: '2026-11-21T22:00' has neither an offset nor cutover.window.zone"),
                bad(
                        "cutover: {window: {open: 2026-11-22T22:00Z, close: 2026-11-22T04:00Z}}",
                        "4:52: cutover.window.close: '2026-11-22T04:00Z' is not possible with cutover.window.open 2026-11-22T22:00Z"),
                bad(
                        "cutover: {window: {open: 2026-11-22T22:00Z, close: 2026-11-22T22:10Z}}",
                        "cutover.window.lockout: 15m is not possible with a window"),
                bad(
                        "cutover: {window: {open: 2026-11-22T22:00Z, close: 2026-11-22T23:00Z, lockout: 0s}}",
                        "cutover.window.lockout: '0s'"),
                bad(
                        "cutover: {window: {open: 2026-11-22T22:00Z, close: 2026-11-22T23:00Z, zone: Mars/Base}}",
                        "cutover.window.zone: 'Mars/Base' is not a time zone"),
                bad(
                        "cutover: {window: {open: 2027-03-28T02:30, close: 2027-03-28T06:00, zone: Europe/Berlin}}",
                        "cutover.window.open: '2027-03-28T02:30' does not exist in Europe/Berlin, since the clocks go forward; write 2027-03-28T01:30+01:00 or 2027-03-28T03:30+02:00"),
                bad(
                        "cutover: {window: {open: 2027-10-03T02:15, close: 2027-10-03T06:00, zone: Australia/Lord_Howe}}",
                        "cutover.window.open: '2027-10-03T02:15' does not exist in Australia/Lord_Howe, since the clocks go forward; write 2027-10-03T01:45+10:30 or 2027-10-03T02:45+11:00"),
                bad(
                        "cutover: {window: {open: 2027-03-14T02:30, close: 2027-03-14T06:00, zone: America/New_York}}",
                        "write 2027-03-14T01:30-05:00 or 2027-03-14T03:30-04:00"),
                bad(
                        "cutover: {window: {open: 2026-10-25T02:30, close: 2026-10-25T06:00, zone: Europe/Berlin}}",
                        "cutover.window.open: '2026-10-25T02:30' exists twice in Europe/Berlin, since the clocks go back; write 2026-10-25T02:30+02:00 for the first, or 2026-10-25T02:30+01:00 for the second"),
                bad(
                        "cutover: {window: {open: 2026-11-01T01:30, close: 2026-11-01T06:00, zone: America/New_York}}",
                        "write 2026-11-01T01:30-04:00 for the first, or 2026-11-01T01:30-05:00 for the second"),
                bad(
                        "cutover: {window: {open: 2027-04-04T01:45, close: 2027-04-04T06:00, zone: Australia/Lord_Howe}}",
                        "write 2027-04-04T01:45+11:00 for the first, or 2027-04-04T01:45+10:30 for the second"),
                // values of columns
                bad(
                        "defaults: {server_name: a}",
                        "4:25: defaults.server_name: is different for each server; set it in the inventory"),
                bad(
                        "defaults: {migration_type: FILE}",
                        "4:28: defaults.migration_type: 'FILE' is not known; write one of MIGRATE_FILE, MIGRATE_BLOCK"),
                bad(
                        "defaults: {speed_limit_mbit: 1001}",
                        "4:30: defaults.speed_limit_mbit: '1001' is not a whole number from 0 to 1000"),
                bad(
                        "limits.speed-limit-max: 10001",
                        "4:25: limits.speed-limit-max: 10001 is out of range; write 1 to 10000"),
                bad(
                        "limits.speed-limit-max: 2500\ndefaults: {speed_limit_mbit: 2501}",
                        "5:30: defaults.speed_limit_mbit: '2501' is not a whole number from 0 to 2500"),
                bad(
                        "defaults: {speed_limit_rules: 08:00-18:00=50@5}",
                        "defaults.speed_limit_rules: the threshold of '08:00-18:00=50@5' is not a percentage from 10 to 100"),
                bad(
                        "defaults: {over_speed_threshold: 9}",
                        "defaults.over_speed_threshold: '9' is not a whole number from 10 to 100"),
                // secrets
                bad(
                        "service.ak: ABCDEF",
                        "4:1: service.ak: looks like a secret, which a job file must not contain; set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK"),
                bad(
                        "defaults: {password: geheim}",
                        "defaults.password: looks like a secret, which a job file must not contain; set HUAWEICLOUD_USER_NAME and HUAWEICLOUD_PASSWORD"),
                bad(
                        "authToken: geheim",
                        "authToken: looks like a secret, which a job file must not contain; set HUAWEICLOUD_AUTH_TOKEN"),
                bad(
                        "db-password: geheim",
                        "db-password: looks like a secret, which a job file must not contain; set SMS_RUNNER_DB_PASSWORD"),
                bad(
                        "defaults: {wave_name: \"${HUAWEICLOUD_SDK_SK}\"}",
                        "defaults.wave_name: refers to 'HUAWEICLOUD_SDK_SK', which looks like a secret"),
                // environment
                bad(
                        "defaults: {wave_name: \"${WAVE}\"}",
                        "4:23: defaults.wave_name: needs the environment variable WAVE, which is not set; set it, or write ${WAVE:-otherwise}"),
                bad("defaults: {wave_name: \"${EMPTY}\"}", "defaults.wave_name: needs the environment variable EMPTY"),
                bad("defaults: {wave_name: \"${EMPTY:-}\"}", "4:23: defaults.wave_name: has no value"),
                bad("defaults: {wave_name: \"${WA VE}\"}", "defaults.wave_name: has a ${ that is not ${NAME}"),
                // YAML itself
                bad(
                        "limits: {concurrent: 5}\nlimits: {concurrent: 6}",
                        "5:1: limits: is already on line 4; keep one of the two"),
                bad(
                        "limits:\n\tconcurrent: 5",
                        "5:1: is not valid YAML: found character '\\t(TAB)' that cannot start any token"),
                bad("limits: {concurrent: 5", "is not valid YAML: "),
                bad("limits: &x {concurrent: 5}", "4:9: has an anchor (&), which job files do not support"),
                bad("report: {directory: &x a}", "4:21: has an anchor (&), which job files do not support"),
                bad("report: {directory: *x }", "4:21: has an alias (*), which job files do not support"),
                bad("limits:\n  <<: {concurrent: 5}", "5:3: <<: is a merge key, which job files do not support"),
                bad("report: {directory: !!java.io.File x}", "4:21: has a tag (!), which job files do not support"),
                bad("---\njob: migrate", "5:1: has a second document; keep one document for each file"),
                bad("defaults: {wave_name: ${WAVE}}", "(inside braces write \"${NAME}\" in quotes)"),
                bad(
                        "defaults: {wave_name: \"a\\u0000b\"}",
                        "defaults.wave_name: 'a\\u0000b' contains the invisible character U+0000 NULL"),
                bad("notify: {on: [ended, attenton]}", "notify.on: 'attenton' is not known; did you mean attention?"),
                bad("notify: {command: no-such-program}", "notify.command: 'no-such-program' is not a program"),
                bad("notify: {text: '{run} ended'}", "notify.text: '{run}' is not a placeholder; known are attention"),
                bad("notify: {webhook: 'https://x'}", "notify.webhook: is not a key of a job file"),
                bad("? [a, b]\n: c", "is not valid YAML: "));
    }

    private static Arguments bad(String more, String message) {
        return Arguments.of(more, message);
    }

    @ParameterizedTest
    @MethodSource
    void oneProblem(String more, String message) {
        assertThat(problems(SMALL + more + "\n", Overrides.none()))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("job.yaml:")
                .contains(message)
                .doesNotContain("geheim", "ABCDEF");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sms.example.com",
                "http://10.0.0.1",
                "http://localhost.example.com",
                "ftp://sms.example.com",
                "sms.example.com",
                "simulater",
                "https://",
                "https://a b",
                "https://user@sms.example.com",
                "https://user:geheim@sms.example.com",
                "https://sms.example.com?x=1",
                "https://sms.example.com#x",
                "https://sms.example.com/../x",
                "https://sms.example.com/%2e%2e/x",
                "https://sms.example.com:99999",
                "https://sms.example.com:0",
                "https://169.254.169.254",
                "https://169.254.169.254./latest",
                "https://[::ffff:169.254.169.254]",
                "https://[fe80::1]",
                "https://[fe80::1%25eth0]",
                "https://[::169.254.169.254]",
                "https://[::a9fe:a9fe]",
                "https://[64:ff9b::a9fe:a9fe]",
                "https://[64:ff9b::169.254.169.254]",
                "https://[2002:a9fe:a9fe::1]",
                "https://[2002:6464:64c8::1]",
                "https://168.63.129.16",
                "https://192.0.0.192",
                "https://169.254.170.2",
                "https://255.255.255.255",
                "https://①⑥⑨.254.169.254",
                "https://169。254。169。254",
                "https://sms.example.com@169.254.169.254",
                "https://169.254.169.254:80@sms.example.com",
                "https://169.254.169.254%00.example.com",
                "https://METADATA.google.internal.",
                "https://\u0455ms.example.com",
                "https://sms.example.com\u202e",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "http://127.1",
                "http://2130706433",
                "http://0177.0.0.1",
                "http://127.0.0.1:80#@evil.example",
                "//sms.example.com",
                "https:///sms",
                "gopher://sms.example.com",
                "https://[fd00:ec2::254]",
                "https://100.100.100.200",
                "https://2852039166",
                "https://0xA9FEA9FE",
                "https://169.254.43518",
                "https://0251.0376.0251.0376",
                "https://metadata.google.internal",
                "https://0.0.0.0",
                "https://[::]",
                "https://224.0.0.1",
                "https://under_score.example.com",
                "file:///etc/passwd",
                "jar:file:/x!/y",
                "https:sms.example.com"
            })
    void invalidEndpointIsRejected(String endpoint) {
        assertThat(problems(SMALL.replace("simulator", "\"" + endpoint + "\""), Overrides.none()))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("job.yaml:3:21: service.endpoint: ")
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource({
        "https://sms.ap-southeast-3.myhuaweicloud.com/v3, https://sms.ap-southeast-3.myhuaweicloud.com",
        "https://sms.ap-southeast-3.myhuaweicloud.com/v3/, https://sms.ap-southeast-3.myhuaweicloud.com",
        "https://SMS.cn-north-4.myhuaweicloud.com/V3//, https://sms.cn-north-4.myhuaweicloud.com",
        "https://sms.myhuaweicloud.eu/v1, https://sms.myhuaweicloud.eu",
        "https://sms.myhuaweicloud.eu/v3.0, https://sms.myhuaweicloud.eu",
        "https://sms.myhuaweicloud.eu/v3/sources, https://sms.myhuaweicloud.eu",
        "https://dcs.ap-southeast-1.myhuaweicloud.com/v2/0215ef11e49d4743be23dd97a1561e91, https://dcs.ap-southeast-1.myhuaweicloud.com",
        "https://gateway.example.com:8443/sms/v3, https://gateway.example.com:8443/sms",
        "http://127.0.0.1:18080/v3, http://127.0.0.1:18080",
        "https://[2001:db8::1]:443/v3, https://[2001:db8::1]:443",
        "https://sms.myhuaweicloud.eu/v3?limit=1, https://sms.myhuaweicloud.eu",
        "https://sms.myhuaweicloud.eu#v3, https://sms.myhuaweicloud.eu",
        "https://user:geheim@sms.myhuaweicloud.eu/x, https://sms.myhuaweicloud.eu/x"
    })
    void anEndpointWithTooMuchIsRejectedWithItsCorrection(String endpoint, String correction) {
        assertThat(problems(SMALL.replace("simulator", "\"" + endpoint + "\""), Overrides.none()))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("job.yaml:3:21: service.endpoint: ")
                .containsPattern("use " + Pattern.quote(correction) + "(?![/\\w.:?#])")
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulator",
                "https://sms.ap-southeast-3.myhuaweicloud.com",
                "https://sms.myhuaweicloud.eu:8443/v3/proxy",
                "http://127.0.0.1:18080",
                "http://localhost:18080",
                "http://[::1]:18080",
                "https://10.1.2.3",
                "https://[2001:db8::1]:443",
                "https://[2002:0a01:0203::1]",
                "https://[64:ff9b::10.1.2.3]"
            })
    void validEndpointIsAccepted(String endpoint) throws JobFileException {
        JobFile job = JobFiles.restore(
                FILE, SMALL.replace("simulator", "\"" + endpoint + "\""), Overrides.none(), Map.of(), BulkJobs.ALL);

        assertThat(job.service().endpoint()).isEqualTo(endpoint);
    }

    @Test
    void allProblemsAreReportedInFileOrder() {
        assertThat(problems("""
                        service: {endpoint: gopher://x, auth: none}
                        limits: {concurrent: 0, burst: 3}
                        cutover: {when: later}
                        """, new Overrides(null, Map.of("wacth.every", "1s", "limits", "3", "retry.sk", "geheim"))))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("job.yaml:1:1: job: is missing; write job: migrate"),
                        line -> assertThat(line).startsWith("job.yaml:1:1: inventory: is missing"),
                        line -> assertThat(line).startsWith("job.yaml:1:21: service.endpoint: is neither"),
                        line -> assertThat(line).startsWith("job.yaml:1:39: service.auth: 'none' is not known"),
                        line -> assertThat(line).startsWith("job.yaml:2:22: limits.concurrent: 0 is out of range"),
                        line -> assertThat(line).startsWith("job.yaml:2:25: limits.burst: is not a key"),
                        line -> assertThat(line).startsWith("job.yaml:3:17: cutover.when: 'later' is not known"),
                        line -> assertThat(line)
                                .isEqualTo("--set limits=3: is a block of keys, not a value; set one of its keys"),
                        line -> assertThat(line)
                                .startsWith("--set retry.sk=...: looks like a secret")
                                .doesNotContain("geheim"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "--set wacth.every=...: is not a key of a job file; did you mean watch.every?"));
    }

    @Test
    void invalidOverrideIsReportedWithItsOption() {
        assertThat(problems(SMALL, new Overrides(null, Map.of("watch.every", "30", "report.directory", " "))))
                .containsExactly(
                        "--set report.directory=: has no value; write --set report.directory=VALUE",
                        "--set watch.every=30: '30' has no unit; write a number with ms, s, m, h or d, such as 30s");
    }

    @Test
    void contradictionOfAnOverrideIsReportedWithItsOption() {
        var window = SMALL + "cutover: {window: {open: 2026-11-22T22:00Z, close: 2026-11-23T04:00Z}}\n";

        assertThat(problems(window, new Overrides(null, Map.of("cutover.window.close", "2026-11-22T21:00Z"))))
                .singleElement(STRING)
                .startsWith("--set cutover.window.close=2026-11-22T21:00Z: ")
                .contains("is not possible with cutover.window.open 2026-11-22T22:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://user:CANARY@sms.example/v3", "https://user:a/CANARY@x", "ftp://CANARY@sms.example"})
    void loginInTheUrlOfAnOverrideIsNotRepeated(String endpoint) {
        assertThat(problems(SMALL, new Overrides(null, Map.of("service.endpoint", endpoint))))
                .singleElement(STRING)
                .startsWith("--set service.endpoint=" + endpoint.replaceFirst("//.*@", "//***@") + ": ");
    }

    @Test
    void longOverrideIsCutAndItsControlCharactersAreVisible() {
        assertThat(problems(SMALL, new Overrides(null, Map.of("watch.every", "\u001b[2J" + "9".repeat(500)))))
                .singleElement(STRING)
                .startsWith("--set watch.every=\\u001b[2J999")
                .contains("999...: ")
                .doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource({
        "asia/singapore, did you mean Asia/Singapore?",
        "EUROPE/BERLIN, did you mean Europe/Berlin?",
        "Singapur, did you mean Singapore? Otherwise write one such as Asia/Shanghai",
        "singapore, did you mean Asia/Singapore?",
        "shanghai, did you mean Asia/Shanghai?",
        "new york, did you mean America/New_York?",
        "Asia/Sinagpore, did you mean Asia/Singapore? Otherwise write one such as Asia/Shanghai",
        "Europe/Berln, did you mean Europe/Berlin? Otherwise write one such as Asia/Shanghai",
        "Asia/Singapor, did you mean Asia/Singapore? Otherwise write one such as Asia/Shanghai",
        "CST, abbreviations are ambiguous; write a region such as Asia/Singapore",
        "SGT, abbreviations are ambiguous; write a region such as Asia/Singapore",
        "IST, abbreviations are ambiguous; write a region such as Asia/Singapore",
        "aest, abbreviations are ambiguous; write a region such as Asia/Singapore",
        "WEST, abbreviations are ambiguous; write a region such as Asia/Singapore",
        "EAST, abbreviations are ambiguous; write a region such as Asia/Singapore",
        "ACT, abbreviations are ambiguous; write a region such as Asia/Singapore",
        "oslo, did you mean Europe/Oslo?",
        "CST-8, abbreviations are ambiguous; write a region such as Asia/Singapore",
        "GMT8, did you mean +08:00?",
        "UTC8, did you mean +08:00?",
        "UTC +8, did you mean +08:00?",
        "utc-5:30, did you mean -05:30?",
        "GMT99, 'write an offset such as +08:00, or a region such as Asia/Singapore'",
        "Etc/GMT8, write one such as Asia/Shanghai",
        "Mars/Base, write one such as Asia/Shanghai"
    })
    void unknownZoneHasASuggestion(String zone, String advice) {
        var window = SMALL + "cutover: {window: {open: 2026-11-22T22:00, close: 2026-11-23T04:00, zone: %s}}\n";

        assertThat(problems(window.formatted(zone), Overrides.none()))
                .first(STRING)
                .endsWith("cutover.window.zone: '%s' is not a time zone; %s".formatted(zone, advice));
    }

    @Test
    void missingVariableIsNotAMissingKey() {
        assertThat(problems("job: migrate\ninventory: ${X}\nservice:\n  endpoint: ${Y}\n", Overrides.none()))
                .hasSize(2)
                .allMatch(line -> line.contains("needs the environment variable"));
    }

    @Test
    void simulatorKeysRequireItsEndpoint() {
        assertThat(problems(REAL + "simulator: {servers: 3}\n", Overrides.none()))
                .containsExactly("job.yaml:4:22: simulator.servers: this key is not possible with service.endpoint "
                        + "https://sms.example.com; remove it, or write service.endpoint: simulator");
    }

    @Test
    void otherJobRejectsBlocksOfAMigration() {
        assertThat(problems(
                        REAL.replace("migrate", "changestate")
                                + "cutover: {when: auto}\nretry: {restarts: 1}\naction: {operation: start}\n",
                        Overrides.none()))
                .hasSize(3)
                .allMatch(line -> line.contains("is not possible with job: changestate"));
    }

    @Test
    void secondScopeIsRejected() {
        assertThat(problems(
                        REAL.replace("{endpoint", "{scope: {project-id: p, domain-name: d}, endpoint"),
                        Overrides.none()))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("service.scope.domain-name: this key is not possible with service.scope.project-id");
    }

    @Test
    void valuesOfOtherJobsAreChecked() {
        assertThat(problems(REAL.replace("migrate", "action") + "action: {operation: strat}\n", Overrides.none()))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("4:21: action.operation: 'strat' is not known; did you mean start?");
        assertThat(problems(REAL.replace("migrate", "action") + "action: {switch_hce: maybe}\n", Overrides.none()))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("action.switch_hce: 'maybe' is neither true nor false");
        assertThat(problems(REAL.replace("migrate", "update") + "update: {server_name: x}\n", Overrides.none()))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("update.server_name: is not a key");
    }

    @Test
    void fileThatIsNoJobFileIsOneProblem(@TempDir Path directory) throws Exception {
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'j', (byte) 0xe9, 'x'});
        Path long1 = Files.writeString(directory.resolve("long.yaml"), "#".repeat(1_100_000));

        assertThat(refusal(directory.resolve("none.yaml")))
                .endsWith("none.yaml: does not exist; check the path of the job file");
        assertThat(refusal(directory)).endsWith(": is a directory; give a YAML file on a disk");
        assertThat(refusal(latin)).endsWith("latin.yaml: is not UTF-8 text; save it again as UTF-8");
        assertThat(refusal(long1)).endsWith("long.yaml: is longer than 1 MB; give a job file, not the inventory");
        assertThat(problems("- a\n- b\n", Overrides.none())).first().asString().contains("1:1: is not a job file");
        assertThat(problems("", Overrides.none())).first().asString().contains("job.yaml:1:1: job: is missing");
    }

    private static String refusal(Path file) {
        return catchThrowableOfType(
                        JobFileException.class, () -> JobFiles.read(file, Overrides.none(), Map.of(), BulkJobs.ALL))
                .getMessage();
    }

    @Test
    void hostileYamlIsRejectedAndNotExpanded() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        assertThat(problems(laughs.toString(), Overrides.none())).hasSizeBetween(40, 101);
        assertThat(problems("a: " + "[".repeat(10_000), Overrides.none())).isNotEmpty();
        assertThat(problems("{a: ".repeat(10_000), Overrides.none())).isNotEmpty();
        assertThat(problems("a: {" + "b: 1, ".repeat(10_000) + "}", Overrides.none()))
                .hasSize(101);
        assertThat(problems("x1: 1\n".repeat(1) + manyKeys(), Overrides.none())).hasSize(101);
    }

    private static String manyKeys() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text.append("key").append(i).append(": 1\n");
        }
        return text.toString();
    }

    @Test
    void anyTextIsReadOrRejected() {
        Random random = new Random(20261121);
        String good = SMALL + "limits: {concurrent: 5}\nwatch:\n  every: 30s\ncutover: {when: synced}\n";
        String marks = "{}[]:,-&*!|>'\"%@`#?<\t\n\r \\$~\u0000\u0085\u2028\ufeff\ud83d\ude00a1.";
        for (int i = 0; i < Integer.getInteger("fuzz.rounds", 500); i++) {
            StringBuilder text = new StringBuilder(good);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, marks.charAt(random.nextInt(marks.length())));
                    case 1 -> text.insert(at, marks.charAt(random.nextInt(marks.length())));
                    default -> text.deleteCharAt(at);
                }
            }
            readOrRefuse(text.toString());
        }
    }

    private static void readOrRefuse(String text) {
        try {
            assertThat(JobFiles.restore(FILE, text, Overrides.none(), Map.of(), BulkJobs.ALL)
                            .hash())
                    .hasSize(64);
        } catch (JobFileException ex) {
            assertThat(ex.problems()).isNotEmpty();
            assertThat(ex.getMessage().lines()).as(text).hasSameSizeAs(ex.problems());
        }
    }

    @Test
    void messageContainsEveryProblem() {
        assertThatExceptionOfType(JobFileException.class)
                .isThrownBy(() -> JobFiles.restore(FILE, "job: x\n", Overrides.none(), Map.of(), BulkJobs.ALL))
                .withMessageContaining("job.yaml:1:6: job: 'x' is not known")
                .withMessageContaining("inventory: is missing")
                .withMessageContaining("service.endpoint: is missing");
    }
}
