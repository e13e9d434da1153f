package dev.smsrunner.cli;

import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.ledger.LedgerRow;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the one row of a run that an operator means by its number, by the name of its server, or by both. */
final class RowFinder {

    private static final int MOST_LISTED = 10;

    private final String runId;
    private final List<LedgerRow> rows;

    RowFinder(String runId, List<LedgerRow> rows) {
        this.runId = runId;
        this.rows = rows;
    }

    /**
     * The row.
     *
     * @param number as {@code --row} says it, null when it is not given
     * @param server as {@code --server} says it, in any spelling of the name; null when it is not given
     * @throws CommandException when no row fits, or the name alone fits several
     */
    LedgerRow find(@Nullable Integer number, @Nullable String server) {
        var key = server == null ? null : ServerName.key(server);
        var found = rows.stream()
                .filter(row -> number == null || row.row() == number)
                .filter(row -> key == null || key.equals(ServerName.key(row.serverName())))
                .toList();
        return switch (found.size()) {
            case 0 ->
                throw refused("Run %s has no such row. 'status %s' has them all with --json.".formatted(runId, runId));
            case 1 -> found.get(0);
            default ->
                throw refused("%d rows of run %s have the server name %s: %s. Say which one with --row."
                        .formatted(found.size(), runId, server, listed(found)));
        };
    }

    private static String listed(List<LedgerRow> found) {
        var first = found.stream().limit(MOST_LISTED).map(RowFinder::told).collect(Collectors.joining("; "));
        return found.size() > MOST_LISTED ? first + "; and " + (found.size() - MOST_LISTED) + " more" : first;
    }

    private static String told(LedgerRow row) {
        return "row %d (line %d%s%s, %s)"
                .formatted(
                        row.row(),
                        row.line(),
                        row.wave().isEmpty() ? "" : ", " + row.wave(),
                        row.sourceId() == null ? "" : ", source " + row.sourceId(),
                        row.outcome() == null ? row.stage() : row.outcome());
    }

    private static CommandException refused(String why) {
        return new CommandException(ExitCode.BAD_INPUT, why);
    }
}
