package dev.smsrunner.drive;

import dev.smsrunner.ledger.Migration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the servers that a row depends on mean for its start. A name means all rows that have it; one that the run does not have
 * counts only when such a server reached its goal in a run that this one repeats.
 */
final class Dependencies {

    private Dependencies() {}

    /** Whether every server that the row depends on has reached its goal. */
    static boolean met(Migration row, Board board) {
        return row.dependsOn().stream().allMatch(name -> met(name, board));
    }

    private static boolean met(String name, Board board) {
        var rows = board.named(name);
        return rows.isEmpty() ? board.reachedBefore(name) : rows.stream().allMatch(Dependencies::reached);
    }

    /** Why the row can never be started, empty when it still can. */
    static Optional<String> broken(Migration row, Board board) {
        return row.dependsOn().stream()
                .flatMap(name -> broken(name, board))
                .findFirst()
                .map(why -> "not started: it depends on " + why);
    }

    private static Stream<String> broken(String name, Board board) {
        if (board.named(name).isEmpty() && !board.reachedBefore(name)) {
            return Stream.of("%s, which is no server of this run".formatted(name));
        }
        return board.named(name).stream()
                .filter(other -> !other.open() && !reached(other))
                .map(other ->
                        "%s (row %d), which ended %s".formatted(other.serverName(), other.row(), other.outcome()));
    }

    private static boolean reached(Migration other) {
        return other.outcome() != null && other.outcome().success();
    }
}
