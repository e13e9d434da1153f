package dev.smsrunner.localjdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Server side of a result: its columns and its rows, page by page. */
final class RowPages implements AutoCloseable {

    private final ResultSet rows;
    private final int[] types;
    private boolean complete;

    RowPages(ResultSet rows) throws SQLException {
        this.rows = rows;
        var metaData = rows.getMetaData();
        this.types = new int[metaData.getColumnCount()];
        for (int column = 0; column < types.length; column++) {
            types[column] = metaData.getColumnType(column + 1);
        }
    }

    boolean isComplete() {
        return complete;
    }

    void writeColumns(DataOutputStream out) throws SQLException, IOException {
        var metaData = rows.getMetaData();
        out.writeInt(types.length);
        for (int column = 1; column <= types.length; column++) {
            ValueCodec.writeText(out, metaData.getColumnLabel(column));
            ValueCodec.writeText(out, metaData.getColumnName(column));
            ValueCodec.writeText(out, metaData.getColumnTypeName(column));
            ValueCodec.writeText(out, metaData.getColumnClassName(column));
            out.writeInt(metaData.getColumnType(column));
            out.writeInt(metaData.getPrecision(column));
            out.writeInt(metaData.getScale(column));
        }
    }

    /** Writes rows until the page is full or no row is left. */
    void writePage(DataOutputStream out) throws SQLException, IOException {
        var page = new ByteArrayOutputStream();
        var cells = new DataOutputStream(page);
        int count = 0;
        while (count < Protocol.PAGE_ROWS && page.size() < Protocol.PAGE_BYTES) {
            if (!rows.next()) {
                complete = true;
                break;
            }
            for (int column = 0; column < types.length; column++) {
                ValueCodec.write(cells, value(column + 1, types[column]));
            }
            count++;
        }
        out.writeInt(count);
        out.writeBoolean(complete);
        page.writeTo(out);
    }

    /** Reads a value. Large objects become texts or bytes instead of handles. */
    private @Nullable Object value(int column, int type) throws SQLException {
        return switch (type) {
            case Types.CLOB, Types.NCLOB -> rows.getString(column);
            case Types.BLOB -> rows.getBytes(column);
            case Types.TIMESTAMP -> rows.getObject(column, LocalDateTime.class);
            default -> {
                var value = rows.getObject(column);
                yield ValueCodec.supports(value) ? value : rows.getString(column);
            }
        };
    }

    @Override
    public void close() throws SQLException {
        rows.getStatement().close();
    }
}
