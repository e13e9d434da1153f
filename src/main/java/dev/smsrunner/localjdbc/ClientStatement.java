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

/** A statement, prepared or not, over a socket. It is sent with its parameters when it is executed. */
final class ClientStatement extends InterfaceHandler {

    private final ClientLink link;
    private final Connection connection;
    private final @Nullable String prepared;
    private final StatementKeys keys;
    private final ClientBatch batch;
    private final List<@Nullable Object> parameters = new ArrayList<>();
    private @Nullable ClientRows rows;
    private @Nullable ResultSet result;
    private @Nullable ResultSet made;
    private long count = -1;
    private int timeout;
    private long mostRows;
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
            default -> throw notServed(method);
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
                return made;
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
                mostRows = ((Number) Objects.requireNonNull(arguments[0])).longValue();
            case "getMaxRows" -> {
                return (int) mostRows;
            }
            case "getWarnings" -> {
                return null;
            }
            case "setFetchSize", "setFetchDirection", "clearWarnings", "setPoolable", "setEscapeProcessing" -> {
                // the pages of the protocol have their size
            }
            case "getFetchSize" -> {
                return Protocol.PAGE_ROWS;
            }
            default -> throw notServed(method);
        }
        return null;
    }

    private void parameter(int at, @Nullable Object value, Method method) throws SQLException {
        if (at < 1 || at > Short.MAX_VALUE) {
            throw new SQLException("a parameter with the number " + at, "07009");
        }
        var known = value instanceof Reader reader ? text(reader) : value;
        if (!ValueCodec.knows(known)) {
            throw new SQLFeatureNotSupportedException("%s: a value of %s cannot be sent over the socket"
                    .formatted(
                            method.getName(),
                            Objects.requireNonNull(known).getClass().getName()));
        }
        while (parameters.size() < at) {
            parameters.add(null);
        }
        parameters.set(at - 1, known);
    }

    private static String text(Reader reader) throws SQLException {
        try {
            var text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        } catch (IOException ex) {
            throw new SQLException("a parameter cannot be read", "HY000", ex);
        }
    }

    private boolean execute(Object proxy, @Nullable Object[] arguments) throws SQLException {
        closeRows();
        made = null;
        count = -1;
        var sql = prepared != null ? prepared : (String) Objects.requireNonNull(arguments[0]);
        var wanted = prepared != null ? keys : ClientConnection.keys(arguments);
        var answer = link.ask(Protocol.EXECUTE, out -> {
            ValueCodec.writeText(out, sql);
            wanted.write(out);
            out.writeInt(timeout);
            out.writeLong(mostRows);
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
            made = answer.in().readBoolean()
                    ? ClientRows.complete(link, proxy, answer.in()).as(ResultSet.class)
                    : null;
            return false;
        } catch (IOException ex) {
            link.close();
            throw new SQLException("an answer that cannot be read", "08P01", ex);
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

    /** The types of parameters are not asked for: Spring then takes those of the values. */
    private static final class NoParameterTypes extends InterfaceHandler {

        @Override
        @Nullable
        Object call(Object proxy, Method method, @Nullable Object[] arguments) throws SQLException {
            throw notServed(method);
        }
    }
}
