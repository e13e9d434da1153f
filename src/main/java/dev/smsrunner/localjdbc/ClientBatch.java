package dev.smsrunner.localjdbc;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batch of a client, sent in parts so that a frame stays far below its limit. */
final class ClientBatch {

    private final ClientLink link;
    private final @Nullable String prepared;
    private final List<byte[]> entries = new ArrayList<>();

    ClientBatch(ClientLink link, @Nullable String prepared) {
        this.link = link;
        this.prepared = prepared;
    }

    /** Adds a statement, or parameters of the prepared statement. */
    boolean add(@Nullable String sql, List<@Nullable Object> parameters) throws SQLException {
        try {
            return entries.add(Protocol.bytes(out -> {
                if (prepared == null) {
                    ValueCodec.writeText(out, String.valueOf(sql));
                } else {
                    ValueCodec.writeAll(out, parameters);
                }
            }));
        } catch (IOException ex) {
            throw new SQLException(ex.getMessage(), "HY000", ex);
        }
    }

    boolean clear() {
        entries.clear();
        return true;
    }

    /** Executes and clears the entries in order; returns the counts. */
    long[] execute() throws SQLException {
        var counts = new long[entries.size()];
        try {
            for (int from = 0; from < entries.size(); ) {
                int to = endOfPart(from);
                var partCounts = executePart(from, to, counts);
                System.arraycopy(partCounts, 0, counts, from, partCounts.length);
                from = to;
            }
            return counts;
        } finally {
            clear();
        }
    }

    private int endOfPart(int from) {
        int to = from;
        for (long size = 0;
                to < entries.size() && (to == from || size + entries.get(to).length < Protocol.PAGE_BYTES);
                to++) {
            size += entries.get(to).length;
        }
        return to;
    }

    private long[] executePart(int from, int to, long[] before) throws SQLException {
        try {
            Protocol.Content part = out -> {
                out.writeBoolean(prepared != null);
                if (prepared != null) {
                    ValueCodec.writeText(out, prepared);
                }
                out.writeInt(to - from);
                for (var entry : entries.subList(from, to)) {
                    out.write(entry);
                }
            };
            return link.request(Protocol.BATCH, part, (kind, in) -> SqlFailure.readCounts(in));
        } catch (BatchUpdateException ex) {
            throw withCountsBefore(ex, before, from);
        }
    }

    private static BatchUpdateException withCountsBefore(BatchUpdateException failure, long[] before, int done) {
        var own = failure.getLargeUpdateCounts();
        var all = Arrays.copyOf(before, done + own.length);
        System.arraycopy(own, 0, all, done, own.length);
        var complete = new BatchUpdateException(
                failure.getMessage(), failure.getSQLState(), failure.getErrorCode(), all, failure.getCause());
        complete.setNextException(failure.getNextException());
        return complete;
    }
}
