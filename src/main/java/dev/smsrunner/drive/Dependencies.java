package dev.smsrunner.drive;

import dev.smsrunner.ledger.Migration;
import java.util.Optional;

/** What the servers that a row depends on mean for its start. */
final class Dependencies {

    private Dependencies() {}

    /** Whether every server that the row depends on has reached its goal. */
    static boolean met(Migration row, Board board) {
        return row.dependsOn().stream().map(board::named).allMatch(other -> other == null || reached(other));
    }

    /** Why the row can never be started, empty when it still can. */
    static Optional<String> broken(Migration row, Board board) {
        return row.dependsOn().stream()
                .map(board::named)
                .filter(other -> other != null && !other.open() && !reached(other))
                .map(other -> "not started: it depends on %s (row %d), which ended %s"
                        .formatted(other.serverName(), other.row(), other.outcome()))
                .findFirst();
    }

    private static boolean reached(Migration other) {
        return other.outcome() != null && other.outcome().success();
    }
}
