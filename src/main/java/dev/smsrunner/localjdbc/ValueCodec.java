package dev.smsrunner.localjdbc;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Codec of column values and parameters as tagged bytes. It rejects classes without a tag and never deserializes by name. */
final class ValueCodec {

    /** Kind of a value. The ordinal is its tag in a frame. */
    private enum Kind {
        NULL(Void.class, (out, value) -> {}, in -> null),
        TEXT(String.class, ValueCodec::writeText, ValueCodec::readText),
        LONG(Long.class, DataOutput::writeLong, DataInput::readLong),
        INT(Integer.class, DataOutput::writeInt, DataInput::readInt),
        SHORT(Short.class, (out, value) -> out.writeShort(value), DataInput::readShort),
        BYTE(Byte.class, (out, value) -> out.writeByte(value), DataInput::readByte),
        TRUE(Boolean.class, (out, value) -> {}, in -> true),
        FALSE(Boolean.class, (out, value) -> {}, in -> false),
        DOUBLE(Double.class, DataOutput::writeDouble, DataInput::readDouble),
        FLOAT(Float.class, DataOutput::writeFloat, DataInput::readFloat),
        DECIMAL(BigDecimal.class, (out, value) -> writeText(out, value.toString()), in -> new BigDecimal(readText(in))),
        BYTES(byte[].class, ValueCodec::writeBytes, ValueCodec::readBytes),
        DATE(
                LocalDate.class,
                (out, date) -> out.writeLong(date.toEpochDay()),
                in -> LocalDate.ofEpochDay(in.readLong())),
        DATE_TIME(LocalDateTime.class, ValueCodec::writeDateTime, ValueCodec::readDateTime),
        OFFSET_DATE_TIME(
                OffsetDateTime.class,
                (out, time) -> {
                    writeDateTime(out, time.toLocalDateTime());
                    out.writeInt(time.getOffset().getTotalSeconds());
                },
                in -> OffsetDateTime.of(readDateTime(in), ZoneOffset.ofTotalSeconds(in.readInt())));

        private static final List<Kind> ALL = List.of(values());
        private static final Map<Class<?>, Kind> BY_TYPE =
                Arrays.stream(values()).collect(Collectors.toMap(kind -> kind.type, Function.identity(), (a, b) -> a));

        private final Class<?> type;
        private final ValueWriter<Object> writer;
        private final ValueReader reader;

        <T> Kind(Class<T> type, ValueWriter<T> writer, ValueReader reader) {
            this.type = type;
            this.writer = (out, value) -> writer.write(out, type.cast(value));
            this.reader = reader;
        }

        static @Nullable Kind of(@Nullable Object value) {
            if (value == null) {
                return NULL;
            }
            return Boolean.FALSE.equals(value) ? FALSE : BY_TYPE.get(value.getClass());
        }
    }

    @FunctionalInterface
    private interface ValueWriter<T> {
        void write(DataOutput out, T value) throws IOException;
    }

    @FunctionalInterface
    private interface ValueReader {
        @Nullable
        Object read(DataInput in) throws IOException;
    }

    private ValueCodec() {}

    /** Whether the value can be written. */
    static boolean supports(@Nullable Object value) {
        return Kind.of(standard(value)) != null;
    }

    static void write(DataOutput out, @Nullable Object value) throws IOException {
        var standard = standard(value);
        var kind = Kind.of(standard);
        if (kind == null) {
            throw new IOException(
                    "a value of " + Objects.requireNonNull(standard).getClass().getName() + " is not supported");
        }
        out.writeByte(kind.ordinal());
        if (standard != null) {
            kind.writer.write(out, standard);
        }
    }

    /** The value as an instance of a class with a tag, if there is one for it. */
    private static @Nullable Object standard(@Nullable Object value) {
        if (value instanceof CharSequence || value instanceof Character) {
            return value.toString();
        }
        if (value instanceof Instant time) {
            return time.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime();
        }
        return value instanceof Date date ? date.toLocalDate() : value;
    }

    static @Nullable Object read(DataInput in) throws IOException {
        byte tag = in.readByte();
        if (tag < 0 || tag >= Kind.ALL.size()) {
            throw new IOException("unknown kind of value: " + tag);
        }
        return Kind.ALL.get(tag).reader.read(in);
    }

    static void writeAll(DataOutput out, List<? extends @Nullable Object> values) throws IOException {
        out.writeInt(values.size());
        for (var value : values) {
            write(out, value);
        }
    }

    private static void writeDateTime(DataOutput out, LocalDateTime time) throws IOException {
        out.writeLong(time.toEpochSecond(ZoneOffset.UTC));
        out.writeInt(time.getNano());
    }

    private static LocalDateTime readDateTime(DataInput in) throws IOException {
        return LocalDateTime.ofEpochSecond(in.readLong(), in.readInt(), ZoneOffset.UTC);
    }

    static void writeText(DataOutput out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String readText(DataInput in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        var bytes = new byte[length(in)];
        in.readFully(bytes);
        return bytes;
    }

    /** Reads a count of elements or bytes. Each takes at least one byte of the frame, which bounds the count. */
    static int length(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > Protocol.LARGEST_FRAME) {
            throw new IOException("invalid length: " + length);
        }
        return length;
    }
}
