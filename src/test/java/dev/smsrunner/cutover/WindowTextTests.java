package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text of a cutover window at different times and in different zones. */
class WindowTextTests {

    private static final Instant OPEN = Instant.parse("2026-12-04T14:00:00Z");

    private static WindowText at(String time, String zone) {
        var window = new CutoverSettings.Window(
                OPEN, OPEN.plus(Duration.ofHours(6)), Duration.ofMinutes(30), ZoneId.of(zone));
        return new WindowText(window, Instant.parse(time));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-30T11:00:00Z | opens in 4 d 3 h
            2026-12-04T11:50:00Z | opens in 2 h 10 min
            2026-12-04T13:59:30Z | opens in 30 s
            2026-12-04T14:00:00Z | open for another 5 h 30 min
            2026-12-04T19:29:59Z | open for another 1 s
            2026-12-04T19:30:00Z | over for 1 s
            2026-12-04T20:30:00Z | over for 1 h 0 min
            """)
    void lineEndsWithTheTimeThatIsLeft(String time, String expected) {
        assertThat(at(time, "Asia/Singapore").line())
                .isEqualTo("Fri 2026-12-04 22:00 to Sat 2026-12-05 04:00 Asia/Singapore (+08:00)"
                        + " (UTC: Fri 2026-12-04 14:00 to Fri 2026-12-04 20:00), last launch before Sat 2026-12-05 03:30, "
                        + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            +08:00           | Fri 2026-12-04 22:00 to Sat 2026-12-05 04:00 +08:00 (UTC:
            Z                | Fri 2026-12-04 14:00 to Fri 2026-12-04 20:00 UTC, last launch before Fri 2026-12-04 19:30,
            Etc/UTC          | Fri 2026-12-04 14:00 to Fri 2026-12-04 20:00 UTC, last launch before
            Etc/GMT+8        | Fri 2026-12-04 06:00 to Fri 2026-12-04 12:00 Etc/GMT+8 (-08:00) (UTC:
            America/New_York | Fri 2026-12-04 09:00 to Fri 2026-12-04 15:00 America/New_York (-05:00) (UTC:
            Asia/Kathmandu   | Fri 2026-12-04 19:45 to Sat 2026-12-05 01:45 Asia/Kathmandu (+05:45) (UTC:
            """)
    void timesAreInTheZoneOfTheWindow(String zone, String expected) {
        assertThat(at("2026-12-01T00:00:00Z", zone).line()).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-03-28T23:00:00Z | 2026-03-29T02:00:00Z | 00:00 +01:00 to Sun 2026-03-29 04:00 +02:00 Europe/Berlin, 3 h 0 min | 03:30 +02:00
            2026-10-24T22:00:00Z | 2026-10-25T01:15:00Z | 00:00 +02:00 to Sun 2026-10-25 02:15 +01:00 Europe/Berlin, 3 h 15 min | 02:45 +02:00
            """)
    void windowOverAClockChangeHasBothOffsetsAndItsLength(Instant open, Instant close, String span, String last) {
        var window = new CutoverSettings.Window(open, close, Duration.ofMinutes(30), ZoneId.of("Europe/Berlin"));

        assertThat(new WindowText(window, open).line())
                .contains(span + " since the clocks change (UTC: ")
                .containsPattern("last launch before Sun 2026-\\d\\d-\\d\\d " + Pattern.quote(last) + ", open for");
    }

    @Test
    void jsonHasInstantsAndTheState() {
        assertThat(at("2026-12-04T15:00:00Z", "Asia/Singapore").json())
                .isEqualTo(Map.of(
                        "opens", "2026-12-04T14:00:00Z",
                        "closes", "2026-12-04T20:00:00Z",
                        "last_launch", "2026-12-04T19:30:00Z",
                        "zone", "Asia/Singapore",
                        "state", "open"));
        assertThat(at("2026-12-04T13:00:00Z", "Z").json()).containsEntry("state", "before");
        assertThat(at("2026-12-04T19:30:00Z", "Z").json()).containsEntry("state", "after");
    }

    @Test
    void runWithoutWindowHasNoText() {
        assertThat(WindowText.of(CutoverWindows.fromSettings(Map.of("cutover.when", "synced")), OPEN))
                .isEmpty();
    }
}
