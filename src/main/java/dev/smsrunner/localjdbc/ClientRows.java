package dev.smsrunner.localjdbc;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Result rows, fetched page by page, forward-only. */
final class ClientRows extends InterfaceHandler {

    private final ClientLink link;
    private final Object statement;
    private final ClientColumns columns;
    private final Map<String, Integer> byName = new HashMap<>();
    private @Nullable Object[][] page = new Object[0][];
    private int cursor;
    private boolean complete;
    private int at = -1;
    private long row;
    private boolean lastWasNull;
    private boolean closed;

    private ClientRows(ClientLink link, Object statement, ClientColumns columns) {
        this.link = link;
        this.statement = statement;
        this.columns = columns;
        for (int i = columns.size(); i > 0; i--) {
            byName.put(columns.label(i).toLowerCase(Locale.ROOT), i);
        }
    }

    /** Rows of a query: the first page and the cursor for the next ones. */
    static ClientRows of(ClientLink link, Object statement, DataInputStream in) throws IOException {
        var rows = new ClientRows(link, statement, ClientColumns.read(in));
        rows.cursor = in.readInt();
        rows.readPage(in);
        return rows;
    }

    /** Rows in a single page. */
    static ClientRows ofSinglePage(ClientLink link, Object statement, DataInputStream in) throws IOException {
        var rows = new ClientRows(link, statement, ClientColumns.read(in));
        rows.readPage(in);
        rows.complete = true;
        return rows;
    }

    private void readPage(DataInputStream in) throws IOException {
        int count = in.readInt();
        complete = in.readBoolean();
        if (count < 0 || count > Protocol.PAGE_ROWS) {
            throw new IOException("invalid number of rows: %d".formatted(count));
        }
        page = new Object[count][];
        for (int i = 0; i < count; i++) {
            var cells = new @Nullable Object[columns.size()];
            for (int column = 0; column < cells.length; column++) {
                cells[column] = ValueCodec.read(in);
            }
            page[i] = cells;
        }
        at = -1;
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object[] arguments) throws SQLException {
        switch (method.getName()) {
            case "close" -> close();
            case "isClosed" -> {
                return closed;
            }
            case "getWarnings" -> {
                return null;
            }
            case "clearWarnings", "setFetchSize", "setFetchDirection" -> {
                // the protocol defines the page size
            }
            case "getStatement" -> {
                return statement;
            }
            case "getMetaData" -> {
                return columns.as(ResultSetMetaData.class);
            }
            case "getType" -> {
                return ResultSet.TYPE_FORWARD_ONLY;
            }
            case "getConcurrency" -> {
                return ResultSet.CONCUR_READ_ONLY;
            }
            default -> {
                return open(method, arguments);
            }
        }
        return null;
    }

    private @Nullable Object open(Method method, @Nullable Object[] arguments) throws SQLException {
        if (closed) {
            throw new SQLException("the result is closed", "HY010");
        }
        return switch (method.getName()) {
            case "next" -> next();
            case "getRow" -> (int) row;
            case "isBeforeFirst" -> row == 0;
            case "wasNull" -> lastWasNull;
            case "findColumn" -> column(Objects.requireNonNull(arguments[0]));
            default -> get(method, arguments);
        };
    }

    private boolean next() throws SQLException {
        if (at + 1 >= page.length && !complete) {
            fetch();
        }
        if (at + 1 >= page.length) {
            at = page.length;
            return false;
        }
        at++;
        row++;
        return true;
    }

    private void fetch() throws SQLException {
        var answer = link.request(Protocol.FETCH, out -> out.writeInt(cursor));
        try {
            readPage(answer.in());
        } catch (IOException ex) {
            link.close();
            throw new SQLException("unreadable answer of the database server", "08P01", ex);
        }
    }

    private @Nullable Object get(Method method, @Nullable Object[] arguments) throws SQLException {
        var name = method.getName();
        if (!name.startsWith("get") || arguments.length == 0 || arguments.length > 2) {
            throw unsupported(method);
        }
        if (at < 0 || at >= page.length) {
            throw new SQLException("no current row", "02000");
        }
        var value = page[at][column(Objects.requireNonNull(arguments[0])) - 1];
        lastWasNull = value == null;
        if (name.equals("getObject")) {
            return arguments.length == 1 ? ClientValues.object(value) : ClientValues.as((Class<?>) arguments[1], value);
        }
        if (arguments.length == 2) {
            throw unsupported(method);
        }
        return switch (name) {
            case "getString", "getNString" -> ClientValues.as(String.class, value);
            case "getLong" -> value == null ? 0L : ClientValues.as(Long.class, value);
            case "getInt" -> value == null ? 0 : ClientValues.as(Integer.class, value);
            case "getShort" -> value == null ? (short) 0 : ClientValues.as(Short.class, value);
            case "getByte" -> value == null ? (byte) 0 : ClientValues.as(Byte.class, value);
            case "getBoolean" -> value == null ? false : ClientValues.as(Boolean.class, value);
            case "getDouble" -> value == null ? 0d : ClientValues.as(Double.class, value);
            case "getFloat" -> value == null ? 0f : ClientValues.as(Float.class, value);
            case "getBigDecimal" -> ClientValues.as(BigDecimal.class, value);
            case "getBytes" -> ClientValues.as(byte[].class, value);
            case "getTimestamp" -> ClientValues.as(Timestamp.class, value);
            case "getDate" -> ClientValues.as(Date.class, value);
            default -> throw new SQLFeatureNotSupportedException(name + " is not supported over the socket");
        };
    }

    private int column(Object nameOrNumber) throws SQLException {
        if (nameOrNumber instanceof Integer number) {
            if (number < 1 || number > columns.size()) {
                throw new SQLException("no such column: " + number, "07009");
            }
            return number;
        }
        var found = byName.get(((String) nameOrNumber).toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new SQLException("no such column: " + nameOrNumber, "42S22");
        }
        return found;
    }

    void close() throws SQLException {
        if (!closed && !complete && link.isOpen()) {
            link.request(Protocol.CLOSE_CURSOR, out -> out.writeInt(cursor));
        }
        closed = true;
        page = new Object[0][];
    }
}
