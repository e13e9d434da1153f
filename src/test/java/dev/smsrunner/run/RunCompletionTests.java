package dev.smsrunner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.OwnershipLostException;
import dev.smsrunner.run.RunResult.Ending;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Completion of a run whose end could not be written. */
class RunCompletionTests {

    private final RunCompletion finished = RunCompletion.of("run-1", () -> null, Optional.empty());

    @ParameterizedTest
    @MethodSource("lostDatabases")
    void lostDatabaseLeavesRunResumable(RuntimeException failure) {
        var completion = finished.afterWriteFailure("run-1", failure);

        assertThat(completion.ending()).isEqualTo(Ending.UNREACHABLE);
        assertThat(completion.message()).contains("'resume run-1'");
    }

    static Stream<RuntimeException> lostDatabases() {
        return Stream.of(
                new CannotCreateTransactionException("no connection"),
                new TransactionSystemException("the commit was failure"),
                new DataAccessResourceFailureException("the connection broke"));
    }

    @Test
    void lostOwnershipEndsAsTakenOver() {
        var completion = finished.afterWriteFailure("run-1", new OwnershipLostException(new FencedRun("run-1", 1)));

        assertThat(completion.ending()).isEqualTo(Ending.TAKEN_OVER);
    }

    @Test
    void otherFailureIsThrown() {
        var failure = new IllegalStateException("a defect");

        assertThatThrownBy(() -> finished.afterWriteFailure("run-1", failure)).isSameAs(failure);
    }
}
