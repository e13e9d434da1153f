package dev.smsrunner.cloud;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Quick test whether a body may contain one of many secrets. It samples four bytes at a fixed stride, so that an anchor
 * covers a sample wherever it is.
 */
final class SecretAnchors {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORD_BYTES = 4;
    private static final int BITS = 1 << 16;

    /** Bloom bits of the four-byte words of all anchors. */
    private final long[] words;

    private final List<byte[]> anchors;

    /** Distance between samples; 0 when every body counts. */
    private final int stride;

    private SecretAnchors(long[] words, List<byte[]> anchors, int stride) {
        this.words = words;
        this.anchors = anchors;
        this.stride = stride;
    }

    /** Anchors without secrets. */
    static SecretAnchors none() {
        return new SecretAnchors(new long[BITS / Long.SIZE], List.of(), WORD_BYTES);
    }

    /** Copy with the anchors of more forms; a form too short to sample makes every body count. */
    SecretAnchors with(Collection<SecretForm> forms) {
        var more = new ArrayList<>(anchors);
        long[] bits = words.clone();
        int step = stride;
        for (var form : forms) {
            byte[] anchor = form.anchor().getBytes(StandardCharsets.US_ASCII);
            step = Math.min(step, Math.max(0, anchor.length + 1 - WORD_BYTES));
            for (int at = 0; at + WORD_BYTES <= anchor.length; at++) {
                int bit = bit(anchor, at);
                bits[bit / Long.SIZE] |= 1L << bit;
            }
            more.add(anchor);
        }
        return new SecretAnchors(bits, more, step);
    }

    boolean mayBeIn(byte[] body) {
        if (stride == 0) {
            return true;
        }
        for (int at = 0; at + WORD_BYTES <= body.length; at += stride) {
            int bit = bit(body, at);
            if ((words[bit / Long.SIZE] & 1L << bit) != 0 && isAround(body, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAround(byte[] body, int at) {
        for (var anchor : anchors) {
            for (int start = Math.max(0, at + WORD_BYTES - anchor.length); start <= at; start++) {
                int end = start + anchor.length;
                if (end <= body.length && Arrays.equals(body, start, end, anchor, 0, anchor.length)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Hashes four bytes to sixteen bits. */
    private static int bit(byte[] bytes, int at) {
        return (int) WORD.get(bytes, at) * 0x9E3779B1 >>> Integer.SIZE - 16;
    }
}
