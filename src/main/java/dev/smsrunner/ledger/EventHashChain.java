package dev.smsrunner.ledger;

import dev.smsrunner.support.Sha256;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The chain of hashes over the events of a run: each hash is the SHA-256 of the UTF-8 text of a JSON array whose first element
 * is the hash before; the one before the first is that of the run id alone.
 */
final class EventHashChain {

    /** As much of a hash as is kept per row of the inventory. */
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

    /** Recognises a row of the inventory: what was read, and what was made of it when it came into the ledger. */
    static String ofRow(@Nullable Object... content) {
        return hash(content).substring(0, ROW_DIGITS);
    }

    private static String hash(@Nullable Object... content) {
        return Sha256.hex(ColumnCodec.json(Arrays.asList(content)));
    }
}
