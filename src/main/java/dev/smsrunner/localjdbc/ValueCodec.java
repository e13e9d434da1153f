package dev.smsrunner.localjdbc;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Codec of column values and parameters as tagged bytes. It rejects classes without a tag and never deserializes by name. */
final class ValueCodec {

    private static final byte NULL = 0;
    private static final byte TEXT = 1;
    private static final byte LONG = 2;
    private static final byte INT = 3;
    private static final byte SHORT = 4;
    private static final byte BYTE = 5;
    private static final byte TRUE = 6;
    private static final byte FALSE = 7;
    private static final byte DOUBLE = 8;
    private static final byte FLOAT = 9;
    private static final byte DECIMAL = 10;
    private static final byte BYTES = 11;
    private static final byte DATE = 12;
    private static final byte DATE_TIME = 13;
    private static final byte OFFSET_DATE_TIME = 14;

    private ValueCodec() {}

    /** Whether the value can be written. */
    static boolean supports(@Nullable Object value) {
        return value == null
                || value instanceof CharSequence
                || value instanceof Character
                || value instanceof Number && !(value instanceof BigInteger)
                || value instanceof Boolean
                || value instanceof byte[]
                || value instanceof LocalDate
                || value instanceof LocalDateTime
                || value instanceof OffsetDateTime
                || value instanceof Instant
                || value instanceof Timestamp
                || value instanceof Date;
    }

    static void write(DataOutput out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof Boolean yes) {
            out.writeByte(yes ? TRUE : FALSE);
        } else if (value instanceof Number number) {
            writeNumber(out, number);
        } else if (value instanceof byte[] bytes) {
            out.writeByte(BYTES);
            writeBytes(out, bytes);
        } else if (value instanceof CharSequence || value instanceof Character) {
            out.writeByte(TEXT);
            writeText(out, value.toString());
        } else {
            writeTime(out, value);
        }
    }

    private static void writeNumber(DataOutput out, Number number) throws IOException {
        if (number instanceof Long) {
            out.writeByte(LONG);
            out.writeLong(number.longValue());
        } else if (number instanceof Integer) {
            out.writeByte(INT);
            out.writeInt(number.intValue());
        } else if (number instanceof Double) {
            out.writeByte(DOUBLE);
            out.writeDouble(number.doubleValue());
        } else if (number instanceof Float) {
            out.writeByte(FLOAT);
            out.writeFloat(number.floatValue());
        } else if (number instanceof Short) {
            out.writeByte(SHORT);
            out.writeShort(number.shortValue());
        } else if (number instanceof Byte) {
            out.writeByte(BYTE);
            out.writeByte(number.byteValue());
        } else if (number instanceof BigDecimal) {
            out.writeByte(DECIMAL);
            writeText(out, number.toString());
        } else {
            throw unknown(number);
        }
    }

    private static void writeTime(DataOutput out, Object value) throws IOException {
        if (value instanceof OffsetDateTime time) {
            out.writeByte(OFFSET_DATE_TIME);
            writeDateTime(out, time.toLocalDateTime());
            out.writeInt(time.getOffset().getTotalSeconds());
        } else if (value instanceof Instant time) {
            write(out, time.atOffset(ZoneOffset.UTC));
        } else if (value instanceof LocalDateTime time) {
            out.writeByte(DATE_TIME);
            writeDateTime(out, time);
        } else if (value instanceof Timestamp time) {
            write(out, time.toLocalDateTime());
        } else if (value instanceof LocalDate date) {
            out.writeByte(DATE);
            out.writeLong(date.toEpochDay());
        } else if (value instanceof Date date) {
            write(out, date.toLocalDate());
        } else {
            throw unknown(value);
        }
    }

    private static void writeDateTime(DataOutput out, LocalDateTime time) throws IOException {
        out.writeLong(time.toEpochSecond(ZoneOffset.UTC));
        out.writeInt(time.getNano());
    }

    private static IOException unknown(Object value) {
        return new IOException("a value of " + value.getClass().getName() + " is not supported");
    }

    static @Nullable Object read(DataInput in) throws IOException {
        byte tag = in.readByte();
        return switch (tag) {
            case NULL -> null;
            case TEXT -> readText(in);
            case LONG -> in.readLong();
            case INT -> in.readInt();
            case SHORT -> in.readShort();
            case BYTE -> in.readByte();
            case TRUE -> true;
            case FALSE -> false;
            case DOUBLE -> in.readDouble();
            case FLOAT -> in.readFloat();
            case DECIMAL -> new BigDecimal(readText(in));
            case BYTES -> readBytes(in);
            case DATE -> LocalDate.ofEpochDay(in.readLong());
            case DATE_TIME -> readDateTime(in);
            case OFFSET_DATE_TIME -> OffsetDateTime.of(readDateTime(in), ZoneOffset.ofTotalSeconds(in.readInt()));
            default -> throw new IOException("unknown kind of value: " + tag);
        };
    }

    private static LocalDateTime readDateTime(DataInput in) throws IOException {
        return LocalDateTime.ofEpochSecond(in.readLong(), in.readInt(), ZoneOffset.UTC);
    }

    static void writeText(DataOutput out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static void writeOptional(DataOutput out, @Nullable String text) throws IOException {
        write(out, text);
    }

    static @Nullable String readOptional(DataInput in) throws IOException {
        return (String) read(in);
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
