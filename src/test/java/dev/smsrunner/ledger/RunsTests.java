package dev.smsrunner.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Table of runs. */
class RunsTests {

    private static final String LATER = "20261121-2300-0001";

    @Test
    void latestRunningRunOfLeaseIsFound(@TempDir Path data) throws IOException {
        try (var testLedger = new TestLedger(TestDatabases.embedded(data))) {
            var runs = new Runs(testLedger.database().source(), testLedger.clock());
            assertThat(runs.findLatestRunning("key")).contains(testLedger.runId());

            runs.add(
                    TestLedger.run(LATER, testLedger.clock().instant().plus(Duration.ofHours(1))),
                    TestLedger.OPERATOR,
                    2);
            assertThat(runs.findLatestRunning("key")).contains(LATER);

            runs.end(new FencedRun(LATER, 2), RunState.FINISHED);
            assertThat(runs.findLatestRunning("key")).contains(testLedger.runId());
            assertThat(runs.findLatestRunning("another")).isEmpty();
        }
    }
}
