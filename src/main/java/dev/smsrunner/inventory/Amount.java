package dev.smsrunner.inventory;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Grammar of positive decimal numbers with a fixed unit. */
final class Amount {

    private static final BigDecimal MAX = new BigDecimal(1_000_000);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,7}(?:\\.[0-9]{1,6})?");

    /** A point before three digits may separate thousands. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[1-9][0-9]{0,2}\\.[0-9]{3}");

    private Amount() {}

    /** Problem of a size in GB, or null. */
    static @Nullable CellProblem size(String cell) {
        return check(cell, "a size in GB", "45 or 45.5");
    }

    /** Problem of a link speed in Mbit/s, or null. */
    static @Nullable CellProblem link(String cell) {
        return check(cell, "a link speed in Mbit/s", "100 or 2.5");
    }

    private static @Nullable CellProblem check(String cell, String noun, String example) {
        if (AMBIGUOUS.matcher(cell).matches()) {
            return new CellProblem(
                    QuotedText.of(cell) + " may have a point between thousands",
                    "write " + cell.replace(".", "") + ", or at most two digits after the point");
        }
        return read(cell).isPresent()
                ? null
                : new CellProblem(
                        QuotedText.of(cell) + " is not " + noun,
                        "write a number above 0 and up to 1000000 such as " + example
                                + ", without unit, comma and blank");
    }

    /** Value of a cell; empty for a cell that is no such number, as a run of an earlier version may have it. */
    static Optional<BigDecimal> read(String cell) {
        return Optional.of(cell)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(BigDecimal::new)
                .filter(value -> value.signum() > 0 && value.compareTo(MAX) <= 0);
    }
}
