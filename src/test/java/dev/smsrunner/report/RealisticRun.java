package dev.smsrunner.report;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Fills a ledger with a realistic run: waves, a hundred servers at once, restarts and failures. The same number of rows always
 * gives the same run.
 */
final class RealisticRun {

    private static final int CONCURRENT = 100;
    private static final int BLOCK_S = 60;
    private static final String[] CAUSES = {"SMS.6617", "SMS.0515", "SMS.1414", "SMS.3802"};

    /** One ledger write at a second of the run. */
    private record Step(int second, LedgerWrite entry) {}

    private final SampleLedger sample;
    private final int rows;
    private final Random random = new Random(7);
    private final List<Step> steps = new ArrayList<>();

    RealisticRun(SampleLedger sample, int rows) {
        this.sample = sample;
        this.rows = rows;
    }

    /** Fills the ledger and ends the run. */
    void fill() {
        var owner = sample.begin(SampleLedger.RUN_ID, "key-1", SampleLedger.BEGIN);
        var all = new ArrayList<LedgerRow>();
        for (int row = 1; row <= rows; row++) {
            all.add(SampleLedger.row(row, row + 1, name(row), "wave-" + (1 + (row - 1) * 5 / rows)));
        }
        sample.ledger().append(owner, all, all.stream().map(this::line).toList());
        sample.ledger().appendRunEvents(owner, EventDraft.ofRun("BEGUN", null));
        plan(all);
        write(owner);
        sample.ledger(SampleLedger.BEGIN.plusSeconds(last() + 30))
                .appendRunEvents(owner, EventDraft.ofRun("FINISHED", null));
        sample.runs(SampleLedger.BEGIN.plusSeconds(last() + 31)).end(owner, RunState.FINISHED);
        calls();
    }

    private static String name(int row) {
        var apps = new String[] {"erp", "crm", "hr", "shop", "mail", "dms", "bi", "fs"};
        return "%s-%s-%03d".formatted(apps[row % apps.length], row % 3 == 0 ? "db" : "app", row);
    }

    private StoredInventoryLine line(LedgerRow row) {
        var cells = new LinkedHashMap<String, String>();
        var app = row.serverName().substring(0, row.serverName().indexOf('-'));
        cells.put("wave_name", row.wave());
        cells.put("app_name", app);
        cells.put("server_name", row.serverName());
        cells.put("source_ip", "10.20.%d.%d".formatted(row.row() / 250, row.row() % 250 + 1));
        cells.put("server_os_family", row.row() % 4 == 0 ? "WINDOWS" : "LINUX");
        cells.put("migration_type", "MIGRATE_FILE");
        cells.put("target_region", "ap-southeast-3");
        cells.put("vm_template_id", "745ef68e-d2a6-39e7-85e8-29f6d09b99ac");
        cells.put("priority", Integer.toString(row.row() % 3));
        cells.put("owner_email", app + "-team@example.com");
        cells.put("change_ticket", "CHG-" + (1_000 + row.row() / 20));
        return new StoredInventoryLine(row.row(), row.line(), cells);
    }

    private void plan(List<LedgerRow> all) {
        var places = new PriorityQueue<Integer>();
        for (int place = 0; place < CONCURRENT; place++) {
            places.add(120 + place * 2);
        }
        for (var row : all) {
            if (random.nextInt(60) == 0) {
                reject(row);
            } else {
                places.add(migrate(row, places.poll()));
            }
        }
    }

    private void reject(LedgerRow row) {
        var reason = "The agent of source src-%d is disconnected (SMS.6603). Start the agent on the server, then rerun."
                .formatted(row.row());
        step(
                5,
                row.withSource("src-" + row.row(), null).end(Outcome.REJECTED, reason, at(5)),
                "PLANNED",
                "CLOSED",
                reason);
    }

