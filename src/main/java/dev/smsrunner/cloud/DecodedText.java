package dev.smsrunner.cloud;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The UTF-8 bytes of a text, each with the characters of the text that it was read from. A secret that is found in the bytes can so
 * be hidden in the text, however it is written there. Every step takes time in proportion to the length of the text.
 */
final class DecodedText {

    private byte[] bytes;
    private int[] from;
    private int[] to;
    private int length;

    private DecodedText(int capacity) {
        this.bytes = new byte[capacity];
        this.from = new int[capacity];
        this.to = new int[capacity];
    }

    /** The text as it is written. */
    static DecodedText of(String text) {
        var decoded = new DecodedText(text.length() + 16);
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            int next = at + Character.charCount(point);
            decoded.addPoint(point, at, next);
            at = next;
        }
        return decoded;
    }

    int length() {
        return length;
    }

    byte at(int index) {
        return bytes[index];
    }

    /** Marks the characters of the text that a stretch of the bytes was read from. */
    void mark(int begin, int end, BitSet characters) {
        characters.set(from[begin], to[end - 1]);
    }

    /** The same with the escapes of JSON, of addresses and of HTML read once; it is this when there are none. */
    DecodedText decoded() {
        var inner = new DecodedText(length);
        boolean found = false;
        int at = 0;
        while (at < length) {
            int used = EscapeDecoder.read(this, at, inner);
            if (used == 0) {
                inner.add(bytes[at], from[at], to[at]);
                used = 1;
            } else {
                found = true;
            }
            at += used;
        }
        return found ? inner : this;
    }

    /** The same without blanks and line ends, which a base64 text may have anywhere; it is this when there are none. */
    DecodedText withoutBlanks() {
        var inner = new DecodedText(length);
        for (int at = 0; at < length; at++) {
            if (bytes[at] < 0 || bytes[at] > ' ') {
                inner.add(bytes[at], from[at], to[at]);
            }
        }
        return inner.length == length ? this : inner;
    }

    /** Adds a character that the given bytes of another text stand for. */
    void addPoint(int point, DecodedText outer, int begin, int end) {
        addPoint(point, outer.from[begin], outer.to[end - 1]);
    }

    /** Adds a byte that the given bytes of another text stand for. */
    void addByte(int value, DecodedText outer, int begin, int end) {
        add((byte) value, outer.from[begin], outer.to[end - 1]);
    }

    private void addPoint(int point, int begin, int end) {
        if (point < 0x80) {
            add((byte) point, begin, end);
        } else if (point < 0x800) {
            add((byte) (0xC0 | point >> 6), begin, end);
            add((byte) (0x80 | point & 0x3F), begin, end);
        } else if (point < 0x10000) {
            add((byte) (0xE0 | point >> 12), begin, end);
            add((byte) (0x80 | point >> 6 & 0x3F), begin, end);
            add((byte) (0x80 | point & 0x3F), begin, end);
        } else {
            add((byte) (0xF0 | point >> 18), begin, end);
            add((byte) (0x80 | point >> 12 & 0x3F), begin, end);
            add((byte) (0x80 | point >> 6 & 0x3F), begin, end);
            add((byte) (0x80 | point & 0x3F), begin, end);
        }
    }

    private void add(byte value, int begin, int end) {
        if (length == bytes.length) {
            int longer = length * 2 + 16;
            bytes = Arrays.copyOf(bytes, longer);
            from = Arrays.copyOf(from, longer);
            to = Arrays.copyOf(to, longer);
        }
        bytes[length] = value;
        from[length] = begin;
        to[length] = end;
        length++;
    }
}
