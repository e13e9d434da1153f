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
import dev.smsrunner.support.SuggestedCommands;
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

/** Notifications of a run, delivered to a real program. */
class NotifyingRunListenerTests {

    @TempDir
    Path directory;

    private final List<String> failures = new ArrayList<>();
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

    /** Notifications that the program received after the delivery of all. */
    private List<String> notifications(Set<Occasion> on, Consumer<NotifyingRunListener> actions) throws IOException {
        var program = Files.writeString(directory.resolve("hook"), "#!/bin/sh\necho \"$1\" >> \"$0.out\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        try (var notifier = Notifier.of(
                new NotifySettings(on, program, "{occasion}: {state}, {outcomes}. {next}"), Map.of(), failures::add)) {
            actions.accept(new NotifyingRunListener(
                    new SilentListener(),
                    notifier,
                    new TestClock(),
                    new SuggestedCommands("bin/sms-runner", " --data d")));
        }
        var out = directory.resolve("hook.out");
        assertThat(failures).isEmpty();
        return Files.exists(out) ? Files.readAllLines(out) : List.of();
    }

    @Test
    void problemIsSentAtOnceAndMoreAfterTenMinutes() throws IOException {
        var lines = notifications(EnumSet.allOf(Occasion.class), listener -> {
            listener.runStarted(sample.run(), false);
            listener.progress(failed(0), ApiStats.NONE);
            listener.progress(failed(1), ApiStats.NONE);
            listener.progress(failed(2), ApiStats.NONE);
            now = now.plus(Duration.ofMinutes(9));
            listener.progress(failed(3), ApiStats.NONE);
            now = now.plus(Duration.ofMinutes(1));
            listener.progress(failed(3), ApiStats.NONE);
            now = now.plus(Duration.ofMinutes(30));
            listener.progress(failed(3), ApiStats.NONE);
        });

        assertThat(lines)
                .containsExactly(
                        "attention: 0 need attention, 1 failed, 1 FAILED."
                                + " See: bin/sms-runner status 20261121-2200-7f3c --data d",
                        "attention: 0 need attention, 3 failed, 3 FAILED."
                                + " See: bin/sms-runner status 20261121-2200-7f3c --data d");
    }

    @Test
    void endIsSentWithNextCommand() throws IOException {
        var lines = notifications(EnumSet.of(Occasion.ENDED), listener -> {
            listener.runStarted(sample.run(), false);
            listener.progress(failed(1), ApiStats.NONE);
            listener.runEnded(RunReport.of(sample.run(), sample.ledger()).summary(), 0);
        });

        assertThat(lines)
                .containsExactly("ended: RUNNING, 1 MIGRATED, 1 SKIPPED, 1 FAILED, 1 REJECTED, 2 WAITING."
                        + " Resume: bin/sms-runner resume 20261121-2200-7f3c --data d");
    }

    @Test
    void unstartedRunSendsNothing() throws IOException {
        assertThat(notifications(EnumSet.allOf(Occasion.class), listener -> {
                    listener.progress(failed(1), ApiStats.NONE);
                    listener.runEnded(
                            RunReport.of(sample.run(), sample.ledger()).summary(), 0);
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

    /** Clock that this test advances. */
    private final class TestClock extends Clock {

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

    /** Listener without output. */
    private static final class SilentListener implements RunListener {

        @Override
        public void runStarted(Run run, boolean resumed) {}

        @Override
        public void stageStarted(String name) {}

        @Override
        public void progress(StageCounts counts, ApiStats api) {}

        @Override
        public void rowMessage(LedgerRow row, String text) {}
    }
}
