package dev.smsrunner.inventory;

/**
 * Map from keys to their first line. Needs 12 bytes per key, plus free slots. Keys are compared by a 64-bit hash: among a million
 * keys the probability of a collision is about one in thirty-seven million.
 */
final class KeyIndex {

    private long[] hashes = new long[1024];
    private int[] lines = new int[1024];
    private int size;

    /** First line of the key. Returns 0 for a new key and stores it with this line. */
    int firstLine(String key, int line) {
        long hash = hash(key);
        int at = find(hash);
        if (lines[at] == 0) {
            hashes[at] = hash;
            lines[at] = line;
            grow();
            return 0;
        }
        return lines[at];
    }

    /** Whether the key is stored. */
    boolean contains(String key) {
        return firstLineOf(key) != 0;
    }

    /** First line of the key; 0 when it is not stored. */
    int firstLineOf(String key) {
        return lines[find(hash(key))];
    }

    private int find(long hash) {
        int mask = hashes.length - 1;
        int at = (int) (hash ^ hash >>> 32) & mask;
        while (lines[at] != 0 && hashes[at] != hash) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        size++;
        if (size * 3L < hashes.length * 2L) {
            return;
        }
        long[] oldHashes = hashes;
        int[] oldLines = lines;
        hashes = new long[oldHashes.length * 2];
        lines = new int[oldLines.length * 2];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldLines[i] != 0) {
                int at = find(oldHashes[i]);
                hashes[at] = oldHashes[i];
                lines[at] = oldLines[i];
            }
        }
    }

    private static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        return hash * 0xff51afd7ed558ccdL ^ hash >>> 29;
    }
}
