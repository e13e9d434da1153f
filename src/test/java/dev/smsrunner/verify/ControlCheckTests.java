package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.ControlRequest;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tampering with the recorded operator requests of a run. */
class ControlCheckTests {

    private TestLedger book;

    @BeforeEach
    void requests(@TempDir Path data) throws IOException {
        book = new TestLedger(TestDatabases.embedded(data));
        book.plan(2);
        answer(ask(ControlAction.PAUSE, null, "ops-\uD83D\uDE00"), Control.State.DONE, "paused");
        answer(ask(ControlAction.LAUNCH, 1, "ops"), Control.State.REFUSED, "row 1 does not wait for a launch by hand");
        answer(ask(ControlAction.PAUSE, null, "ops"), Control.State.DONE, "paused");
        ask(ControlAction.STOP, null, "ops");
        new Runs(book.database().source(), book.clock())
                .claim(book.runId(), book.owner().token() + 1);
        ask(ControlAction.RESUME, null, "ops");
    }

    @AfterEach
    void close() {
        book.close();
    }

    @Test
    void untouchedRequestsHaveNoViolation() throws IOException {
        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            insert into control (run_id, action, row_no, asked_at, asked_by, state, answered_at, answer) select run_id, 'LAUNCH', 2, created_at, 'ops', 'DONE', created_at, 'launched' from run | 1
            insert into control (run_id, action, row_no, asked_at, asked_by, state, answered_at, answer) select run_id, action, row_no, asked_at, asked_by, state, answered_at, answer from control where action = 'LAUNCH' | 1
            update control set asked_by = 'another user' where action = 'LAUNCH' | 2
            update control set state = 'DONE' where action = 'LAUNCH' | 2
            update control set row_no = 2 where action = 'LAUNCH' | 2
            update control set answer = 'launched' where action = 'LAUNCH' | 2
            update control set action = 'SKIP' where action = 'LAUNCH' | 2
            update control set state = 'ASKED' where action = 'LAUNCH' | 1
            update control set state = 'DONE' where action = 'STOP' | 2
            update control set asked_by = 'another user' where action = 'STOP' | 2
            delete from control where action = 'STOP' | 1
            update control set state = 'DONE' where action = 'RESUME' | 1
            delete from control where action = 'LAUNCH' | 1
            """)
    void tamperingWithARequestIsFound(String statement, int violations) throws IOException {
        assertThat(new JdbcTemplate(book.database().source()).update(statement)).isEqualTo(1);

        assertThat(found()).hasSize(violations).allSatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo("I20");
            assertThat(violation.evidence()).containsPattern("(control|event) \\d+");
        });
    }

    private Control ask(ControlAction action, Integer row, String by) {
        var controls = new Controls(book.database().source(), book.clock());
        long id = controls.submit(book.runId(), ControlRequest.of(action, row, new Actor(by, by)));
        return controls.find(id).orElseThrow();
    }

    private void answer(Control request, Control.State state, String text) {
        book.clock().pass(Duration.ofSeconds(1));
        book.ledger().answerControl(book.owner(), request, state, text, List.of());
    }

    /** The violations without I16, since the run of the test ledger has no settings hash. */
    private List<Violation> found() throws IOException {
        var run = new Runs(book.database().source(), book.clock())
                .find(book.runId())
                .orElseThrow();
        return new Verification(book.database().source(), book.ledger(), new JobCalls(BulkJobs.calls()), book.clock())
                .of(run, true, null, null).violations().stream()
                        .filter(violation -> !violation.invariant().equals("I16"))
                        .toList();
    }
}
