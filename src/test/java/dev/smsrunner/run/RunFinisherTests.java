package dev.smsrunner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.smsrunner.database.Database;
import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.run.RunResult.Ending;
import dev.smsrunner.run.lease.RunLease;
import dev.smsrunner.run.lease.RunStopSignal;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a run is recorded once. */
class RunFinisherTests {

    private Database database;
    private TestLedger ledger;
    private RunLease lease;
    private RunStopSignal stopSignal;
    private RunFinisher finisher;

    @BeforeEach
    void start(@TempDir Path data) throws InterruptedException {
        database = TestDatabases.embedded(data);
        ledger = new TestLedger(database);
        lease = RunLease.take(database, "job");
        var runs = new Runs(database.source(), ledger.clock());
        stopSignal = new RunStopSignal(runs, ledger.runId(), lease);
        finisher = new RunFinisher(runs, ledger.ledger(), ledger.owner(), lease, stopSignal, ledger.clock());
    }

    @AfterEach
    void close() {
        stopSignal.close();
        lease.close();
        database.close();
    }

    @Test
    void reportStepThatIsExecutedAgainRecordsNothing() {
        var preparations = new ArrayList<String>();
        finisher.beforeEnd(() -> preparations.add("last sample"));

        assertThat(finisher.finish()).isTrue();
        assertThat(finisher.finish()).isTrue();

        assertThat(finisher.resultAfter(Optional.of(new IllegalStateException("no metadata")))
                        .ending())
                .isEqualTo(Ending.FINISHED);
        assertThat(preparations).hasSize(1);
        assertThat(ends()).isEqualTo(1);
    }

    @Test
    void stoppedRunIsNotFinishedByTheReportStep() {
        stopSignal.stop();

        assertThat(finisher.finish()).isFalse();

        assertThat(finisher.resultAfter(Optional.empty()).ending()).isEqualTo(Ending.STOPPED);
        assertThat(ends()).isZero();
    }

    @Test
    void unexpectedFailureBeforeTheEndReachesTheCaller() {
        finisher.beforeEnd(() -> {
            throw new IllegalStateException("no sample");
        });

        assertThatIllegalStateException().isThrownBy(finisher::finish).withMessage("no sample");
        assertThat(ends()).isZero();
    }

    private long ends() {
        return ledger.ledger().events(ledger.runId()).stream()
                .filter(event -> event.kind() == EventKind.RUN)
                .map(Event::after)
                .filter("FINISHED"::equals)
                .count();
    }
}