    /** Migrates a row; returns the second in which its place is free again. */
    private int migrate(LedgerRow planned, int start) {
        var row = planned.withSource("src-" + planned.row(), null);
        call(20, row, Operation.CREATE, 1);
        row = row.withTask("task-" + row.row(), at(21));
        step(21, row, "PLANNED", "TASK_READY", "created");
        call(start, row, Operation.START, 2);
        row = row.withAttempt().withStage(Stage.STARTED, at(start + 1));
        step(start + 1, row, "TASK_READY", "STARTED", null);
        int second = start + 20 + random.nextInt(60);
        row = observed(second, row.withStage(Stage.REPLICATING, at(second)), "RUNNING", "replicate");
        step(second, row, "STARTED", "REPLICATING", null);
        int copy = (int) (1_200 * Math.exp(random.nextGaussian() * 0.6));
        if (random.nextInt(12) == 0) {
            second += copy / 3;
            row = restart(second, row);
        }
        if (random.nextInt(25) == 0) {
            return fail(second + copy / 2, row);
        }
        second += copy;
        row = observed(second, row.withStage(Stage.SYNCING, at(second)), "SYNCING", "syncing");
        step(second, row, "REPLICATING", "SYNCING", null);
        second += 30 + random.nextInt(900);
        call(second, row, Operation.LAUNCH, 3);
        row = row.withStage(Stage.LAUNCHING, at(second + 1));
        step(second + 1, row, "SYNCING", "LAUNCHING", null);
        second += 120 + random.nextInt(400);
        row = observed(second, row, "SYNC_SUCCESS", "finished");
        step(second, row.end(Outcome.MIGRATED, null, at(second)), "LAUNCHING", "CLOSED", "MIGRATED");
        return second;
    }

    private LedgerRow restart(int second, LedgerRow row) {
        var text =
                "MIGRATE_FAIL with SMS.0203: The migration of %s failed.; restart 1 of 2".formatted(row.serverName());
        step(
                second,
                row.notBefore(at(second + 30), text),
                "REPLICATING",
                "REPLICATING",
                text + " not before " + at(second + 30));
        call(second + 30, row, Operation.START, 4);
        var started = row.withAttempt().withStage(Stage.STARTED, at(second + 31));
        step(second + 31, started, "REPLICATING", "STARTED", null);
        var copying = started.withStage(Stage.REPLICATING, at(second + 60));
        step(second + 60, copying, "STARTED", "REPLICATING", null);
        return copying;
    }

    private int fail(int second, LedgerRow row) {
        var code = CAUSES[random.nextInt(CAUSES.length)];
        var text = "MIGRATE_FAIL with %s: The migration of %s failed.".formatted(code, row.serverName());
        var failed = observed(second, row, "MIGRATE_FAIL", "error")
                .withFailure(new Failure(
                        code,
                        text,
                        "FIX_AND_RETRY",
                        "Fix the problem behind " + code + ", then rerun.",
                        "req-" + row.row()));
        step(second, failed.end(Outcome.FAILED, text, at(second)), "REPLICATING", "CLOSED", "FAILED: " + text);
        return second;
    }

    private LedgerRow observed(int second, LedgerRow row, String task, String copy) {
        return row.withObserved(new ObservedState(task, copy, copy, true, null, at(second), null));
    }

    private void call(int second, LedgerRow row, Operation operation, int attempt) {
        var intent = Intent.open(row.row(), operation, attempt, "src-" + row.row(), at(second));
        steps.add(new Step(second, LedgerWrite.ofCall(row, intent)));
        var done = intent.withAnswer(
                CallState.DONE, at(second).plusMillis(300), 200, null, "req-" + random.nextInt(1 << 24), null);
        steps.add(new Step(second, LedgerWrite.ofCall(row.withCall(intent.call()), done)));
    }

    private void step(int second, LedgerRow row, String before, String after, String detail) {
        var events = List.of(
                EventDraft.ofRow(
                        row,
                        EventKind.STATE,
                        "task READY, copy state waiting, cycle checking",
                        row.observed().text(),
                        null),
                EventDraft.ofRow(row, EventKind.STAGE, before, after, detail));
        steps.add(new Step(second, LedgerWrite.of(row, events)));
    }

    private void write(FencedRun owner) {
        steps.sort(Comparator.comparingInt(Step::second));
        int from = 0;
        while (from < steps.size()) {
            int block = steps.get(from).second() / BLOCK_S;
            int to = from;
            while (to < steps.size() && steps.get(to).second() / BLOCK_S == block) {
                to++;
            }
            sample.ledger(at(block * BLOCK_S + BLOCK_S / 2))
                    .write(
                            owner,
                            steps.subList(from, to).stream().map(Step::entry).toList());
            from = to;
        }
    }

    private int last() {
        return steps.get(steps.size() - 1).second();
    }

    private void calls() {
        for (int second = 30; second < last(); second += 60) {
            sample.addSample(
                    at(second),
                    60,
                    60 + random.nextInt(400),
                    random.nextInt(12) == 0 ? random.nextInt(9) : 0,
                    4.0 + second % 700 / 100.0);
        }
    }

    private static Instant at(int second) {
        return SampleLedger.BEGIN.plusSeconds(second);
    }
}
