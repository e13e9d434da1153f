package dev.smsrunner.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.database.Database;
import dev.smsrunner.database.FlakySource;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.support.ManualClock;
import dev.smsrunner.support.TestLedger;
import dev.smsrunner.verify.JobCalls;
import dev.smsrunner.verify.Verification;
import dev.smsrunner.verify.VerificationResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Contract of the ledger on every database. */
abstract class LedgerContract {

    private static final Instant AT = ManualClock.START.plusMillis(123);

    private TestLedger testLedger;

    /** Database of the test class. */
    abstract Database database();

    @BeforeEach
    void begin() {
        testLedger = new TestLedger(database());
    }

    /** After every test, replaying the events must reproduce the tables, and their chain must be complete. */
    @AfterEach
    void eventsReproduceTheTables() throws IOException {
        var run = new Runs(database().source(), testLedger.clock())
                .find(testLedger.runId())
                .orElseThrow();
        var verified = new Verification(
                        database().source(), testLedger.ledger(), new JobCalls(BulkJobs.calls()), testLedger.clock())
                .of(run, true, null, null);

        assertThat(verified.violations())
                .filteredOn(violation -> Set.of("I6", "I8", "I20").contains(violation.invariant())
                        || violation.evidence().startsWith("digest"))
                .isEmpty();
        assertThat(verified.checked())
                .extracting(VerificationResult.Remark::invariant)
                .contains("I20");
    }

    @Test
    void allFieldsOfRowAreReadBack() {
        testLedger.plan(1);
        var full = full(testLedger.runId(), 1, "erp");

        write(full);

        assertThat(testLedger.row(1)).isEqualTo(full);
        assertThat(testLedger.ledger().findAll(testLedger.runId())).containsExactly(full);
    }

    @Test
    void rerunFindsServersOfEarlierRuns() {
        testLedger.plan(List.of(
                Map.of("server_name", "db-01."), Map.of("server_name", "app-01"), Map.of("server_name", "web-01")));
        write(testLedger.row(1).end(Outcome.MIGRATED, null, AT));
        write(testLedger.row(2).end(Outcome.FAILED, "so", AT));
        var runs = new Runs(database().source(), testLedger.clock());
        var first = runs.find(testLedger.runId()).orElseThrow();
        var second = rerun(first, testLedger.runId() + "-2");
        var third = rerun(second, testLedger.runId() + "-3");
        runs.add(second, TestLedger.OPERATOR, 1);
        runs.add(third, TestLedger.OPERATOR, 1);

        assertThat(testLedger.ledger().serversReachedBefore(first.runId())).isEmpty();
        assertThat(testLedger.ledger().serversReachedBefore(second.runId()))
                .containsExactly(testLedger.row(1).serverName());
        assertThat(testLedger.ledger().serversReachedBefore(third.runId()))
                .containsExactly(testLedger.row(1).serverName());
    }

    @Test
    void changedInventoryRecordsFormerValues() {
        testLedger.plan(List.of(Map.of("server_name", "db-01"), Map.of("server_name", "app-01")));
        var first = testLedger.ledger().events(testLedger.runId()).stream()
                .filter(event -> event.kind() == EventKind.INTAKE)
                .findFirst()
                .orElseThrow();
        var row = testLedger.row(2);
        var anew = row.reorder(
                LedgerRow.planned(row.runId(), 2, row.line(), "app-01", "wave-2", 7, List.of("db-01@synced"), AT));
        var line =
                new StoredInventoryLine(2, row.line(), Map.of("server_name", "app-01", "depends_on", "db-01@synced"));

        testLedger
                .ledger()
                .acceptInventory(
                        testLedger.owner(),
                        new InventoryEdit(
                                "sha",
                                List.of(),
                                List.of(),
                                List.of(anew),
                                List.of(line),
                                List.of(LedgerWrite.of(anew, List.of()))),
                        TestLedger.OPERATOR);

        assertThat(testLedger.row(2)).isEqualTo(anew);
        var changes = RawTables.read(database().source(), archive -> archive.inventoryChanges(testLedger.runId()));
        var change = JsonMapper.shared().readTree(String.valueOf(changes.get(0).get("change")));
        var before = change.path("former").path("2");
        assertThat(changes).hasSize(1);
        assertThat(before.path("wave").asString()).isEqualTo("wave-1");
        assertThat(before.path("depends_on").asString()).isEqualTo("[]");
        assertThat(change.path("rows").path("2").asString())
                .isNotEqualTo(before.path("digest").asString());
        assertThat(digestAtIntake(first.number()))
                .isEqualTo(before.path("digest").asString());
    }

