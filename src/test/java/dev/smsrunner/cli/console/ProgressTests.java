package dev.smsrunner.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cli.InProcessCli;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.run.ApiStats;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Progress output of a run. */
class ProgressTests {

    private static final Instant BEGIN = Instant.parse("2026-11-21T22:00:00Z");
    private static final ApiStats API = new ApiStats(1204, 4.83, 5, 3);
    private static final ProgressBlock PLAIN = new ProgressBlock(false, new AnsiStyle(false));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private Instant now = BEGIN;
    private final Clock clock = adjustableClock();

    @Test
    void blockHasOneLinePerWave() {
        var lines = PLAIN.lines("20261121-2200-7f3c", counts(), API, Optional.of(Duration.ofMinutes(65)), 100);

        assertThat(lines)
                .containsExactly(
                        "20261121-2200-7f3c  5 of 8 rows ended, 1 failed, 1 needs attention, about 1h05m left",
                        "wave-2  ###############===== 3/4  replicating 1",
                        "wave-10 ##########.......... 2/4  planned 2  1 failed",
                        "API 4.8 of 5.0/s, 1204 calls, 3 throttled (429)");
    }

    @Test
    void firstLineContainsObservedBytes() {
        var row = row("wave-1")
                .withObserved(new ObservedState(
                        "RUNNING", "replicate", "replicating", true, "12300000000 of 91000000000 bytes", BEGIN, null));

        assertThat(PLAIN.lines("x", StageCounts.of(List.of(row)), API, Optional.empty(), 100)
                        .get(0))
                .isEqualTo("x  0 of 1 row ended, 12.3 of 91.0 GB copied");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (int columns = 11; columns < 100; columns++) {
            int width = columns;
            assertThat(PLAIN.lines("20261121-2200-7f3c", counts(), API, Optional.empty(), columns))
                    .allSatisfy(line -> assertThat(line.length()).isLessThan(width));
        }
    }

    @Test
    void coloursDoNotChangeTheText() {
        var coloured = new ProgressBlock(true, new AnsiStyle(true));
        var plain = new ProgressBlock(true, new AnsiStyle(false));

        var lines = coloured.lines("x", counts(), API, Optional.empty(), 100);

        assertThat(lines).anyMatch(line -> line.contains("\u001b[31m1 failed\u001b[0m"));
        assertThat(lines.stream().map(line -> line.replaceAll("\u001b\\[[0-9]*m", "")))
                .containsExactlyElementsOf(plain.lines("x", counts(), API, Optional.empty(), 100));
    }

    @Test
    void openWavesAreShownFirst() {
        var rows = new ArrayList<LedgerRow>();
        for (int wave = 1; wave <= 30; wave++) {
            var row = row("wave-" + wave);
            rows.add(wave <= 20 ? row.end(Outcome.MIGRATED, null, BEGIN) : row);
        }

        var lines = PLAIN.lines("x", StageCounts.of(rows), API, Optional.empty(), 100);

        assertThat(lines).hasSize(1 + 12 + 1 + 1);
        assertThat(lines.get(1)).startsWith("wave-1 ");
        assertThat(lines.get(12)).startsWith("wave-30");
        assertThat(lines.get(13)).isEqualTo("and 18 more waves");
    }

    @Test
    void blockIsRedrawnLineByLine() {
        var columns = new int[] {100};
        var printer = new LiveProgressPrinter(out, PLAIN, new EtaEstimator(clock), () -> columns[0]);

        printer.stageStarted("run-1", "drive");
        printer.progress(counts(), API);
        assertThat(shown()).isEqualTo(overwritten("run-1: drive\n") + END + overwritten(block()) + END);

        printer.message("wave-2 a: MIGRATED");
        assertThat(shown())
                .as("nothing is removed before it is overwritten")
                .isEqualTo("\r\u001b[4A" + overwritten("wave-2 a: MIGRATED\n" + block()) + END);

        printer.progress(counts(), API);
        assertThat(shown()).as("the same is not drawn again").isEmpty();

        // in a window less than half as wide each of the four lines takes two rows
        columns[0] = 40;
        printer.finish();
        assertThat(shown()).startsWith("\r\u001b[8A");
    }

    private static final String END = "\u001b[J";

    private static String overwritten(String lines) {
        return lines.replace("\n", "\u001b[K\n");
    }

    @Test
    void externalTextCannotMoveTheCursor() {
        var printer = new LiveProgressPrinter(out, PLAIN, new EtaEstimator(clock), () -> 80);

        printer.message("evil\u001b[2J\rname\u202e");

        assertThat(shown()).isEqualTo("evil\\u001b[2J\\u000dname\\u202e\u001b[K\n" + END);
    }

