package dev.smsrunner.localjdbc;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/** Conversion of column values to requested classes, as H2 converts them. */
final class ClientValues {

    /** H2's text format of times. */
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    private static final DateTimeFormatter OFFSET_DATE_TIME = new DateTimeFormatterBuilder()
            .append(DATE_TIME)
            .appendOffset("+HH:mm", "+00")
            .toFormatter();

    private ClientValues() {}

    /** Converts a value as {@code getObject} of the driver does. */
    static @Nullable Object object(@Nullable Object value) {
        if (value instanceof LocalDateTime time) {
            return Timestamp.valueOf(time);
        }
        return value instanceof LocalDate date ? Date.valueOf(date) : value;
    }

    /**
     * Converts a value to a class.
     *
     * @throws SQLException when the value cannot be converted
     */
    static <T> @Nullable T as(Class<T> type, @Nullable Object value) throws SQLException {
        if (value == null || type.isInstance(value)) {
            return type.cast(value);
        }
        try {
            return type.cast(convert(type, value));
        } catch (NumberFormatException | ArithmeticException ex) {
            throw new SQLDataException(
                    "a value of %s cannot be converted to %s"
                            .formatted(value.getClass().getName(), type.getName()),
                    "22018",
                    ex);
        }
    }

    private static Object convert(Class<?> type, Object value) throws SQLException {
        if (type == String.class) {
            return text(value);
        }
        if (type == Boolean.class) {
            return bool(value);
        }
        if (Number.class.isAssignableFrom(type)) {
            return number(type, decimal(value));
        }
        if (type == byte[].class) {
            return text(value).getBytes(StandardCharsets.UTF_8);
        }
        return time(type, value);
    }

    private static String text(Object value) {
        if (value instanceof OffsetDateTime time) {
            return OFFSET_DATE_TIME.format(time);
        }
        if (value instanceof LocalDateTime time) {
            return DATE_TIME.format(time);
        }
        if (value instanceof Boolean yes) {
            return yes ? "TRUE" : "FALSE";
        }
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }

    private static boolean bool(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        var text = value.toString();
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("t") || text.equals("1");
    }

    private static BigDecimal decimal(Object value) {
        if (value instanceof Boolean yes) {
            return yes ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return new BigDecimal(value.toString().strip());
    }

    private static Number number(Class<?> type, BigDecimal value) throws SQLException {
        if (type == BigDecimal.class) {
            return value;
        }
        if (type == Double.class) {
            return value.doubleValue();
        }
        if (type == Float.class) {
            return value.floatValue();
        }
        long whole = value.toBigInteger().longValueExact();
        if (type == Long.class) {
            return whole;
        }
        if (type == Integer.class) {
            return Math.toIntExact(whole);
        }
        if (type == Short.class && whole == (short) whole) {
            return (short) whole;
        }
        if (type == Byte.class && whole == (byte) whole) {
            return (byte) whole;
        }
        throw new SQLDataException("the value is out of the range of " + type.getName(), "22003");
    }

    private static Object time(Class<?> type, Object value) throws SQLException {
        if (value instanceof LocalDate date && type == Date.class) {
            return Date.valueOf(date);
        }
        OffsetDateTime moment;
        if (value instanceof OffsetDateTime time) {
            moment = time;
        } else if (value instanceof LocalDateTime time) {
            moment = time.atZone(ZoneId.systemDefault()).toOffsetDateTime();
        } else {
            throw unconvertible(type, value);
        }
        if (type == OffsetDateTime.class) {
            return moment;
        }
        if (type == Instant.class) {
            return moment.toInstant();
        }
        var local = moment.atZoneSameInstant(ZoneId.systemDefault()).toLocalDateTime();
        if (type == LocalDateTime.class) {
            return local;
        }
        if (type == Timestamp.class) {
            return Timestamp.valueOf(local);
        }
        if (type == LocalDate.class) {
            return local.toLocalDate();
        }
        throw unconvertible(type, value);
    }

    private static SQLException unconvertible(Class<?> type, Object value) {
        return new SQLDataException(
                "a value of %s cannot be converted to %s"
                        .formatted(value.getClass().getName(), type.getName()),
                "22018");
    }
}
