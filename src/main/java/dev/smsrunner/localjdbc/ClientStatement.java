package dev.smsrunner.localjdbc;

import dev.smsrunner.localjdbc.ServerStatements.StatementKeys;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
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
    Object call(Invocation call) throws SQLException {
        if (call.name().startsWith("execute")) {
            return execute(call);
        }
        return call.name().startsWith("set") ? set(call) : other(call);
    }

    private @Nullable Object execute(Invocation call) throws SQLException {
        if (closed) {
            throw new SQLException("the statement is closed", "HY010");
        }
        return switch (call.name()) {
            case "executeBatch" ->
                Arrays.stream(batch.execute()).mapToInt(Math::toIntExact).toArray();
            case "executeLargeBatch" -> batch.execute();
            case "execute" -> run(call);
            case "executeQuery" -> {
                if (!run(call)) {
                    throw new SQLException("the statement returns no rows", "HY000");
                }
                yield result;
            }
            case "executeUpdate" -> Math.toIntExact(update(call));
            case "executeLargeUpdate" -> update(call);
            default -> throw call.unsupported();
        };
    }

    private @Nullable Object other(Invocation call) throws SQLException {
        var arguments = call.arguments();
        return switch (call.name()) {
            case "close" -> closed = closeRows();
            case "isClosed" -> closed;
            case "getConnection" -> connection;
            case "getResultSet" -> result;
            case "getUpdateCount" -> (int) count;
            case "getLargeUpdateCount" -> count;
            case "getMoreResults" -> {
                closeRows();
                count = -1;
                yield false;
            }
            case "getGeneratedKeys" -> generatedKeys;
            case "addBatch" -> batch.add(arguments.length > 0 ? (String) arguments[0] : null, parameters);
            case "clearBatch" -> batch.clear();
            case "clearParameters" -> {
                parameters.clear();
                yield null;
            }
            case "getParameterMetaData" -> new NoParameterTypes().as(ParameterMetaData.class);
            case "getQueryTimeout" -> timeout;
            case "getMaxRows" -> (int) maxRows;
            case "getWarnings", "clearWarnings" -> null;
            case "getFetchSize" -> Protocol.PAGE_ROWS;
            default -> throw call.unsupported();
        };
    }

    private @Nullable Object set(Invocation call) throws SQLException {
        var arguments = call.arguments();
        if (arguments.length > 1 && arguments[0] instanceof Integer at) {
            return parameter(at, call.name().equals("setNull") ? null : arguments[1], call);
        }
        return switch (call.name()) {
            case "setQueryTimeout" -> timeout = call.number(0);
            case "setMaxRows", "setLargeMaxRows" ->
                maxRows = ((Number) Objects.requireNonNull(arguments[0])).longValue();
            // the protocol defines the page size
            case "setFetchSize", "setFetchDirection", "setPoolable", "setEscapeProcessing" -> null;
            default -> throw call.unsupported();
        };
    }

    private @Nullable Object parameter(int at, @Nullable Object value, Invocation call) throws SQLException {
        if (at < 1 || at > Short.MAX_VALUE) {
            throw new SQLException("invalid parameter number: " + at, "07009");
        }
        var converted = value instanceof Reader reader ? text(reader) : value;
        if (!ValueCodec.supports(converted)) {
            throw new SQLFeatureNotSupportedException("%s: a value of %s is not supported over the socket"
                    .formatted(
                            call.name(),
                            Objects.requireNonNull(converted).getClass().getName()));
        }
        while (parameters.size() < at) {
            parameters.add(null);
        }
        return parameters.set(at - 1, converted);
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

    private long update(Invocation call) throws SQLException {
        run(call);
        return Math.max(0, count);
    }

    /** Executes the statement; returns whether it has rows. */
    private boolean run(Invocation call) throws SQLException {
        closeRows();
        generatedKeys = null;
        count = -1;
        var sql = prepared != null ? prepared : (String) Objects.requireNonNull(call.arguments()[0]);
        var requestedKeys = prepared != null ? keys : ClientConnection.keys(call);
        Protocol.Content content = out -> {
            ValueCodec.writeText(out, sql);
            requestedKeys.write(out);
            out.writeInt(timeout);
            out.writeLong(maxRows);
            ValueCodec.writeAll(out, parameters);
        };
        return link.request(Protocol.EXECUTE, content, (kind, in) -> {
            if (kind == Protocol.ROWS) {
                rows = ClientRows.of(link, call.proxy(), in);
                result = rows.as(ResultSet.class);
                return true;
            }
            count = in.readLong();
            generatedKeys = in.readBoolean()
                    ? ClientRows.ofSinglePage(link, call.proxy(), in).as(ResultSet.class)
                    : null;
            return false;
        });
    }

    private boolean closeRows() throws SQLException {
        if (rows != null) {
            rows.close();
            rows = null;
            result = null;
        }
        return true;
    }

    /** Offers no parameter types, so Spring uses the types of the values. */
    private static final class NoParameterTypes extends InterfaceHandler {

        @Override
        @Nullable
        Object call(Invocation call) throws SQLException {
            throw call.unsupported();
        }
    }
}
