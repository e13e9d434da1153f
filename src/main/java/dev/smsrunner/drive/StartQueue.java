package dev.smsrunner.drive;

import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.WaveOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Whose turn it is: by wave, then priority (the higher first, as SMS counts it), then row. A wave begins when the one before
 * has nothing left to start.
 */
final class StartQueue {

    static final Comparator<Migration> TURN = Comparator.comparing(Migration::wave, WaveOrder.NATURAL)
            .thenComparing(Comparator.comparingInt(Migration::priority).reversed())
            .thenComparingInt(Migration::row);

    private StartQueue() {}

    /**
     * The rows to start now.
     *
     * @param wanting rows whose task can be started
     * @param preparing waves that still have rows without a task, which will want to start soon
     * @param free how many may be started
     */
    static List<Migration> next(List<Migration> wanting, Set<String> preparing, int free) {
        var chosen = new ArrayList<Migration>();
        for (var row : wanting.stream().sorted(TURN).toList()) {
            if (chosen.size() >= free || waits(row, preparing)) {
                break;
            }
            chosen.add(row);
        }
        return chosen;
    }

    private static boolean waits(Migration row, Set<String> preparing) {
        return preparing.stream().anyMatch(wave -> WaveOrder.NATURAL.compare(wave, row.wave()) < 0);
    }
}
