package dev.smsrunner.scenario;

import dev.smsrunner.dashboard.Dashboard;
import dev.smsrunner.dashboard.ProgramAccess;
import dev.smsrunner.dashboard.RunArchive;
import dev.smsrunner.database.Database;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RunReader;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.support.SuggestedCommands;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run of thousands of servers in a real ledger, some of them with malicious names, and its live page. */
final class LargeRun implements AutoCloseable {

    /** Malicious server names of an inventory. */
    static final List<String> HOSTILE = List.of(
            "<script>window.hacked=1</script>",
            "<img src=x onerror=window.hacked=2>",
            "\"><svg onload=window.hacked=3>",
            "javascript:window.hacked=4",
            "=HYPERLINK(\"http://elsewhere.invalid\",\"x\")",
            "safe\u202Egpj.exe",
            "bell\u0007and\u001B[31mred",
            "\u05D0\u05D1\u05D2-\u05D3\u05D4\u05D5");

    private static final int WAVES = 12;

    private final TestLedger testLedger;
    private final Database readers;
    private Dashboard dashboard;

    private LargeRun(TestLedger testLedger, Database readers, Dashboard dashboard) {
        this.testLedger = testLedger;
        this.readers = readers;
        this.dashboard = dashboard;
    }

    /** Writes a run with this number of servers and opens its page. */
    static LargeRun of(int servers, Path data) throws IOException {
        var testLedger = new TestLedger(TestDatabases.embedded(data));
        var rows = testLedger.plan(cells(servers));
        testLedger.clock().pass(Duration.ofMinutes(30));
        testLedger
                .ledger()
                .write(
                        testLedger.owner(),
                        rows.stream().map(row -> openIntent(testLedger, row)).toList());
        testLedger
                .ledger()
                .write(
                        testLedger.owner(),
                        rows.stream()
                                .map(row -> writesOf(testLedger, row))
                                .flatMap(List::stream)
                                .toList());
        var readers = testLedger.database().forReaders(2);
        return new LargeRun(testLedger, readers, page(testLedger, readers, 0));
    }

    private static Dashboard page(TestLedger testLedger, Database readers, int port) throws IOException {
        var since = testLedger.clock().instant();
        var lease = new Lease("key", 1, "ops-1", "space", 4711, "then", since, since.plusSeconds(900), false);
        var archive = new RunArchive(
                new Runs(readers.source(), testLedger.clock()),
                new RunReader(readers.source()),
                new Controls(testLedger.database().source(), testLedger.clock()),
                TestLedger.OPERATOR,
                run -> Optional.of(lease),
                new SuggestedCommands(SuggestedCommands.PROGRAM, ""));
        var dashboard = Dashboard.start(archive, port, testLedger.clock(), System::nanoTime, ProgramAccess.none());
        dashboard.show(testLedger.runId());
        return dashboard;
    }

    private static List<Map<String, String>> cells(int servers) {
        var all = new ArrayList<Map<String, String>>();
        for (int row = 1; row <= servers; row++) {
            var cells = new LinkedHashMap<String, String>();
            cells.put("server_name", row <= HOSTILE.size() ? HOSTILE.get(row - 1) : "app-%05d".formatted(row));
            cells.put("wave_name", "wave-" + (1 + row % WAVES));
            cells.put("owner_email", "platform@customer.example");
            cells.put("x_note", "<b>bold</b>");
            all.add(cells);
        }
        return all;
    }

    private static LedgerWrite openIntent(TestLedger testLedger, LedgerRow planned) {
        return LedgerWrite.ofCall(planned, create(testLedger, planned));
    }

    private static Intent create(TestLedger testLedger, LedgerRow row) {
        return Intent.open(
                row.row(),
                Operation.CREATE,
                1,
                "source-" + row.row(),
                testLedger.clock().instant());
    }

    /** One row in ten failed, one in ten is migrated, one in a hundred needs attention, the others copy. */
    private static List<LedgerWrite> writesOf(TestLedger testLedger, LedgerRow planned) {
        var now = testLedger.clock().instant();
        var task = planned.withSource("source-" + planned.row(), null).withTask("task-" + planned.row(), now);
        var created = create(testLedger, planned)
                .withAnswer(CallState.DONE, now.plusMillis(340), 200, null, "request-" + planned.row(), null);
        var copies = task.withStage(Stage.REPLICATING, now)
                .withObserved(new ObservedState(
                        "RUNNING", "REPLICATE", "REPLICATING", true, planned.row() % 100 + " of 100 bytes", now, null));
        var state = EventDraft.ofRow(
                copies, EventKind.STATE, "task READY", copies.observed().text(), null);
        return List.of(LedgerWrite.ofCall(task, created), LedgerWrite.of(withEnd(copies, testLedger), List.of(state)));
    }

    private static LedgerRow withEnd(LedgerRow row, TestLedger testLedger) {
        var now = testLedger.clock().instant();
        return switch (row.row() % 10) {
            case 3 ->
                row.withFailure(new Failure(
                                "SMS.6617",
                                "The migration of " + row.serverName() + " failed.",
                                "FIX_AND_RETRY",
                                "Use MIGRATE_FILE.",
                                "request-x"))
                        .end(Outcome.FAILED, "MIGRATE_FAIL", now);
            case 4 -> row.end(Outcome.MIGRATED, null, now);
            default -> row.row() % 100 == 55 ? row.withAttention("No progress for 34 minutes") : row;
        };
    }

    /** The address printed on the terminal. */
    String address() {
        return dashboard.address();
    }

    /** The address of a view of the run, for a browser with a session. */
    String view(String tab) {
        return address().replaceFirst("#.*", "#/run/" + testLedger.runId() + "/" + tab);
    }

    /** Stops the process that serves the page. */
    void stopPage() {
        dashboard.close();
    }

    /** Serves the page again on the same port, with a new token. */
    void restartPage() throws IOException {
        dashboard = page(testLedger, readers, URI.create(address()).getPort());
    }

    /** Sets a row to MIGRATED while the page is open. */
    void migrate(int row) {
        var current = testLedger.row(row);
        var done = current.end(Outcome.MIGRATED, null, testLedger.clock().instant());
        testLedger
                .ledger()
                .write(
                        testLedger.owner(),
                        List.of(LedgerWrite.of(
                                done,
                                List.of(EventDraft.ofRow(
                                        done, EventKind.STAGE, current.stage().name(), "CLOSED", "MIGRATED")))));
    }

    @Override
    public void close() {
        dashboard.close();
        readers.close();
        testLedger.close();
    }
}
