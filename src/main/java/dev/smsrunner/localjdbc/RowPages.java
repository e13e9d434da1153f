package dev.smsrunner.localjdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** The server's side of a result: its columns, and its rows page by page. */
final class RowPages implements AutoCloseable {

    private final ResultSet rows;
    private final int[] types;
    private boolean ended;

    RowPages(ResultSet rows) throws SQLException {
        this.rows = rows;
        var about = rows.getMetaData();
        this.types = new int[about.getColumnCount()];
        for (int column = 0; column < types.length; column++) {
            types[column] = about.getColumnType(column + 1);
        }
    }

    boolean ended() {
        return ended;
    }

    void writeColumns(DataOutputStream out) throws SQLException, IOException {
        var about = rows.getMetaData();
        out.writeInt(types.length);
        for (int column = 1; column <= types.length; column++) {
            ValueCodec.writeText(out, about.getColumnLabel(column));
            ValueCodec.writeText(out, about.getColumnName(column));
            ValueCodec.writeText(out, about.getColumnTypeName(column));
            ValueCodec.writeText(out, about.getColumnClassName(column));
            out.writeInt(about.getColumnType(column));
            out.writeInt(about.getPrecision(column));
            out.writeInt(about.getScale(column));
        }
    }

    /** Writes rows until a page is full or there are no more. */
    void writePage(DataOutputStream out) throws SQLException, IOException {
        var page = new ByteArrayOutputStream();
        var cells = new DataOutputStream(page);
        int count = 0;
        while (count < Protocol.PAGE_ROWS && page.size() < Protocol.PAGE_BYTES) {
            if (!rows.next()) {
                ended = true;
                break;
            }
            for (int column = 0; column < types.length; column++) {
                ValueCodec.write(cells, value(column + 1, types[column]));
            }
            count++;
        }
        out.writeInt(count);
        out.writeBoolean(ended);
        page.writeTo(out);
    }

    /** Large texts are sent as texts, not as handles. */
    private @Nullable Object value(int column, int type) throws SQLException {
        return switch (type) {
            case Types.CLOB, Types.NCLOB -> rows.getString(column);
            case Types.BLOB -> rows.getBytes(column);
            case Types.TIMESTAMP -> rows.getObject(column, LocalDateTime.class);
            default -> {
                var value = rows.getObject(column);
                yield ValueCodec.knows(value) ? value : rows.getString(column);
            }
        };
    }

    @Override
    public void close() throws SQLException {
        rows.getStatement().close();
    }
}
