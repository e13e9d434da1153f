package dev.smsrunner.localjdbc;

import java.io.DataInputStream;
import java.io.IOException;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns of a result, as described by the database. */
final class ClientColumns extends InterfaceHandler {

    private static final int MAX_COLUMNS = 4096;

    /** For each column the answer of each method of {@link ResultSetMetaData}. */
    private final List<Map<String, Object>> columns;

    private ClientColumns(List<Map<String, Object>> columns) {
        this.columns = columns;
    }

    static ClientColumns read(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_COLUMNS) {
            throw new IOException("invalid number of columns: %d".formatted(count));
        }
        var columns = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < count; i++) {
            columns.add(Map.of(
                    "getColumnLabel", ValueCodec.readText(in),
                    "getColumnName", ValueCodec.readText(in),
                    "getColumnTypeName", ValueCodec.readText(in),
                    "getColumnClassName", ValueCodec.readText(in),
                    "getColumnType", in.readInt(),
                    "getPrecision", in.readInt(),
                    "getScale", in.readInt(),
                    "isNullable", ResultSetMetaData.columnNullableUnknown));
        }
        return new ClientColumns(columns);
    }

    int size() {
        return columns.size();
    }

    String label(int number) {
        return String.valueOf(columns.get(number - 1).get("getColumnLabel"));
    }

    /** @throws SQLException when there is no such column */
    int require(int number) throws SQLException {
        if (number < 1 || number > columns.size()) {
            throw new SQLException("no such column: " + number, "07009");
        }
        return number;
    }

    @Override
    @Nullable
    Object call(Invocation call) throws SQLException {
        if (call.name().equals("getColumnCount")) {
            return columns.size();
        }
        if (call.arguments().length != 1) {
            throw call.unsupported();
        }
        var value = columns.get(require(call.number(0)) - 1).get(call.name());
        if (value == null) {
            throw call.unsupported();
        }
        return value;
    }
}