    private String digestAtIntake(long event) {
        var change = testLedger.query(
                "select change from event where run_id = '%s' and event_no = %d".formatted(testLedger.runId(), event));
        return JsonMapper.shared()
                .readTree(String.valueOf(change.get(0).values().iterator().next()))
                .path("rows")
                .path("2")
                .asString();
    }

    private static Run rerun(Run of, String runId) {
        return new Run(
                runId,
                of.job(),
                of.jobKey(),
                of.jobFile(),
                of.jobText(),
                of.overrides(),
                of.settings(),
                of.settingsHash(),
                of.inventoryFile(),
                of.inventoryHash(),
                of.runId(),
                RunState.RUNNING,
                of.createdAt(),
                null,
                null,
                of.reportDirectory());
    }

    @Test
    void retryKeepsStartsAndResetsRefusals() {
        testLedger.plan(1);
        var open =
                Intent.open(1, Operation.START, 1, "task-1", testLedger.clock().instant());
        var refused = open.withAnswer(CallState.REFUSED, testLedger.clock().instant(), 400, "SMS.6301", null, "no");
        var failed = testLedger
                .row(1)
                .withCall(refused.call())
                .withAttempt()
                .withAttempt()
                .end(Outcome.FAILED, "so", AT);
        testLedger.ledger().write(testLedger.owner(), List.of(new LedgerWrite(testLedger.row(1), List.of(), open)));
        testLedger.ledger().write(testLedger.owner(), List.of(new LedgerWrite(failed, List.of(), refused)));
        assertThat(testLedger.ledger().refusalCounts(testLedger.runId())).containsExactly(Map.entry(1, 1));
        assertThat(testLedger.ledger().intentsSinceRetry(testLedger.runId())).hasSize(1);

        testLedger.clock().pass(Duration.ofSeconds(1));
        var reopened = failed.reopen(Stage.PLANNED, testLedger.clock().instant());
        write(reopened, EventDraft.ofRow(failed, EventKind.STAGE, "CLOSED", "PLANNED", "tried again"));

        assertThat(testLedger.row(1)).isEqualTo(reopened);
        assertThat(testLedger.row(1).attempts()).isEqualTo(2);
        assertThat(testLedger.row(1).starts()).isZero();
        assertThat(testLedger.row(1).withAttempt().starts()).isEqualTo(1);
        assertThat(testLedger.ledger().refusalCounts(testLedger.runId())).isEmpty();
        assertThat(testLedger.ledger().intentsSinceRetry(testLedger.runId())).isEmpty();
        assertThat(testLedger.ledger().intents(testLedger.runId())).hasSize(1);
    }

    @Test
    void controlIsAnsweredWithItsEffect() {
        testLedger.plan(2);
        var controls = new Controls(database().source(), testLedger.clock());
        var reader = new RunReader(database().source());
        var failed = testLedger.row(2).end(Outcome.FAILED, "so", AT);
        write(failed);
        controls.submit(
                testLedger.runId(),
                ControlRequest.of(ControlAction.PAUSE, null, new Actor("ann, dashboard", "ann, dashboard")));
        controls.submit(
                testLedger.runId(),
                ControlRequest.of(ControlAction.RETRY, 2, new Actor("ann, dashboard", "ann, dashboard")));
        var control = testLedger.ledger().pendingControls(testLedger.runId());
        assertThat(control).extracting(Control::action).containsExactly(ControlAction.PAUSE, ControlAction.RETRY);

        var reopened = failed.reopen(Stage.PLANNED, testLedger.clock().instant());
        var moved = EventDraft.ofRow(failed, EventKind.STAGE, "CLOSED", "PLANNED", "requested by ann");
        testLedger.ledger().answerControl(testLedger.owner(), control.get(0), Control.State.DONE, "paused", List.of());
        testLedger
                .ledger()
                .answerControl(
                        testLedger.owner(),
                        control.get(1),
                        Control.State.DONE,
                        "tried again",
                        List.of(LedgerWrite.of(reopened, List.of(moved))));

        assertThat(testLedger.ledger().pendingControls(testLedger.runId())).isEmpty();
        assertThat(testLedger.row(2)).isEqualTo(reopened);
        assertThat(testLedger.ledger().pausedAt(testLedger.runId()))
                .isEqualTo(testLedger.clock().instant());
        assertThat(reader.findVersion(testLedger.runId()).orElseThrow().pausedAt())
                .isEqualTo(testLedger.clock().instant());
        assertThat(reader.findByNumber(testLedger.runId(), Set.of(2))).containsExactly(reopened);
        assertThat(reader.events(testLedger.runId(), 2))
                .extracting(Event::kind)
                .endsWith(EventKind.CONTROL, EventKind.STAGE);
        assertThat(controls.findLatest(testLedger.runId(), 1)).singleElement().satisfies(latest -> {
            assertThat(latest.answer()).isEqualTo("tried again");
            assertThat(controls.find(latest.id())).contains(latest);
        });
    }

