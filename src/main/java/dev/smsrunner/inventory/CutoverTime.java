package dev.smsrunner.inventory;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Grammar of {@code cutover_at}: a date and time with an offset. */
final class CutoverTime {

    private CutoverTime() {}

    /** Problem of a non-empty cell; null when there is none. */
    static @Nullable CellProblem check(String cell) {
        if (read(cell).isPresent()) {
            return null;
        }
        try {
            LocalDateTime.parse(cell.replace(' ', 'T'));
            return new CellProblem(
                    QuotedText.of(cell) + " has no offset",
                    "write the offset, such as " + cell.replace(' ', 'T') + "+08:00");
        } catch (DateTimeException ex) {
            return new CellProblem(
                    QuotedText.of(cell) + " is not a date and time", "write one such as 2026-12-04T23:00+08:00");
        }
    }

    /** Time of a cell; empty when it has none. */
    static Optional<OffsetDateTime> read(String cell) {
        try {
            return Optional.of(OffsetDateTime.parse(cell.replace(' ', 'T')));
        } catch (DateTimeException ex) {
            return Optional.empty();
        }
    }
}
