package dev.smsrunner.ledger;

import dev.smsrunner.support.Sha256;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hash chain over the events of a run. Each hash is the SHA-256 of the UTF-8 text of a JSON array whose first element is the
 * previous hash; the chain starts with the hash of the run id alone.
 */
final class EventHashChain {

    /** Length of the digest that is kept per row of the inventory. */
    private static final int ROW_DIGITS = 32;

    private EventHashChain() {}

    static String first(String runId) {
        return hash(runId);
    }

    static String next(String before, @Nullable Object... content) {
        var all = new @Nullable Object[content.length + 1];
        all[0] = before;
        System.arraycopy(content, 0, all, 1, content.length);
        return hash(all);
    }

    /** Digest of an inventory row: its cells, and its initial values in the ledger. */
    static String ofRow(@Nullable Object... content) {
        return hash(content).substring(0, ROW_DIGITS);
    }

    private static String hash(@Nullable Object... content) {
        return Sha256.hex(ColumnCodec.json(Arrays.asList(content)));
    }
}