    @Test
    void sampleNeedsOwnership() {
        var reader = new RunReader(database().source());
        testLedger.ledger().addApiSample(testLedger.owner(), new ApiSample(AT, 10, 25, 2, null));
        testLedger.takeOverByAnotherProcess();

        testLedger.ledger().addApiSample(testLedger.owner(), new ApiSample(AT.plusSeconds(10), 10, 5, 0, 8.0));

        assertThat(reader.samplesAfter(testLedger.runId(), Instant.EPOCH))
                .containsExactly(new ApiSample(AT, 10, 25, 2, null));
        assertThat(reader.samplesAfter(testLedger.runId(), AT)).isEmpty();
    }

    @Test
    void plannedRowIsReadBack() {
        var row = LedgerRow.planned(
                testLedger.runId(), 1, 7, "erp-db-02", "wave-1", 3, List.of("a", "b \"quoted\", ü"), ManualClock.START);

        testLedger
                .ledger()
                .append(
                        testLedger.owner(),
                        List.of(row),
                        List.of(new StoredInventoryLine(1, 7, Map.of("server_name", "ü;\"\n"))));

        assertThat(testLedger.row(1)).isEqualTo(row);
        assertThat(testLedger.ledger().inventory(testLedger.runId()))
                .containsExactly(new StoredInventoryLine(1, 7, Map.of("server_name", "ü;\"\n")));
    }

    @Test
    void unsupportedCharactersAreReplaced() {
        testLedger.plan(1);
        var text = "a\u0000b 'c' \\ \uD83D\uDE00 \uD83D ; drop table run; --";
        var row = testLedger
                .row(1)
                .withObserved(new ObservedState(
                        "R\u0000UNNING", "x".repeat(300), "y", true, text + "z".repeat(200), AT, null))
                .withAttention(text)
                .withFailure(new Failure(text, text, "OPERATOR", text, text));

        write(row, EventDraft.ofRow(row, EventKind.ATTENTION, text, text, text));

        var kept = testLedger.row(1);
        assertThat(kept.observed().taskState()).startsWith("R").endsWith("UNNING");
        assertThat(kept.observed().copyState()).hasSize(60).endsWith("…");
        assertThat(kept.attention()).contains("'c' \\ \uD83D\uDE00").doesNotContain("\u0000");
        assertThat(testLedger.events().get(0).detail()).contains("drop table run");
    }

    @Test
    void openRowsAndRowsOfStageAreInOrder() {
        testLedger.plan(5);
        write(testLedger.row(2).end(Outcome.SKIPPED, "done", AT));
        write(testLedger.row(4).withTask("task-4", AT));

        assertThat(testLedger.ledger().findOpen(testLedger.runId()))
                .extracting(LedgerRow::row)
                .containsExactly(1, 3, 4, 5);
        assertThat(testLedger.ledger().findAfter(testLedger.runId(), Stage.PLANNED, 1, 2))
                .extracting(LedgerRow::row)
                .containsExactly(3, 5);
        assertThat(testLedger.ledger().findAfter(testLedger.runId(), Stage.PLANNED, 5, 2))
                .isEmpty();
        assertThat(testLedger.ledger().lastRow(testLedger.runId())).isEqualTo(5);
        assertThat(testLedger.ledger().lastRow("no-such-run")).isZero();
        assertThat(testLedger.ledger().inventory(testLedger.runId(), 2, 3)).containsOnlyKeys(2, 3);
    }

