package dev.smsrunner.report;

import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Memory benchmark of the reports of a large run. Start {@code main} with {@code -Xmx256m}. Arguments: rows (5000), events per
 * row (40; 0 for a realistic run), and a directory in which to keep the files. It prints sizes and times, or fails with an
 * out-of-memory error.
 */
final class ReportMemoryBenchmark {

    private static final int BLOCK = 500;

    private ReportMemoryBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
        int events = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
        boolean keep = arguments.length > 2;
        var directory = keep ? Path.of(arguments[2]) : Files.createTempDirectory("report-memory");
        try (var sample = new SampleLedger(directory)) {
            if (events > 0) {
                fill(sample, rows, events);
            } else {
                new RealisticRun(sample, rows).fill();
            }
            for (var format : ReportFormat.values()) {
                long startedAt = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                var files = sample.reporter().write(sample.run(), format);
                System.out.printf(
                        "%d rows, %d events each: %s in %d ms of CPU, %d KB, heap limit %d MB%n",
                        rows,
                        events,
                        format,
                        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startedAt) / 1_000_000,
                        size(files.of(format)) / 1024,
                        Runtime.getRuntime().maxMemory() >> 20);
            }
        } finally {
            if (!keep) {
                delete(directory);
            }
        }
    }

    private static void fill(SampleLedger sample, int rows, int events) {
        var owner = sample.begin(SampleLedger.RUN_ID, "key-1", SampleLedger.BEGIN);
        for (int from = 1; from <= rows; from += BLOCK) {
            var block = IntStream.range(from, Math.min(rows + 1, from + BLOCK))
                    .mapToObj(row -> SampleLedger.row(row, row + 1, "server-" + row, "wave-" + row % 10))
                    .toList();
            sample.ledger()
                    .append(
                            owner,
                            block,
                            block.stream().map(ReportMemoryBenchmark::line).toList());
            sample.ledger()
                    .write(owner, block.stream().map(row -> entry(row, events)).toList());
        }
    }

    private static LedgerWrite entry(LedgerRow row, int events) {
        var drafts = new ArrayList<EventDraft>();
        for (int at = 0; at < events; at++) {
            drafts.add(EventDraft.ofRow(
                    row,
                    EventKind.STATE,
                    "task RUNNING, copy state replicate, cycle replicating",
                    "task RUNNING, copy state syncing, cycle syncing",
                    "poll " + at));
        }
        return LedgerWrite.of(row.end(Outcome.FAILED, "given up", SampleLedger.BEGIN), drafts);
    }

    private static StoredInventoryLine line(LedgerRow row) {
        var cells = new LinkedHashMap<String, String>();
        for (int column = 0; column < 25; column++) {
            cells.put("column_" + column, "value of row " + row.row());
        }
        return new StoredInventoryLine(row.row(), row.line(), cells);
    }

    private static long size(List<Path> files) throws IOException {
        long size = 0;
        for (var file : files) {
            size += Files.size(file);
        }
        return size;
    }

    private static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
