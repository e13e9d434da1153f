package dev.smsrunner.ledger;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What SMS found when it compared the files of source and target, for a row that asks for it ({@code verify_consistency}).
 *
 * @param files how many files differ, are missing on the target or are there only; 0 unless {@link State#DIFFERENT}
 * @param detail the directories with their counts, or why nothing is known; null when there is nothing to say
 * @param at when the result was read; for {@link State#PENDING} since when the migration has waited for it at its end, null
 *     before that
 */
public record Consistency(
        State state,
        long files,
        @Nullable String detail,
        @Nullable Instant at) {

    /** How the comparison ended. */
    public enum State {
        /** There is no result yet. */
        PENDING,
        /** All files that were compared are the same. */
        SAME,
        /** Some files are not the same. */
        DIFFERENT,
        /** The row ended without a result, or the result says nothing that is understood. */
        NOT_CHECKED
    }

    /** The row asks for it, and nothing is known. */
    public static final Consistency PENDING = new Consistency(State.PENDING, 0, null, null);

    private static final String NO_RESULT = "SMS had no result when the row ended";

    /** Whether files are known to differ. */
    public boolean differs() {
        return state == State.DIFFERENT;
    }

    /** Whether it is the same result, whenever it was read. */
    public boolean isSameResult(@Nullable Consistency other) {
        return other != null && state == other.state && files == other.files && Objects.equals(detail, other.detail);
    }

    /** The migration has ended and waits for the result from now on; a result that is known stays. */
    public Consistency waitingSince(Instant now) {
        return state == State.PENDING && at == null ? new Consistency(state, files, detail, now) : this;
    }

    /** What is left of it when the row ends. */
    Consistency atEnd() {
        return state == State.PENDING
                ? new Consistency(State.NOT_CHECKED, 0, detail == null ? NO_RESULT : detail, at)
                : this;
    }

    /** As a report and an operator read it: {@code same}, {@code 12 differ}, {@code not checked}, {@code pending}. */
    public String text() {
        return switch (state) {
            case PENDING -> "pending";
            case SAME -> "same";
            case DIFFERENT -> files + " differ";
            case NOT_CHECKED -> "not checked";
        };
    }

    /** What was found, in one sentence with its figures. */
    public String sentence() {
        return "consistency check: " + finding();
    }

    /** The same without saying that it is about the comparison. */
    public String finding() {
        var what = switch (state) {
            case PENDING -> "no result yet";
            case SAME -> "all compared files are the same";
            case DIFFERENT ->
                "%d file%s not the same on source and target".formatted(files, files == 1 ? " is" : "s are");
            case NOT_CHECKED -> "not checked";
        };
        return what + (detail == null ? "" : " (" + detail + ")");
    }
}
