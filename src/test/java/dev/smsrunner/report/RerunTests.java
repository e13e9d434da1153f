package dev.smsrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dependencies in a rerun. */
class RerunTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "good-db             | ''",
                "GOOD-DB.            | ''",
                "'good-db\u202f;'   | ''",
                "bad-db              | bad-db",
                "good-db;bad-db      | bad-db",
                "'bad-db;\u00a0 Bad-DB. ' | bad-db;Bad-DB.",
                "zu\u0308rich-db    | zu\u0308rich-db",
                "earlier-db          | ''",
                "absent-db           | absent-db",
                "twin-db             | twin-db",
                "good-db@synced      | ''",
                "bad-db@launched     | bad-db@launched",
                "absent-db@synced    | absent-db@synced",
                "'Earlier-DB. @ launched' | ''",
                "id:source-9         | id:source-9",
                "synced-db@synced    | ''",
                "synced-db           | id:source-7",
                "synced-db@launched  | id:source-7@launched",
                "''                  | ''"
            })
    void satisfiedDependenciesAreRemoved(String dependsOn, String expected) {
        var rerun = Rerun.of(
                rows(
                        row(1, "good-db", Outcome.MIGRATED),
                        row(2, "bad-db", Outcome.FAILED),
                        row(3, "z\u00fcrich-db", Outcome.FAILED),
                        row(4, "twin-db", Outcome.MIGRATED),
                        row(5, "twin-db", Outcome.FAILED),
                        row(6, "app", Outcome.REJECTED),
                        row(7, "synced-db", Outcome.SYNCED)),
                List.of("Earlier-DB"));
        var line = new StoredInventoryLine(6, 7, Map.of("server_name", "app", "depends_on", dependsOn));

        assertThat(rerun.lines(List.of(line)))
                .singleElement()
                .extracting(each -> each.cells().get("depends_on"))
                .isEqualTo(expected);
    }

    @Test
    void dependencyOnARepeatedServerStaysDespiteAnEarlierSuccess() {
        var rerun = Rerun.of(rows(row(1, "db", Outcome.FAILED), row(2, "app", Outcome.REJECTED)), List.of("db"));

        var line = rerun.line(new StoredInventoryLine(2, 3, Map.of("depends_on", "db")));

        assertThat(line.cells()).containsEntry("depends_on", "db");
    }

    private static List<ReportRow> rows(LedgerRow... rows) {
        var all = new ArrayList<ReportRow>();
        for (var row : rows) {
            all.add(new ReportRow(row, java.util.Objects.requireNonNull(row.outcome())));
        }
        return all;
    }

    private static LedgerRow row(int number, String name, Outcome outcome) {
        return SampleLedger.row(number, number + 1, name, "")
                .withSource("source-" + number, null)
                .end(outcome, null, SampleLedger.BEGIN);
    }
}
