package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.jobfile.NotifySettings;
import dev.smsrunner.jobfile.NotifySettings.Occasion;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.notification.Notifier;
import dev.smsrunner.report.RunReport;
import dev.smsrunner.report.SampleLedger;
import dev.smsrunner.run.ApiStats;
import dev.smsrunner.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When people are told who do not look, and in which words; told to a real program. */
class NotifyingRunListenerTests {

    @TempDir
    Path directory;

    private final List<String> lost = new ArrayList<>();
    private Instant now = SampleLedger.BEGIN;
    private SampleLedger sample;

    @BeforeEach
    void fill() {
        sample = new SampleLedger(directory);
        sample.fill();
    }

    @AfterEach
    void close() {
        sample.close();
    }

    /** What the program was told by the time that all is delivered. */
    private List<String> told(Set<Occasion> on, Consumer<NotifyingRunListener> what) throws IOException {
        var program = Files.writeString(directory.resolve("hook"), "#!/bin/sh\necho \"$1\" >> \"$0.out\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        try (var notifier = Notifier.of(
                new NotifySettings(on, program, "{occasion}: {state}, {outcomes}. {next}"), Map.of(), lost::add)) {
            what.accept(new NotifyingRunListener(new Deaf(), notifier, new Hands(), " --data d"));
        }
        var out = directory.resolve("hook.out");
        assertThat(lost).isEmpty();
        return Files.exists(out) ? Files.readAllLines(out) : List.of();
    }

    @Test
    void troubleIsToldAtOnceAndMoreOfItTenMinutesLater() throws IOException {
        var lines = told(EnumSet.allOf(Occasion.class), herald -> {
            herald.runStarted(sample.run(), false);
            herald.progress(failed(0), ApiStats.NONE);
            herald.progress(failed(1), ApiStats.NONE);
            herald.progress(failed(2), ApiStats.NONE);
            now = now.plus(Duration.ofMinutes(9));
            herald.progress(failed(3), ApiStats.NONE);
            now = now.plus(Duration.ofMinutes(1));
            herald.progress(failed(3), ApiStats.NONE);
            now = now.plus(Duration.ofMinutes(30));
            herald.progress(failed(3), ApiStats.NONE);
        });

        assertThat(lines)
                .containsExactly(
                        "attention: 0 to look at, 1 failed, 1 FAILED."
                                + " See: sms-runner status 20261121-2200-7f3c --data d",
                        "attention: 0 to look at, 3 failed, 3 FAILED."
                                + " See: sms-runner status 20261121-2200-7f3c --data d");
    }

    @Test
    void theEndIsToldWithWhatComesNext() throws IOException {
        var lines = told(EnumSet.of(Occasion.ENDED), herald -> {
            herald.runStarted(sample.run(), false);
            herald.progress(failed(1), ApiStats.NONE);
            herald.ended(RunReport.of(sample.run(), sample.ledger()).summary(), 0);
        });

        assertThat(lines)
                .containsExactly("ended: RUNNING, 1 MIGRATED, 1 SKIPPED, 1 FAILED, 1 REJECTED, 2 WAITING."
                        + " Go on: sms-runner resume 20261121-2200-7f3c --data d");
    }

    @Test
    void aRunThatNeverBeganIsNotToldOf() throws IOException {
        assertThat(told(EnumSet.allOf(Occasion.class), herald -> {
                    herald.progress(failed(1), ApiStats.NONE);
                    herald.ended(RunReport.of(sample.run(), sample.ledger()).summary(), 0);
                }))
                .isEmpty();
    }

    private StageCounts failed(int rows) {
        var all = new ArrayList<LedgerRow>();
        for (int row = 1; row <= 3; row++) {
            var one = SampleLedger.row(row, row + 1, "server-" + row, "wave-1");
            all.add(row <= rows ? one.end(Outcome.FAILED, "why", SampleLedger.BEGIN) : one);
        }
        return StageCounts.of(all);
    }

    /** A clock whose hands this test moves. */
    private final class Hands extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** Listens to nothing. */
    private static final class Deaf implements RunListener {

        @Override
        public void runStarted(Run run, boolean resumed) {}

        @Override
        public void stageStarted(String name) {}

        @Override
        public void progress(StageCounts tally, ApiStats api) {}

        @Override
        public void rowMessage(LedgerRow row, String text) {}
    }
}
