package dev.smsrunner.jobfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.smsrunner.job.BulkJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several cutover windows in a job file: their values, the record of a run, nights of clock changes, and problems. */
class NamedWindowsTests {

    private static final String SMALL = "job: migrate\ninventory: rows.csv\nservice: {endpoint: simulator}\n";
    private static final String NIGHTS = SMALL + """
            cutover:
              windows:
                sat: {open: 2026-12-05T22:00, close: 2026-12-06T04:00, zone: Asia/Singapore}
                fri: {open: 2026-12-04T22:00, close: 2026-12-05T04:00, zone: Asia/Singapore, lockout: 30m, capacity: 40}
            waves:
              wave-1: {windows: [fri]}
              wave-2: {windows: [fri, sat], after: [wave-1], start: 2026-12-04T20:00}
            """;

    private static JobFile job(String text) throws JobFileException {
        return JobFiles.restore(Path.of("job.yaml"), text, Overrides.none(), Map.of(), BulkJobs.ALL);
    }

    private static List<String> problems(String text) {
        var exception = catchThrowableOfType(JobFileException.class, () -> job(text));
        assertThat(exception).as("refusal of %s", text).isNotNull();
        return exception.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void windowsAreInTheOrderOfTime() throws JobFileException {
        var windows = job(NIGHTS).cutover().windows();

        assertThat(windows.all()).extracting(CutoverSettings.Window::name).containsExactly("fri", "sat");
        assertThat(windows.all().get(0).lastCall()).isEqualTo(Instant.parse("2026-12-04T19:30:00Z"));
        assertThat(windows.all().get(0).capacity()).isEqualTo(40);
        assertThat(windows.all().get(1).lockout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(windows.all().get(1).capacity()).isNull();
        assertThat(windows.of("wave-1", ""))
                .extracting(CutoverSettings.Window::name)
                .containsExactly("fri");
        assertThat(windows.of("wave-3", "")).isEqualTo(windows.all());
        assertThat(windows.of("wave-2", "sat"))
                .extracting(CutoverSettings.Window::name)
                .containsExactly("sat");
    }

    @Test
    void recordOfARunGivesTheSameWindows() throws JobFileException {
        var job = job(NIGHTS);

        assertThat(CutoverWindows.fromSettings(job.settings()))
                .isEqualTo(job.cutover().windows());
        assertThat(job.settings())
                .containsEntry("cutover.windows.fri.open", "2026-12-04T14:00:00Z")
                .containsEntry("cutover.windows.sat.lockout", "15m")
                .containsEntry("waves.wave-2.windows", "fri, sat")
                .containsEntry("waves.wave-2.start", "2026-12-04T20:00+08:00");
    }

    @Test
    void currentWindowIsTheOpenOneElseTheNextElseTheLast() throws JobFileException {
        var windows = job(NIGHTS).cutover().windows();

        assertThat(current(windows, "2026-12-04T13:59:59Z")).isEqualTo("fri");
        assertThat(current(windows, "2026-12-04T14:00:00Z")).isEqualTo("fri");
        assertThat(current(windows, "2026-12-04T19:30:00Z")).isEqualTo("sat");
        assertThat(current(windows, "2026-12-07T00:00:00Z")).isEqualTo("sat");
    }

    private static String current(CutoverWindows windows, String time) {
        return windows.currentAt(Instant.parse(time)).orElseThrow().name();
    }

    /** Nights on which the clocks change in the window; Lord Howe changes by 30 minutes. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,       2026-10-24T22:00, 2026-10-25T04:00, 2026-10-24T20:00:00Z, 7h",
        "Europe/Berlin,       2027-03-27T22:00, 2027-03-28T04:00, 2027-03-27T21:00:00Z, 5h",
        "America/New_York,    2026-10-31T22:00, 2026-11-01T04:00, 2026-11-01T02:00:00Z, 7h",
        "America/New_York,    2027-03-13T22:00, 2027-03-14T04:00, 2027-03-14T03:00:00Z, 5h",
        "Australia/Lord_Howe, 2027-04-03T22:00, 2027-04-04T04:00, 2027-04-03T11:00:00Z, 6h30m",
        "Australia/Lord_Howe, 2027-10-02T22:00, 2027-10-03T04:00, 2027-10-02T11:30:00Z, 5h30m",
    })
    void windowOverAClockChangeHasTheTimeThatPasses(
            String zone, String open, String close, Instant opens, String length) throws JobFileException {
        var window = job(windows("fri: {open: %s, close: %s, zone: %s}".formatted(open, close, zone)))
                .cutover()
                .windows()
                .all()
                .get(0);

        assertThat(window.open()).isEqualTo(opens);
        assertThat(Duration.between(window.open(), window.close())).isEqualTo(Duration.parse("PT" + length));
        assertThat(window.isOpenAt(opens)).isTrue();
        assertThat(window.isOpenAt(opens.minusNanos(1))).isFalse();
        assertThat(window.isOpenAt(window.close().minus(window.lockout()))).isFalse();
        assertThat(window.isOpenAt(window.close().minus(window.lockout()).minusNanos(1)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            fri: {open: 2027-03-28T02:30, close: 2027-03-28T06:00, zone: Europe/Berlin} | cutover.windows.fri.open: \
            '2027-03-28T02:30' does not exist in Europe/Berlin, since the clocks go forward; write 2027-03-28T01:30+01:00 or \
            2027-03-28T03:30+02:00
            fri: {open: 2026-10-31T22:00, close: 2026-11-01T01:30, zone: America/New_York} | cutover.windows.fri.close: \
            '2026-11-01T01:30' exists twice in America/New_York, since the clocks go back; write 2026-11-01T01:30-04:00 for the \
            first, or 2026-11-01T01:30-05:00 for the second
            fri: {open: 2027-10-03T02:15, close: 2027-10-03T06:00, zone: Australia/Lord_Howe} | cutover.windows.fri.open: \
            '2027-10-03T02:15' does not exist in Australia/Lord_Howe, since the clocks go forward; write 2027-10-03T01:45+10:30 \
            or 2027-10-03T02:45+11:00
            fri: {open: 2026-12-04T22:00, close: 2026-12-05T04:00Z} | cutover.windows.fri.open: '2026-12-04T22:00' has neither \
            an offset nor cutover.windows.fri.zone
            fri: {open: 2026-12-04T22:00Z} | cutover.windows.fri.close: is missing
            fri: {open: 2026-12-04T22:00Z, close: 2026-12-05T04:00Z, capacity: 0} | cutover.windows.fri.capacity: 0 is out of range
            fri: {open: 2026-12-04T22:00Z, close: 2026-12-04T22:10Z} | cutover.windows.fri.lockout: 15m is not possible with a window
            fri: {opens: 2026-12-04T22:00Z} | cutover.windows.fri.opens: is not a key of a job file; did you mean open?
            fri night: {open: 2026-12-04T22:00Z, close: 2026-12-05T04:00Z} | 'fri night' is not the name of a window
            """)
    void faultOfOneWindowIsAProblemAtItsKey(String window, String problem) {
        assertThat(problems(windows(window)))
                .anySatisfy(text -> assertThat(text).contains(problem));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            waves: {wave-1: {windows: [frei]}} | waves.wave-1.windows: 'frei' is not known; did you mean fri?
            waves: {wave-1: {windows: [fri, late]}} | waves.wave-1.windows: contains the windows fri and late, which overlap; \
            let one window of a wave close before the next opens
            cutover: {windows: {a: {open: 2026-12-04T22:00Z, close: 2026-12-05T04:00Z}}, when: auto} | cutover.when: auto is \
            not possible with cutover.windows
            """)
    void contradictionIsAProblem(String more, String problem) {
        var two = SMALL + """
                cutover:
                  windows:
                    fri: {open: 2026-12-04T22:00Z, close: 2026-12-05T04:00Z}
                    late: {open: 2026-12-05T03:59Z, close: 2026-12-05T08:00Z}
                """;
        assertThat(problems(more.startsWith("cutover") ? SMALL + more : two + more))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void bothFormsTogetherAreAProblem() {
        var text = SMALL + """
                cutover:
                  window: {open: 2026-12-04T22:00Z, close: 2026-12-05T04:00Z}
                  windows: {sat: {open: 2026-12-05T22:00Z, close: 2026-12-06T04:00Z}}
                """;

        assertThat(problems(text))
                .singleElement()
                .asString()
                .contains(
                        "cutover.windows is not possible with cutover.window; write all windows under cutover.windows");
    }

    @Test
    void windowsOfAWaveNeedWindows() {
        assertThat(problems(SMALL + "waves: {wave-1: {windows: [fri]}}\n"))
                .singleElement()
                .asString()
                .contains("waves.wave-1.windows: is set, but the job file has no cutover.windows");
        assertThat(problems(SMALL + "cutover: {windows: {}}\n"))
                .singleElement()
                .asString()
                .contains("has no windows");
    }

    @Test
    void waveThatStartsAfterItsWindowsIsAWarning() throws JobFileException {
        var late = NIGHTS.replace("start: 2026-12-04T20:00", "start: 2026-12-06T03:45");

        assertThat(job(late).warnings(Instant.parse("2026-12-01T00:00:00Z")))
                .singleElement()
                .asString()
                .contains(
                        "waves.wave-2.start: no row of wave-2",
                        "the last call of window sat is 2026-12-06 03:45 +08:00");
    }

    private static String windows(String window) {
        return SMALL + "cutover:\n  windows:\n    " + window + "\n";
    }
}
