package dev.smsrunner.localjdbc;

import dev.smsrunner.localjdbc.ServerStatements.StatementKeys;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Statement, prepared or not, over a socket. Each execution sends it with its parameters. */
final class ClientStatement extends InterfaceHandler {

    private final ClientLink link;
    private final Connection connection;
    private final @Nullable String prepared;
    private final StatementKeys keys;
    private final ClientBatch batch;
    private final List<@Nullable Object> parameters = new ArrayList<>();
    private @Nullable ClientRows rows;
    private @Nullable ResultSet result;
    private @Nullable ResultSet generatedKeys;
    private long count = -1;
    private int timeout;
    private long maxRows;
    private boolean closed;

    ClientStatement(ClientLink link, Connection connection, @Nullable String prepared, StatementKeys keys) {
        this.link = link;
        this.connection = connection;
        this.prepared = prepared;
        this.keys = keys;
        this.batch = new ClientBatch(link, prepared);
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object[] arguments) throws SQLException {
        var name = method.getName();
        if (name.startsWith("set") && arguments.length > 1 && arguments[0] instanceof Integer at) {
            parameter(at, name.equals("setNull") ? null : arguments[1], method);
            return null;
        }
        return name.startsWith("execute") ? execute(proxy, method, arguments) : other(proxy, method, arguments);
    }

    private @Nullable Object execute(Object proxy, Method method, @Nullable Object[] arguments) throws SQLException {
        if (closed) {
            throw new SQLException("the statement is closed", "HY010");
        }
        return switch (method.getName()) {
            case "executeBatch" ->
                Arrays.stream(batch.execute()).mapToInt(Math::toIntExact).toArray();
            case "executeLargeBatch" -> batch.execute();
            case "execute" -> execute(proxy, arguments);
            case "executeQuery" -> {
                if (!execute(proxy, arguments)) {
                    throw new SQLException("the statement returns no rows", "HY000");
                }
                yield result;
            }
            case "executeUpdate" -> {
                execute(proxy, arguments);
                yield Math.toIntExact(Math.max(0, count));
            }
            case "executeLargeUpdate" -> {
                execute(proxy, arguments);
                yield Math.max(0, count);
            }
            default -> throw unsupported(method);
        };
    }

    private @Nullable Object other(Object proxy, Method method, @Nullable Object[] arguments) throws SQLException {
        switch (method.getName()) {
            case "close" -> close();
            case "isClosed" -> {
                return closed;
            }
            case "getConnection" -> {
                return connection;
            }
            case "getResultSet" -> {
                return result;
            }
            case "getUpdateCount" -> {
                return (int) count;
            }
            case "getLargeUpdateCount" -> {
                return count;
            }
            case "getMoreResults" -> {
                closeRows();
                count = -1;
                return false;
            }
            case "getGeneratedKeys" -> {
                return generatedKeys;
            }
            case "addBatch" -> batch.add(arguments.length > 0 ? (String) arguments[0] : null, parameters);
            case "clearBatch" -> batch.clear();
            case "clearParameters" -> parameters.clear();
            case "getParameterMetaData" -> {
                return new NoParameterTypes().as(ParameterMetaData.class);
            }
            default -> {
                return option(method, arguments);
            }
        }
        return null;
    }

    private @Nullable Object option(Method method, @Nullable Object[] arguments) throws SQLException {
        switch (method.getName()) {
            case "setQueryTimeout" -> timeout = (Integer) Objects.requireNonNull(arguments[0]);
            case "getQueryTimeout" -> {
                return timeout;
            }
            case "setMaxRows", "setLargeMaxRows" ->
                maxRows = ((Number) Objects.requireNonNull(arguments[0])).longValue();
            case "getMaxRows" -> {
                return (int) maxRows;
            }
            case "getWarnings" -> {
                return null;
            }
            case "setFetchSize", "setFetchDirection", "clearWarnings", "setPoolable", "setEscapeProcessing" -> {
                // the protocol defines the page size
            }
            case "getFetchSize" -> {
                return Protocol.PAGE_ROWS;
            }
            default -> throw unsupported(method);
        }
        return null;
    }

    private void parameter(int at, @Nullable Object value, Method method) throws SQLException {
        if (at < 1 || at > Short.MAX_VALUE) {
            throw new SQLException("invalid parameter number: " + at, "07009");
        }
        var converted = value instanceof Reader reader ? text(reader) : value;
        if (!ValueCodec.supports(converted)) {
            throw new SQLFeatureNotSupportedException("%s: a value of %s is not supported over the socket"
                    .formatted(
                            method.getName(),
                            Objects.requireNonNull(converted).getClass().getName()));
        }
        while (parameters.size() < at) {
            parameters.add(null);
        }
        parameters.set(at - 1, converted);
    }

    private static String text(Reader reader) throws SQLException {
        try {
            var text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        } catch (IOException ex) {
            throw new SQLException("unreadable parameter", "HY000", ex);
        }
    }

    private boolean execute(Object proxy, @Nullable Object[] arguments) throws SQLException {
        closeRows();
        generatedKeys = null;
        count = -1;
        var sql = prepared != null ? prepared : (String) Objects.requireNonNull(arguments[0]);
        var requestedKeys = prepared != null ? keys : ClientConnection.keys(arguments);
        var answer = link.request(Protocol.EXECUTE, out -> {
            ValueCodec.writeText(out, sql);
            requestedKeys.write(out);
            out.writeInt(timeout);
            out.writeLong(maxRows);
            out.writeInt(parameters.size());
            for (var value : parameters) {
                ValueCodec.write(out, value);
            }
        });
        try {
            if (answer.kind() == Protocol.ROWS) {
                rows = ClientRows.of(link, proxy, answer.in());
                result = rows.as(ResultSet.class);
                return true;
            }
            count = answer.in().readLong();
            generatedKeys = answer.in().readBoolean()
                    ? ClientRows.ofSinglePage(link, proxy, answer.in()).as(ResultSet.class)
                    : null;
            return false;
        } catch (IOException ex) {
            link.close();
            throw new SQLException("unreadable answer of the database server", "08P01", ex);
        }
    }

    private void closeRows() throws SQLException {
        if (rows != null) {
            rows.close();
            rows = null;
            result = null;
        }
    }

    private void close() throws SQLException {
        closed = true;
        closeRows();
    }

    /** Offers no parameter types, so Spring uses the types of the values. */
    private static final class NoParameterTypes extends InterfaceHandler {

        @Override
        @Nullable
        Object call(Object proxy, Method method, @Nullable Object[] arguments) throws SQLException {
            throw unsupported(method);
        }
    }
}
