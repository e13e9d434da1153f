package dev.smsrunner.ledger;

import dev.smsrunner.inventory.WaveOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Number of rows of a run by stage and wave.
 *
 * @param waves waves in natural order ({@code wave-2} before {@code wave-10}); rows without a wave have the empty name
 * @param total all waves together, under the empty name
 */
public record StageCounts(List<Wave> waves, Wave total) {

    /**
     * Counts of one wave.
     *
     * @param stages rows by stage; stages without rows have no entry
     * @param outcomes ended rows by outcome; outcomes without rows have no entry
     * @param attention rows that need attention
     * @param copied copied bytes of the rows with known bytes
     * @param total bytes to copy of the same rows
     */
    public record Wave(
            String name,
            int rows,
            Map<Stage, Integer> stages,
            Map<Outcome, Integer> outcomes,
            int attention,
            long copied,
            long total) {

        /** Rows at the stage. */
        public int count(Stage stage) {
            return stages.getOrDefault(stage, 0);
        }

        /** Rows with the outcome. */
        public int count(Outcome outcome) {
            return outcomes.getOrDefault(outcome, 0);
        }

        /** Open rows. */
        public int openRows() {
            return rows - closedRows();
        }

        /** Ended rows. */
        public int closedRows() {
            return count(Stage.CLOSED);
        }

        /** Ended rows that did not reach their goal. */
        public int failedRows() {
            return outcomes.entrySet().stream()
                    .filter(write -> !write.getKey().isSuccess())
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        private static Wave of(String name, List<LedgerRow> rows) {
            var stages = new EnumMap<Stage, Integer>(Stage.class);
            var outcomes = new EnumMap<Outcome, Integer>(Outcome.class);
            int attention = 0;
            long copied = 0;
            long total = 0;
            for (var row : rows) {
                stages.merge(row.stage(), 1, Integer::sum);
                if (row.outcome() != null) {
                    outcomes.merge(row.outcome(), 1, Integer::sum);
                }
                attention += row.attention() == null ? 0 : 1;
                var bytes = row.observed().bytes();
                copied += bytes.map(ObservedState.Bytes::copied).orElse(0L);
                total += bytes.map(ObservedState.Bytes::total).orElse(0L);
            }
            return new Wave(name, rows.size(), Map.copyOf(stages), Map.copyOf(outcomes), attention, copied, total);
        }
    }

    /** Counts the rows. */
    public static StageCounts of(List<LedgerRow> rows) {
        var byWave = rows.stream()
                .collect(Collectors.groupingBy(
                        LedgerRow::wave, () -> new TreeMap<>(WaveOrder.NATURAL), Collectors.toList()));
        var waves = new ArrayList<Wave>(byWave.size());
        byWave.forEach((name, some) -> waves.add(Wave.of(name, some)));
        return new StageCounts(List.copyOf(waves), Wave.of("", rows));
    }
}
