package dev.smsrunner.ledger;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Result of SMS's comparison of source and target files, for a row with {@code verify_consistency}.
 *
 * @param files number of files that differ, are missing on the target or exist only there; 0 unless {@link State#DIFFERENT}
 * @param detail directories with their counts, or the cause of a missing result; null when there is none
 * @param at time of the read; for {@link State#PENDING} the start of the migration's wait at its end, null before
 */
public record Consistency(
        State state,
        long files,
        @Nullable String detail,
        @Nullable Instant at) {

    /** Outcomes of the comparison. */
    public enum State {
        /** There is no result yet. */
        PENDING,
        /** All files that were compared are the same. */
        SAME,
        /** Some files are not the same. */
        DIFFERENT,
        /** The row ended without a result, or the result is not understood. */
        NOT_CHECKED
    }

    /** The row requests a comparison, and no result is known. */
    public static final Consistency PENDING = new Consistency(State.PENDING, 0, null, null);

    private static final String NO_RESULT = "SMS had no result when the row ended";

    /** Whether files are known to differ. */
    public boolean differs() {
        return state == State.DIFFERENT;
    }

    /** Whether the result is equal, apart from the time of the read. */
    public boolean isSameResult(@Nullable Consistency other) {
        return other != null && state == other.state && files == other.files && Objects.equals(detail, other.detail);
    }

    /** Starts the wait for the result at the end of the migration; a known result is unchanged. */
    public Consistency waitingSince(Instant now) {
        return state == State.PENDING && at == null ? new Consistency(state, files, detail, now) : this;
    }

    /** Final result when the row ends. */
    Consistency atEnd() {
        return state == State.PENDING
                ? new Consistency(State.NOT_CHECKED, 0, detail == null ? NO_RESULT : detail, at)
                : this;
    }

    /** Short form for reports and operators: {@code same}, {@code 12 differ}, {@code not checked}, {@code pending}. */
    public String text() {
        return switch (state) {
            case PENDING -> "pending";
            case SAME -> "same";
            case DIFFERENT -> files + " differ";
            case NOT_CHECKED -> "not checked";
        };
    }

    /** Result with its figures in one sentence. */
    public String sentence() {
        return "consistency check: " + finding();
    }

    /** Result without its label. */
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
