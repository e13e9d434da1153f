package dev.smsrunner.localjdbc;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Codec of SQL exceptions: kind, state, code, text and next exception. The client throws an exception of the same JDBC
 * class, so callers treat it like one of the driver.
 */
final class SqlFailure {

    /** Maximum number of chained exceptions sent. */
    private static final int DEPTH = 4;

    private static final int BATCH = 100;

    /** Exception classes, subclasses before their superclasses. */
    private static final List<Kind> KINDS = List.of(
            new Kind(SQLIntegrityConstraintViolationException.class, SQLIntegrityConstraintViolationException::new),
            new Kind(SQLSyntaxErrorException.class, SQLSyntaxErrorException::new),
            new Kind(SQLDataException.class, SQLDataException::new),
            new Kind(SQLFeatureNotSupportedException.class, SQLFeatureNotSupportedException::new),
            new Kind(SQLInvalidAuthorizationSpecException.class, SQLInvalidAuthorizationSpecException::new),
            new Kind(SQLNonTransientConnectionException.class, SQLNonTransientConnectionException::new),
            new Kind(SQLNonTransientException.class, SQLNonTransientException::new),
            new Kind(SQLTimeoutException.class, SQLTimeoutException::new),
            new Kind(SQLTransactionRollbackException.class, SQLTransactionRollbackException::new),
            new Kind(SQLTransientConnectionException.class, SQLTransientConnectionException::new),
            new Kind(SQLTransientException.class, SQLTransientException::new),
            new Kind(SQLRecoverableException.class, SQLRecoverableException::new),
            new Kind(SQLException.class, SQLException::new));

    private record Kind(Class<? extends SQLException> type, Factory factory) {}

    @FunctionalInterface
    private interface Factory {
        SQLException create(@Nullable String text, @Nullable String state, int code);
    }

    private SqlFailure() {}

    static void write(DataOutput out, SQLException failure) throws IOException {
        write(out, failure, DEPTH);
    }

    private static void write(DataOutput out, SQLException failure, int depth) throws IOException {
        boolean batch = failure instanceof BatchUpdateException;
        out.writeByte(batch ? BATCH : kind(failure));
        ValueCodec.write(out, failure.getMessage());
        ValueCodec.write(out, failure.getSQLState());
        out.writeInt(failure.getErrorCode());
        if (batch) {
            writeCounts(out, ((BatchUpdateException) failure).getLargeUpdateCounts());
        }
        var next = failure.getNextException();
        out.writeBoolean(next != null && depth > 0);
        if (next != null && depth > 0) {
            write(out, next, depth - 1);
        }
    }

    private static int kind(SQLException failure) {
        int kind = 0;
        while (!KINDS.get(kind).type().isInstance(failure)) {
            kind++;
        }
        return kind;
    }

    static SQLException read(DataInput in) throws IOException {
        int kind = in.readUnsignedByte();
        var text = (String) ValueCodec.read(in);
        var state = (String) ValueCodec.read(in);
        int code = in.readInt();
        if (kind != BATCH && kind >= KINDS.size()) {
            throw new IOException("unknown kind of failure: " + kind);
        }
        var counts = kind == BATCH ? readCounts(in) : null;
        var next = in.readBoolean() ? read(in) : null;
        var failure = counts != null
                ? new BatchUpdateException(text, state, code, counts, next)
                : KINDS.get(kind).factory().create(text, state, code);
        if (next != null) {
            failure.setNextException(next);
        }
        return failure;
    }

    static void writeCounts(DataOutput out, long[] counts) throws IOException {
        out.writeInt(counts.length);
        for (long count : counts) {
            out.writeLong(count);
        }
    }

    static long[] readCounts(DataInput in) throws IOException {
        int length = ValueCodec.length(in);
        if (length > Protocol.LARGEST_FRAME / Long.BYTES) {
            throw new IOException("invalid number of batch counts: " + length);
        }
        var counts = new long[length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.readLong();
        }
        return counts;
    }
}