    @Test
    void layoutIsStoredAndReplaced() {
        testLedger.plan(2);

        testLedger.ledger().write(testLedger.owner(), List.of(), Map.of(1, "{\"a\":1}"));
        testLedger.ledger().write(testLedger.owner(), List.of(), Map.of(1, "{\"a\":2}", 2, "{}"));

        assertThat(testLedger.ledger().findLayout(testLedger.runId(), 1)).isEqualTo("{\"a\":2}");
        assertThat(testLedger.ledger().findLayout(testLedger.runId(), 3)).isNull();
    }

    @Test
    void writeWithOldTokenIsRefused() {
        testLedger.plan(2);
        var before = testLedger.ledger().findAll(testLedger.runId());
        var row = testLedger.row(1);
        testLedger.takeOverByAnotherProcess();

        assertThatThrownBy(() -> testLedger
                        .ledger()
                        .write(
                                testLedger.owner(),
                                List.of(LedgerWrite.ofCall(row, Intent.open(1, Operation.CREATE, 1, "source-1", AT))),
                                Map.of(1, "{}")))
                .isInstanceOf(OwnershipLostException.class)
                .hasMessageContaining(testLedger.runId())
                .hasMessageContaining("token 1");
        assertThatThrownBy(() ->
                        testLedger.ledger().appendRunEvents(testLedger.owner(), EventDraft.ofRun("STOPPED", null)))
                .isInstanceOf(OwnershipLostException.class);
        assertThatThrownBy(() -> testLedger.plan(1)).isInstanceOf(OwnershipLostException.class);
        assertThatThrownBy(() -> testLedger.ledger().takeOver(testLedger.owner()))
                .isInstanceOf(OwnershipLostException.class);

        assertThat(testLedger.ledger().findAll(testLedger.runId())).isEqualTo(before);
        assertThat(testLedger.ledger().intents(testLedger.runId())).isEmpty();
        assertThat(testLedger.events()).isEmpty();
        assertThat(testLedger.ledger().findLayout(testLedger.runId(), 1)).isNull();
    }

    @Test
    void failedWriteRollsBackAllRows() {
        testLedger.plan(2);
        var intent = Intent.open(1, Operation.CREATE, 1, "source-1", AT);
        testLedger.ledger().write(testLedger.owner(), List.of(LedgerWrite.ofCall(testLedger.row(1), intent)));
        long writes = testLedger.writes();

        assertThatThrownBy(() -> testLedger
                        .ledger()
                        .write(
                                testLedger.owner(),
                                List.of(
                                        LedgerWrite.of(testLedger.row(2).withTask("task-2", AT), List.of()),
                                        LedgerWrite.ofCall(testLedger.row(1), intent))))
                .isInstanceOf(org.springframework.dao.DataIntegrityViolationException.class);

        assertThat(testLedger.row(2).taskId()).isNull();
        assertThat(testLedger.events()).hasSize(1);
        assertThat(testLedger.writes()).isEqualTo(writes);
    }

