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
 * Tells in one quick pass whether a body may hold one of many secrets. It looks at four bytes out of each few: those of an anchor
 * stand in one of these places, wherever in the body the anchor is.
 */
final class SecretAnchors {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORD_BYTES = 4;
    private static final int BITS = 1 << 16;

    /** Bits of the words that anchors have. */
    private final long[] words;

    private final List<byte[]> anchors;

    /** From one place that is looked at to the next; 0 when every body counts. */
    private final int stride;

    private SecretAnchors(long[] words, List<byte[]> anchors, int stride) {
        this.words = words;
        this.anchors = anchors;
        this.stride = stride;
    }

    /** No secrets. */
    static SecretAnchors none() {
        return new SecretAnchors(new long[BITS / Long.SIZE], List.of(), WORD_BYTES);
    }

    /** The same and those of some forms; after one that is too short to be looked for every body counts. */
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
            for (int begin = Math.max(0, at + WORD_BYTES - anchor.length); begin <= at; begin++) {
                int end = begin + anchor.length;
                if (end <= body.length && Arrays.equals(body, begin, end, anchor, 0, anchor.length)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Sixteen bits out of four bytes. */
    private static int bit(byte[] bytes, int at) {
        return (int) WORD.get(bytes, at) * 0x9E3779B1 >>> Integer.SIZE - 16;
    }
}
