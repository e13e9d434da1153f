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
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.NumberUtils;

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

    private static final Map<Class<?>, Function<OffsetDateTime, Object>> TIMES = Map.of(
            OffsetDateTime.class, time -> time,
            Instant.class, OffsetDateTime::toInstant,
            LocalDateTime.class, ClientValues::local,
            Timestamp.class, time -> Timestamp.valueOf(local(time)),
            LocalDate.class, time -> local(time).toLocalDate());

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
        } catch (IllegalArgumentException ex) {
            throw unconvertible(type, value, ex);
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
            return NumberUtils.convertNumberToTargetClass(decimal(value), type.asSubclass(Number.class));
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

    private static Object time(Class<?> type, Object value) throws SQLException {
        if (value instanceof LocalDate date && type == Date.class) {
            return Date.valueOf(date);
        }
        var conversion = TIMES.get(type);
        if (conversion != null && value instanceof OffsetDateTime time) {
            return conversion.apply(time);
        }
        if (conversion != null && value instanceof LocalDateTime time) {
            return conversion.apply(time.atZone(ZoneId.systemDefault()).toOffsetDateTime());
        }
        throw unconvertible(type, value, null);
    }

    private static LocalDateTime local(OffsetDateTime time) {
        return time.atZoneSameInstant(ZoneId.systemDefault()).toLocalDateTime();
    }

    private static SQLException unconvertible(Class<?> type, Object value, @Nullable Exception cause) {
        return new SQLDataException(
                "a value of %s cannot be converted to %s"
                        .formatted(value.getClass().getName(), type.getName()),
                "22018",
                cause);
    }
}
