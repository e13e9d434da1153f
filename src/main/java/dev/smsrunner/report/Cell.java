package dev.smsrunner.report;

import dev.smsrunner.support.FormulaEscaper;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writer of typed workbook cells: instants in UTC, durations in hours, numbers, and texts escaped by {@link FormulaEscaper}.
 */
final class Cell {

    private static final int MAX_LENGTH = 32_767;
    private static final String CUT = " … (cut, report.json has it all)";
    private static final Pattern ESCAPE_LIKE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");
    private static final double SECONDS_PER_DAY = 86_400;

    private Cell() {}

    /** Writes one cell; null and the empty text leave it empty. */
    static void put(Worksheet sheet, int row, int column, @Nullable Object value) {
        if (value instanceof Instant at) {
            sheet.value(row, column, LocalDateTime.ofInstant(at, ZoneOffset.UTC));
            sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
        } else if (value instanceof Duration time) {
            sheet.value(row, column, time.toMillis() / 1_000.0 / SECONDS_PER_DAY);
            sheet.style(row, column).format("[hh]:mm:ss").set();
        } else if (value instanceof Number amount) {
            sheet.value(row, column, amount);
        } else if (value != null && !value.toString().isEmpty()) {
            sheet.inlineString(row, column, text(value.toString()));
        }
    }

    /** Escapes formulas and characters that XML forbids, and truncates a long text. */
    static String text(String text) {
        var safe = ESCAPE_LIKE
                .matcher(ControlCharEscaper.text(FormulaEscaper.escape(text)))
                .replaceAll("_x005F_");
        if (safe.length() <= MAX_LENGTH) {
            return safe;
        }
        int end = MAX_LENGTH - CUT.length();
        return safe.substring(0, Character.isHighSurrogate(safe.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
