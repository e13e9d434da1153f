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

/** What a run ends with when its end could not be written down. */
class RunCompletionTests {

    private final RunCompletion finished = RunCompletion.of("run-1", () -> null, Optional.empty());

    @ParameterizedTest
    @MethodSource("lostDatabases")
    void aDatabaseThatIsLostWhileTheEndIsWrittenLeavesTheRunToBeResumed(RuntimeException lost) {
        var conclusion = finished.unwritten("run-1", lost);

        assertThat(conclusion.ending()).isEqualTo(Ending.UNREACHABLE);
        assertThat(conclusion.message()).contains("'resume run-1'");
    }

    static Stream<RuntimeException> lostDatabases() {
        return Stream.of(
                new CannotCreateTransactionException("no connection"),
                new TransactionSystemException("the commit was lost"),
                new DataAccessResourceFailureException("the connection broke"));
    }

    @Test
    void aRunThatSomebodyTookOverIsNotOursToEnd() {
        var conclusion = finished.unwritten("run-1", new OwnershipLostException(new FencedRun("run-1", 1)));

        assertThat(conclusion.ending()).isEqualTo(Ending.TAKEN_OVER);
    }

    @Test
    void anotherFailureIsNoEnd() {
        var failure = new IllegalStateException("a defect");

        assertThatThrownBy(() -> finished.unwritten("run-1", failure)).isSameAs(failure);
    }
}
