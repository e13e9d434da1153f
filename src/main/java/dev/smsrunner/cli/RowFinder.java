package dev.smsrunner.cli;

import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.ledger.LedgerRow;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds a row of a run by its number, its server name, or both. */
record RowFinder(String runId, List<LedgerRow> rows) {

    private static final int MAX_LISTED = 10;

    /**
     * Finds the row.
     *
     * @param number value of {@code --row}, null when not given
     * @param server value of {@code --server}, in any spelling of the name; null when not given
     * @throws CommandException when no row matches, or the name matches several rows
     */
    LedgerRow find(@Nullable Integer number, @Nullable String server) {
        var key = server == null ? null : ServerName.key(server);
        var found = rows.stream()
                .filter(row -> number == null || row.row() == number)
                .filter(row -> key == null || key.equals(ServerName.key(row.serverName())))
                .toList();
        return switch (found.size()) {
            case 0 ->
                throw CommandException.badInput(
                        "Run %s has no such row. Use 'status %s --json' to list all rows.".formatted(runId, runId));
            case 1 -> found.get(0);
            default ->
                throw CommandException.badInput("%d rows of run %s have the server name %s: %s. Select one with --row."
                        .formatted(found.size(), runId, server, list(found)));
        };
    }

    private static String list(List<LedgerRow> found) {
        var first = found.stream().limit(MAX_LISTED).map(RowFinder::describe).collect(Collectors.joining("; "));
        return found.size() > MAX_LISTED ? first + "; and " + (found.size() - MAX_LISTED) + " more" : first;
    }

    private static String describe(LedgerRow row) {
        return "row %d (line %d%s%s, %s)"
                .formatted(
                        row.row(),
                        row.line(),
                        row.wave().isEmpty() ? "" : ", " + row.wave(),
                        row.sourceId() == null ? "" : ", source " + row.sourceId(),
                        row.outcome() == null ? row.stage() : row.outcome());
    }
}
