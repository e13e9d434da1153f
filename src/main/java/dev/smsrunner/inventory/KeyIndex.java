package dev.smsrunner.inventory;

/**
 * Remembers for each key the line on which it was first seen, in 12 bytes a key before the free places. Keys are told
 * apart by a 64-bit hash: among a million keys the chance of one mistake is about one in thirty-seven million.
 */
final class KeyIndex {

    private long[] hashes = new long[1024];
    private int[] lines = new int[1024];
    private int size;

    /** The line on which the key was seen before, or 0; then it is remembered with this line. */
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

    /** Whether the key was seen. */
    boolean contains(String key) {
        return line(key) != 0;
    }

    /** The line on which the key was seen first, 0 when it was not. */
    int line(String key) {
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
