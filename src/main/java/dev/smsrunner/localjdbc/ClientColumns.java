package dev.smsrunner.localjdbc;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns of a result, as described by the database. */
final class ClientColumns extends InterfaceHandler {

    private static final int MAX_COLUMNS = 4096;

    private final List<Column> columns;

    private record Column(
            String label, String name, String typeName, String className, int type, int precision, int scale) {}

    private ClientColumns(List<Column> columns) {
        this.columns = columns;
    }

    static ClientColumns read(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_COLUMNS) {
            throw new IOException("invalid number of columns: %d".formatted(count));
        }
        var columns = new ArrayList<Column>();
        for (int i = 0; i < count; i++) {
            columns.add(new Column(
                    ValueCodec.readText(in),
                    ValueCodec.readText(in),
                    ValueCodec.readText(in),
                    ValueCodec.readText(in),
                    in.readInt(),
                    in.readInt(),
                    in.readInt()));
        }
        return new ClientColumns(columns);
    }

    int size() {
        return columns.size();
    }

    String label(int number) {
        return columns.get(number - 1).label();
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object[] arguments) throws SQLException {
        if (method.getName().equals("getColumnCount")) {
            return columns.size();
        }
        if (arguments.length != 1 || !(arguments[0] instanceof Integer number)) {
            throw unsupported(method);
        }
        if (number < 1 || number > columns.size()) {
            throw new SQLException("no such column: " + number, "07009");
        }
        var column = columns.get(number - 1);
        return switch (method.getName()) {
            case "getColumnLabel" -> column.label();
            case "getColumnName" -> column.name();
            case "getColumnTypeName" -> column.typeName();
            case "getColumnClassName" -> column.className();
            case "getColumnType" -> column.type();
            case "getPrecision" -> column.precision();
            case "getScale" -> column.scale();
            case "isNullable" -> ResultSetMetaData.columnNullableUnknown;
            default -> throw unsupported(method);
        };
    }
}