    @Test
    void eventNumbersHaveNoGapsAfterFailures() {
        testLedger.plan(3);
        for (int i = 0; i < 5; i++) {
            write(testLedger.row(1), event("a" + i), event("b" + i));
            var broken = LedgerWrite.ofCall(testLedger.row(9 - 6), Intent.open(99, Operation.START, 1, "t", AT));
            assertThatThrownBy(() -> testLedger.ledger().write(testLedger.owner(), List.of(broken)))
                    .isInstanceOf(RuntimeException.class);
            testLedger.ledger().appendRunEvents(testLedger.owner(), EventDraft.ofRun("RUN", "c" + i));
        }

        assertThat(testLedger.events())
                .extracting(Event::number)
                .as("after the run was added and got its rows")
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(3, 17).mapToObj(Long::valueOf).toList());
        assertThat(testLedger.events().get(0)).satisfies(first -> {
            assertThat(first.at()).isEqualTo(ManualClock.START);
            assertThat(first.token()).isEqualTo(1);
            assertThat(first.row()).isEqualTo(1);
        });
        assertThat(testLedger.events().get(2).row()).isNull();
    }

    @Test
    void intentIsOpenedAnsweredAndResolved() {
        testLedger.plan(1);
        var open = Intent.open(1, Operation.START, 1, "task-1", AT);
        testLedger.ledger().write(testLedger.owner(), List.of(LedgerWrite.ofCall(testLedger.row(1), open)));
        assertThat(testLedger.ledger().intents(testLedger.runId())).containsExactly(open);

        var answered =
                open.withAnswer(CallState.UNKNOWN, AT.plusSeconds(3), 504, "APIG.0203", "request-7", "timed out");
        testLedger
                .ledger()
                .write(
                        testLedger.owner(),
                        List.of(new LedgerWrite(testLedger.row(1).withCall(answered.call()), List.of(), answered)));
        assertThat(testLedger.ledger().intents(testLedger.runId())).containsExactly(answered);
        assertThat(testLedger.row(1).call()).isEqualTo(answered.call());

        var settled = new Intent(1, Operation.START, 1, CallState.SEEN, "other", AT, null, 0, null, null, null);
        testLedger.ledger().write(testLedger.owner(), List.of(new LedgerWrite(testLedger.row(1), List.of(), settled)));
        assertThat(testLedger.ledger().intents(testLedger.runId()))
                .singleElement()
                .satisfies(intent -> {
                    assertThat(intent.state()).isEqualTo(CallState.SEEN);
                    assertThat(intent.requestId()).as("the answer stays").isEqualTo("request-7");
                    assertThat(intent.target()).isEqualTo("task-1");
                });
    }

    @Test
    void callsInFlightAreUnknownAfterTakeOver() {
        testLedger.plan(3);
        testLedger
                .ledger()
                .write(
                        testLedger.owner(),
                        List.of(
                                LedgerWrite.ofCall(
                                        testLedger.row(1), Intent.open(1, Operation.CREATE, 1, "source-1", AT)),
                                LedgerWrite.ofCall(
                                        testLedger.row(2), Intent.open(2, Operation.CREATE, 1, "source-2", AT))));
        var done = Intent.open(2, Operation.CREATE, 1, "source-2", AT)
                .withAnswer(CallState.DONE, AT, 200, null, null, null);
        testLedger.ledger().write(testLedger.owner(), List.of(LedgerWrite.ofCall(testLedger.row(2), done)));

        var heir = testLedger.takeOverByAnotherProcess();

        assertThat(testLedger.ledger().takeOver(heir)).isEqualTo(1);
        assertThat(testLedger.row(1).call().state()).isEqualTo(CallState.UNKNOWN);
        assertThat(testLedger.row(1).call().at()).isEqualTo(testLedger.clock().instant());
        assertThat(testLedger.row(2).call().state()).isEqualTo(CallState.DONE);
        assertThat(testLedger.row(2).call().at()).isEqualTo(AT);
        assertThat(testLedger.row(3).call()).isNull();
        assertThat(testLedger.ledger().intents(testLedger.runId()))
                .extracting(Intent::state)
                .containsExactly(CallState.UNKNOWN, CallState.DONE);
        assertThat(testLedger.ledger().takeOver(heir)).isZero();
    }

    @Test
    void lostCommitResponseDoesNotRepeatTheWrite() {
        testLedger.plan(1);
        var flaky = new FlakySource(database().source());
        var ledger = patient(flaky);

        flaky.loseNextCommitAnswer();
        ledger.write(
                testLedger.owner(),
                List.of(LedgerWrite.ofCall(testLedger.row(1), Intent.open(1, Operation.CREATE, 1, "source-1", AT))));

        assertThat(flaky.upsets()).isEqualTo(1);
        assertThat(testLedger.ledger().intents(testLedger.runId())).hasSize(1);
        assertThat(testLedger.events()).hasSize(1);
    }

    @Test
    void failedCommitIsRepeated() {
        testLedger.plan(1);
        var flaky = new FlakySource(database().source());
        var ledger = patient(flaky);

        flaky.failNextCommit();
        ledger.write(
                testLedger.owner(),
                List.of(LedgerWrite.ofCall(testLedger.row(1), Intent.open(1, Operation.CREATE, 1, "source-1", AT))));

        assertThat(flaky.upsets()).isEqualTo(1);
        assertThat(testLedger.ledger().intents(testLedger.runId())).hasSize(1);
        assertThat(testLedger.events()).extracting(Event::number).containsExactly(3L);
    }

    @Test
    void writesOfOtherOwnerAreNotCounted() {
        testLedger.plan(1);
        var flaky = new FlakySource(database().source());
        var row = testLedger.row(1);
        flaky.failNextCommit(() -> {
            var heir = testLedger.takeOverByAnotherProcess();
            testLedger.ledger().appendRunEvents(heir, EventDraft.ofRun("RUN", "taken over"));
        });

        assertThatThrownBy(() -> patient(flaky)
                        .write(
                                testLedger.owner(),
                                List.of(LedgerWrite.ofCall(row, Intent.open(1, Operation.CREATE, 1, "source-1", AT)))))
                .isInstanceOf(OwnershipLostException.class);
        assertThat(testLedger.ledger().intents(testLedger.runId())).isEmpty();
    }

    @Test
    void flakyCommitsAreWrittenExactlyOnce() {
        testLedger.plan(1);
        var flaky = new FlakySource(database().source());
        var ledger = patient(flaky);
        for (int i = 1; i <= 30; i++) {
            if (i % 3 == 0) {
                flaky.loseNextCommitAnswer();
            } else if (i % 3 == 1) {
                flaky.failNextCommit();
            }
            ledger.appendRunEvents(testLedger.owner(), EventDraft.ofRun("RUN", String.valueOf(i)));
        }

        assertThat(testLedger.events())
                .extracting(Event::detail)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 30).mapToObj(String::valueOf).toList());
    }

    @Test
    void listenerReceivesCommittedWritesOnly() {
        testLedger.plan(1);
        var received = new ArrayList<LedgerWrite>();
        var ledger = new Ledger(
                database().source(), testLedger.clock(), FlakySource.retryWithoutDelay(), received::add, rows -> {});
        var entry = LedgerWrite.of(testLedger.row(1).withTask("task-1", AT), List.of());

        ledger.write(testLedger.owner(), List.of(entry));
        assertThat(received).containsExactly(entry);

        testLedger.takeOverByAnotherProcess();
        assertThatThrownBy(() -> ledger.write(testLedger.owner(), List.of(entry)))
                .isInstanceOf(OwnershipLostException.class);
        assertThat(received).hasSize(1);
    }

    @Test
    void lowerTokenNeverReplacesHigherToken() {
        var runs = new Runs(database().source(), testLedger.clock());
        var heir = testLedger.takeOverByAnotherProcess();

        var late = runs.claim(testLedger.runId(), 1);

        assertThatThrownBy(() -> testLedger.ledger().appendRunEvents(late, EventDraft.ofRun("RUN", null)))
                .isInstanceOf(OwnershipLostException.class);
        testLedger.ledger().appendRunEvents(heir, EventDraft.ofRun("RUN", null));
    }

    private Ledger patient(FlakySource flaky) {
        return new Ledger(flaky, testLedger.clock(), FlakySource.retryWithoutDelay());
    }

    private void write(LedgerRow row, EventDraft... events) {
        testLedger.ledger().write(testLedger.owner(), List.of(LedgerWrite.of(row, Arrays.asList(events))));
    }

    private static EventDraft event(String detail) {
        return new EventDraft(EventKind.FINDING, 1, null, "WARNING", detail, null);
    }

    /** A row with a distinct value in every field. */
    private static LedgerRow full(String runId, int row, String mark) {
        return new LedgerRow(
                runId,
                row,
                row + 1,
                "server-" + row,
                "wave-1",
                1,
                List.of(),
                RequestedCutover.NONE,
                mark + "-source",
                Stage.CLOSED,
                Outcome.FAILED,
                mark + " reason",
                mark + "-task",
                new ObservedState(
                        "MIGRATE_FAIL",
                        "error",
                        "replicating",
                        false,
                        "7 of 9 bytes",
                        AT.plusSeconds(1),
                        new ActualTarget(true, mark + "-target", mark + "-region", mark + "-project")),
                mark + " attention",
                4,
                3,
                AT.plusSeconds(2),
                new RowCall(Operation.LAUNCH, CallState.REFUSED, 9, AT.plusSeconds(3)),
                new Milestones(
                        ManualClock.START, AT.plusSeconds(5), AT.plusSeconds(6), AT.plusSeconds(7), AT.plusSeconds(8)),
                new Failure("SMS.0210", mark + " text", "TRANSIENT", mark + " action", mark + "-request"),
                new Consistency(Consistency.State.DIFFERENT, 17, mark + " detail", AT.plusSeconds(9)));
    }
}
