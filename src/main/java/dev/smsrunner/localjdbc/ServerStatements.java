package dev.smsrunner.localjdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;

/** Executor of one client's requests on its connection to the database. */
final class ServerStatements implements AutoCloseable {

    private static final int MAX_CURSORS = 32;

    private final Connection connection;
    private final Map<Integer, RowPages> cursors = new HashMap<>();
    private int lastCursor;
    private boolean inTransaction;

    ServerStatements(Connection connection) {
        this.connection = connection;
    }

    /** Whether a statement ran since the last commit, outside of autocommit. */
    boolean inTransaction() {
        return inTransaction;
    }

    /** Whether another thread closed the database. */
    boolean isClosed() throws SQLException {
        return connection.isClosed();
    }

    /** Executes a request and returns the answer frame. */
    byte[] answer(byte[] request) throws IOException, SQLException {
        var in = Protocol.reader(request);
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        byte operation = in.readByte();
        switch (operation) {
            case Protocol.EXECUTE -> execute(in, out);
            case Protocol.BATCH -> batch(in, out);
            case Protocol.FETCH -> fetch(in.readInt(), out);
            default -> transaction(operation, in, out);
        }
        if (bytes.size() > Protocol.LARGEST_FRAME) {
            throw new SQLNonTransientException(
                    "a row exceeds %d bytes, the limit for another process".formatted(Protocol.LARGEST_FRAME));
        }
        return bytes.toByteArray();
    }

    private void transaction(byte operation, DataInputStream in, DataOutputStream out)
            throws IOException, SQLException {
        out.writeByte(Protocol.DONE);
        switch (operation) {
            case Protocol.COMMIT -> {
                connection.commit();
                inTransaction = false;
            }
            case Protocol.ROLLBACK -> {
                connection.rollback();
                inTransaction = false;
            }
            case Protocol.AUTO_COMMIT -> {
                connection.setAutoCommit(in.readBoolean());
                inTransaction = false;
            }
            case Protocol.ISOLATION -> connection.setTransactionIsolation(in.readInt());
            case Protocol.READ_ONLY -> connection.setReadOnly(in.readBoolean());
            case Protocol.PING -> out.writeBoolean(connection.isValid(1));
            case Protocol.CLOSE_CURSOR -> closeCursor(in.readInt());
            default -> throw new IOException("unknown operation " + operation);
        }
    }

    private void beginTransaction() throws SQLException {
        inTransaction = !connection.getAutoCommit();
    }

    private void execute(DataInputStream in, DataOutputStream out) throws IOException, SQLException {
        var sql = ValueCodec.readText(in);
        var keys = StatementKeys.read(in);
        int timeout = in.readInt();
        long maxRows = in.readLong();
        beginTransaction();
        var statement = keys.prepare(connection, sql);
        boolean open = false;
        try {
            statement.setQueryTimeout(timeout);
            statement.setLargeMaxRows(maxRows);
            parameters(in, statement);
            if (statement.execute()) {
                open = rows(new RowPages(statement.getResultSet()), out);
            } else {
                out.writeByte(Protocol.COUNT);
                out.writeLong(statement.getLargeUpdateCount());
                keys.writeGeneratedKeys(statement, out);
            }
        } finally {
            if (!open) {
                statement.close();
            }
        }
    }

    /** Writes the first page; returns true when there are more rows, so that the result stays open. */
    private boolean rows(RowPages pages, DataOutputStream out) throws IOException, SQLException {
        out.writeByte(Protocol.ROWS);
        pages.writeColumns(out);
        out.writeInt(lastCursor + 1);
        pages.writePage(out);
        if (pages.isComplete()) {
            return false;
        }
        if (cursors.size() >= MAX_CURSORS) {
            throw new SQLNonTransientException("too many open results");
        }
        cursors.put(++lastCursor, pages);
        return true;
    }

    private void fetch(int id, DataOutputStream out) throws IOException, SQLException {
        var pages = cursors.get(id);
        if (pages == null) {
            throw new SQLNonTransientException("the result %d is not open".formatted(id));
        }
        out.writeByte(Protocol.DONE);
        pages.writePage(out);
        if (pages.isComplete()) {
            closeCursor(id);
        }
    }

    private void closeCursor(int id) throws SQLException {
        var pages = cursors.remove(id);
        if (pages != null) {
            pages.close();
        }
    }

    private static void parameters(DataInputStream in, PreparedStatement statement) throws IOException, SQLException {
        int count = ValueCodec.length(in);
        for (int i = 1; i <= count; i++) {
            var value = ValueCodec.read(in);
            if (value == null) {
                statement.setNull(i, Types.NULL);
            } else {
                statement.setObject(i, value);
            }
        }
    }

    /** Executes one statement with many sets of parameters, or many statements without parameters. */
    private void batch(DataInputStream in, DataOutputStream out) throws IOException, SQLException {
        boolean prepared = in.readBoolean();
        beginTransaction();
        try (var statement =
                prepared ? connection.prepareStatement(ValueCodec.readText(in)) : connection.createStatement()) {
            for (int left = ValueCodec.length(in); left > 0; left--) {
                if (statement instanceof PreparedStatement one && prepared) {
                    parameters(in, one);
                    one.addBatch();
                } else {
                    statement.addBatch(ValueCodec.readText(in));
                }
            }
            var counts = statement.executeLargeBatch();
            out.writeByte(Protocol.COUNTS);
            SqlFailure.writeCounts(out, counts);
        }
    }

    @Override
    public void close() throws SQLException {
        for (var open : cursors.values()) {
            open.close();
        }
        cursors.clear();
    }

    /** Requested keys that the database generates for new rows. */
    record StatementKeys(boolean requested, String[] columns) {

        static final StatementKeys NONE = new StatementKeys(false, new String[0]);

        static StatementKeys read(DataInputStream in) throws IOException {
            boolean requested = in.readBoolean();
            var columns = new String[Math.min(ValueCodec.length(in), 64)];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = ValueCodec.readText(in);
            }
            return new StatementKeys(requested, columns);
        }

        void write(DataOutputStream out) throws IOException {
            out.writeBoolean(requested);
            out.writeInt(columns.length);
            for (var column : columns) {
                ValueCodec.writeText(out, column);
            }
        }

        PreparedStatement prepare(Connection connection, String sql) throws SQLException {
            if (!requested) {
                return connection.prepareStatement(sql);
            }
            return columns.length == 0
                    ? connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)
                    : connection.prepareStatement(sql, columns);
        }

        void writeGeneratedKeys(PreparedStatement statement, DataOutputStream out) throws IOException, SQLException {
            out.writeBoolean(requested);
            if (requested) {
                var keys = new RowPages(statement.getGeneratedKeys());
                keys.writeColumns(out);
                keys.writePage(out);
            }
        }
    }
}
