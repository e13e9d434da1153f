package dev.smsrunner.localjdbc;

import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
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

    /** Returns whether it is the last page. */
    private boolean readPage(DataInputStream in) throws IOException {
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
        return complete;
    }

    @Override
    @Nullable
    Object call(Invocation call) throws SQLException {
        return switch (call.name()) {
            case "close" -> close();
            case "isClosed" -> closed;
            // the protocol defines the page size
            case "getWarnings", "clearWarnings", "setFetchSize", "setFetchDirection" -> null;
            case "getStatement" -> statement;
            case "getMetaData" -> columns.as(ResultSetMetaData.class);
            case "getType" -> ResultSet.TYPE_FORWARD_ONLY;
            case "getConcurrency" -> ResultSet.CONCUR_READ_ONLY;
            default -> {
                if (closed) {
                    throw new SQLException("the result is closed", "HY010");
                }
                yield open(call);
            }
        };
    }

    private @Nullable Object open(Invocation call) throws SQLException {
        return switch (call.name()) {
            case "next" -> next();
            case "getRow" -> (int) row;
            case "isBeforeFirst" -> row == 0;
            case "wasNull" -> lastWasNull;
            case "findColumn" -> column(Objects.requireNonNull(call.arguments()[0]));
            default -> get(call);
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
        link.request(Protocol.FETCH, out -> out.writeInt(cursor), (kind, in) -> readPage(in));
    }

    private @Nullable Object get(Invocation call) throws SQLException {
        var arguments = call.arguments();
        boolean typed = call.name().equals("getObject") && arguments.length == 2;
        if (!call.name().startsWith("get") || arguments.length != 1 && !typed) {
            throw call.unsupported();
        }
        if (at < 0 || at >= page.length) {
            throw new SQLException("no current row", "02000");
        }
        var value = page[at][column(Objects.requireNonNull(arguments[0])) - 1];
        lastWasNull = value == null;
        return switch (call.name()) {
            case "getObject" -> typed ? ClientValues.as((Class<?>) arguments[1], value) : ClientValues.object(value);
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
            default -> throw call.unsupported();
        };
    }

    private int column(Object nameOrNumber) throws SQLException {
        if (nameOrNumber instanceof Integer number) {
            return columns.require(number);
        }
        var found = byName.get(((String) nameOrNumber).toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new SQLException("no such column: " + nameOrNumber, "42S22");
        }
        return found;
    }

    boolean close() throws SQLException {
        if (!closed && !complete && link.isOpen()) {
            link.request(Protocol.CLOSE_CURSOR, out -> out.writeInt(cursor));
        }
        page = new Object[0][];
        return closed = true;
    }
}
