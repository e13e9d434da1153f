package dev.smsrunner.cutover;

import dev.smsrunner.ledger.Stage;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Measures the CPU cost of one pass over a large run without its calls: the snapshot, the choice of starts and launches, and the
 * obstacles of all rows. Prints milliseconds. Run its {@code main} with the number of rows.
 */
final class CutoverBenchmark {

    private static final int WARM_UP = 20;
    private static final int ROUNDS = 20;

    private CutoverBenchmark() {}

    public static void main(String[] args) {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "1000")
                .with("cutover.launches", "10")
                .with("waves.wave-1.after", "wave-0");
        for (int number = 1; number <= rows; number++) {
            var stage = number % 3 == 0 ? Stage.SYNCING : number % 3 == 1 ? Stage.TASK_READY : Stage.REPLICATING;
            fixtures.row(
                    number, "server-" + number, "wave-" + number % 2, stage, "server-" + (number / 2 + 1) + "@synced");
        }
        System.out.printf(Locale.ROOT, "%d rows, CPU in ms, mean of %d%n", rows, ROUNDS);
        print("snapshot", fixtures::snapshot);
        print("launches", () -> LaunchDecider.next(fixtures.at(Stage.SYNCING), fixtures.snapshot(), OrderFixtures.NOW));
        print(
                "starts",
                () -> new StartQueue(fixtures.snapshot(), 0, OrderFixtures.NOW).next(fixtures.at(Stage.TASK_READY)));
        print("blocked rows", () -> new NotLaunchedRows(fixtures.snapshot(), null, OrderFixtures.NOW).rowsToEnd(0));
        print("obstacles of all rows", () -> WaitingReasons.of(fixtures.snapshot(), OrderFixtures.NOW));
    }

    private static void print(String what, Supplier<?> work) {
        for (int i = 0; i < WARM_UP; i++) {
            work.get();
        }
        var thread = ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadCpuTime();
        for (int i = 0; i < ROUNDS; i++) {
            work.get();
        }
        double each = (thread.getCurrentThreadCpuTime() - before) / 1e6 / ROUNDS;
        System.out.printf(Locale.ROOT, "%-24s %8.1f%n", what, each);
    }
}
