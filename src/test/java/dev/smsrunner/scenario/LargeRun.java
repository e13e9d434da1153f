package dev.smsrunner.scenario;

import dev.smsrunner.dashboard.Dashboard;
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

/** A run of thousands of servers in a real ledger, some of them with names of ill will, and its live page. */
final class LargeRun implements AutoCloseable {

    /** What somebody could write into an inventory to be shown to somebody else. */
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

    private final TestLedger book;
    private final Database readers;
    private Dashboard dashboard;

    private LargeRun(TestLedger book, Database readers, Dashboard dashboard) {
        this.book = book;
        this.readers = readers;
        this.dashboard = dashboard;
    }

    /** Writes so many servers and opens the page. */
    static LargeRun of(int servers, Path data) throws IOException {
        var book = new TestLedger(TestDatabases.embedded(data));
        var rows = book.plan(cells(servers));
        book.clock().pass(Duration.ofMinutes(30));
        book.ledger()
                .write(
                        book.owner(),
                        rows.stream().map(row -> intended(book, row)).toList());
        book.ledger()
                .write(
                        book.owner(),
                        rows.stream()
                                .map(row -> story(book, row))
                                .flatMap(List::stream)
                                .toList());
        var readers = book.database().forReaders(2);
        return new LargeRun(book, readers, page(book, readers, 0));
    }

    private static Dashboard page(TestLedger book, Database readers, int port) throws IOException {
        var since = book.clock().instant();
        var lease = new Lease("key", 1, "ops-1", "space", 4711, "then", since, since.plusSeconds(900), false);
        var archive = new RunArchive(
                new Runs(readers.source(), book.clock()),
                new RunReader(readers.source()),
                new Controls(book.database().source(), book.clock()),
                run -> Optional.of(lease),
                "");
        var dashboard = Dashboard.start(archive, port, book.clock(), System::nanoTime);
        dashboard.show(book.runId());
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

    private static LedgerWrite intended(TestLedger book, LedgerRow planned) {
        return LedgerWrite.ofCall(planned, create(book, planned));
    }

    private static Intent create(TestLedger book, LedgerRow row) {
        return Intent.open(
                row.row(),
                Operation.CREATE,
                1,
                "source-" + row.row(),
                book.clock().instant());
    }

    /** Every tenth failed, every tenth is done, one in a hundred needs eyes, the others copy. */
    private static List<LedgerWrite> story(TestLedger book, LedgerRow planned) {
        var now = book.clock().instant();
        var task = planned.withSource("source-" + planned.row(), null).withTask("task-" + planned.row(), now);
        var created = create(book, planned)
                .withAnswer(CallState.DONE, now.plusMillis(340), 200, null, "request-" + planned.row(), null);
        var copies = task.withStage(Stage.REPLICATING, now)
                .withObserved(new ObservedState(
                        "RUNNING", "REPLICATE", "REPLICATING", true, planned.row() % 100 + " of 100 bytes", now));
        var state = EventDraft.ofRow(
                copies, EventKind.STATE, "task READY", copies.observed().text(), null);
        return List.of(LedgerWrite.ofCall(task, created), LedgerWrite.of(ending(copies, book), List.of(state)));
    }

    private static LedgerRow ending(LedgerRow row, TestLedger book) {
        var now = book.clock().instant();
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

    /** The address that the terminal would print. */
    String address() {
        return dashboard.address();
    }

    /** The address of a view of the run, for a browser that has the session already. */
    String view(String tab) {
        return address().replaceFirst("#.*", "#/run/" + book.runId() + "/" + tab);
    }

    /** The process that serves the page is gone. */
    void goesAway() {
        dashboard.close();
    }

    /** Another one serves it, on the same port, with another key. */
    void comesBack() throws IOException {
        dashboard = page(book, readers, URI.create(address()).getPort());
    }

    /** What happens to one row while the page is open. */
    void migrated(int row) {
        var now = book.row(row);
        var done = now.end(Outcome.MIGRATED, null, book.clock().instant());
        book.ledger()
                .write(
                        book.owner(),
                        List.of(LedgerWrite.of(
                                done,
                                List.of(EventDraft.ofRow(
                                        done, EventKind.STAGE, now.stage().name(), "CLOSED", "MIGRATED")))));
    }

    @Override
    public void close() {
        dashboard.close();
        readers.close();
        book.close();
    }
}