    @Test
    void plainOutputHasChangesAndPeriodicTotals() {
        var printer = new PlainProgressPrinter(out, clock, new EtaEstimator(clock));

        printer.stageStarted("run-1", "drive");
        printer.progress(counts(), API);
        now = BEGIN.plusSeconds(29);
        printer.progress(counts(), API);
        printer.message("wave-2 a: STARTED");
        assertThat(shown()).isEqualTo("2026-11-21T22:00:00Z run-1: drive\n2026-11-21T22:00:29Z wave-2 a: STARTED\n");

        now = BEGIN.plusSeconds(30);
        printer.progress(counts(), API);
        assertThat(shown())
                .isEqualTo(
                        "2026-11-21T22:00:30Z 5 of 8 rows ended, 1 failed, 1 needs attention; planned 2, replicating 1; "
                                + "API 4.8 of 5.0/s, 1204 calls, 3 throttled (429)\n");

        now = BEGIN.plusSeconds(60);
        printer.progress(counts(), API);
        printer.finish();
        assertThat(shown()).as("nothing has changed").isEmpty();
    }

    @Test
    void etaUsesObservedRate() {
        var eta = new EtaEstimator(clock);
        assertThat(eta.remaining(closed(10, 20))).isEmpty();

        now = BEGIN.plusSeconds(20);
        assertThat(eta.remaining(closed(14, 20))).as("too early").isEmpty();

        now = BEGIN.plusSeconds(100);
        assertThat(eta.remaining(closed(12, 20))).as("too few").isEmpty();
        assertThat(eta.remaining(closed(15, 20))).contains(Duration.ofSeconds(100));
        assertThat(eta.remaining(closed(20, 20))).as("done").isEmpty();
        assertThat(eta.remaining(closed(15, 20, ProgressTests::inSync)))
                .as("all that is open waits")
                .isEmpty();
    }

    @Test
    void rowMessageContainsWaveRowAndTask() {
        var printer = new ConsoleRunListener(
                new PlainProgressPrinter(out, clock, new EtaEstimator(clock)),
                id -> Optional.empty(),
                rows -> {},
                usage -> {},
                () -> {});

        printer.rowMessage(row("wave-2").withSource("s", null).withTask("t-1", BEGIN), "REPLICATING");
        printer.rowMessage(row(""), "MIGRATED");

        assertThat(shown().lines().map(line -> line.substring(21)))
                .containsExactly("wave-2 srv (row 1, task t-1): REPLICATING", "srv (row 1): MIGRATED");
    }

    @Test
    void printerDependsOnConsole() {
        var cli = new InProcessCli();
        assertThat(ProgressPrinter.of(new Console(cli.context(), true, true), cli.context()))
                .isSameAs(ProgressPrinter.SILENT);
        assertThat(ProgressPrinter.of(new Console(cli.context(), true, false), cli.context()))
                .isInstanceOf(PlainProgressPrinter.class);
        cli.onTerminal();
        assertThat(ProgressPrinter.of(new Console(cli.context(), true, false), cli.context()))
                .isInstanceOf(LiveProgressPrinter.class);
        cli.environment("TERM", "dumb");
        assertThat(ProgressPrinter.of(new Console(cli.context(), true, false), cli.context()))
                .isInstanceOf(PlainProgressPrinter.class);
    }

    private String block() {
        return String.join("\n", PLAIN.lines("run-1", counts(), API, Optional.empty(), 100)) + "\n";
    }

    private String shown() {
        var text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }

    private Clock adjustableClock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private static LedgerRow inSync(LedgerRow row) {
        return row.withSource("s", null).withTask("t", BEGIN).withStage(Stage.SYNCING, BEGIN);
    }

    private static StageCounts closed(int closed, int rows) {
        return closed(closed, rows, row -> row);
    }

    private static StageCounts closed(int closed, int rows, UnaryOperator<LedgerRow> open) {
        var all = new ArrayList<LedgerRow>();
        for (int row = 0; row < rows; row++) {
            all.add(row < closed ? row("").end(Outcome.MIGRATED, null, BEGIN) : open.apply(row("")));
        }
        return StageCounts.of(all);
    }

    private static StageCounts counts() {
        var done = row("wave-2").end(Outcome.MIGRATED, null, BEGIN);
        var copying = row("wave-2")
                .withSource("s", null)
                .withTask("t", BEGIN)
                .withStage(Stage.STARTED, BEGIN)
                .withStage(Stage.REPLICATING, BEGIN)
                .withAttention("slow");
        return StageCounts.of(List.of(
                row("wave-10"),
                row("wave-10"),
                row("wave-10").end(Outcome.FAILED, "x", BEGIN),
                row("wave-10").end(Outcome.SKIPPED, "x", BEGIN),
                done,
                done,
                done,
                copying));
    }

    private static LedgerRow row(String wave) {
        return LedgerRow.planned("r", 1, 2, "srv", wave, 0, List.of(), BEGIN);
    }
}
