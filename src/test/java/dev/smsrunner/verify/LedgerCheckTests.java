package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks of the tables alone. */
class LedgerCheckTests {

    @ParameterizedTest
    @CsvSource({"MIGRATED, 1", "FAILED, 1", "SKIPPED, 0", "REJECTED, 0"})
    void twoActiveRowsOfASourceAreFound(String outcome, int violations) {
        assertThat(found(List.of(row(1, "source-a", outcome), row(2, "source-a", "MIGRATED")), List.of(), Set.of()))
                .hasSize(violations);
    }

    @Test
    void secondCreateIsFoundUnlessTheRowWasReopened() {
        var rows = List.of(row(1, "source-a", "MIGRATED"), row(2, "source-b", "MIGRATED"));
        var creates = List.of(create(1, 1), create(1, 2), create(2, 1), create(2, 2));

        assertThat(found(rows, creates, Set.of(2)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.row()).isEqualTo(1));
    }

    private static List<Violation> found(
            List<Map<String, @Nullable Object>> rows,
            List<Map<String, @Nullable Object>> intents,
            Set<Integer> reopened) {
        var findings = new Findings(Map.of());
        new LedgerCheck(new Tables(run(), rows, List.of(), intents, List.of(), List.of()), false, reopened, findings)
                .check();
        return findings.result("run", null).violations().stream()
                .filter(violation -> violation.invariant().equals("I1"))
                .toList();
    }

    private static Map<String, @Nullable Object> run() {
        return new HashMap<>(Map.of("job", "migrate", "state", "FINISHED", "inventory_file", "none.csv"));
    }

    private static Map<String, @Nullable Object> row(long row, String source, String outcome) {
        return new HashMap<>(Map.of("row_no", row, "source_id", source, "stage", "CLOSED", "outcome", outcome));
    }

    private static Map<String, @Nullable Object> create(long row, long attempt) {
        return new HashMap<>(Map.of("row_no", row, "operation", "CREATE", "attempt", attempt, "state", "DONE"));
    }
}
