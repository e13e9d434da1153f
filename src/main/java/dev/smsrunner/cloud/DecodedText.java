package dev.smsrunner.cloud;

import java.util.Arrays;
import java.util.BitSet;

/**
 * UTF-8 bytes of a text, each mapped to its source characters. A secret found in the bytes can be masked in the text,
 * whatever its encoding there. Every step takes linear time.
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

    /** Decodes nothing: the bytes of the text itself. */
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

    /** Marks the source characters of a range of bytes. */
    void mark(int start, int end, BitSet characters) {
        characters.set(from[start], to[end - 1]);
    }

    /** Copy with the escapes of JSON, URLs and HTML decoded once; this object when there are none. */
    DecodedText decode() {
        var inner = new DecodedText(length);
        boolean changed = false;
        int at = 0;
        while (at < length) {
            int used = EscapeDecoder.read(this, at, inner);
            if (used == 0) {
                inner.add(bytes[at], from[at], to[at]);
                used = 1;
            } else {
                changed = true;
            }
            at += used;
        }
        return changed ? inner : this;
    }

    /** Copy without blanks and line ends, which base64 may contain; this object when there are none. */
    DecodedText withoutBlanks() {
        var inner = new DecodedText(length);
        for (int at = 0; at < length; at++) {
            if (bytes[at] < 0 || bytes[at] > ' ') {
                inner.add(bytes[at], from[at], to[at]);
            }
        }
        return inner.length == length ? this : inner;
    }

    /** Adds a character decoded from a range of another text. */
    void addPoint(int point, DecodedText outer, int start, int end) {
        addPoint(point, outer.from[start], outer.to[end - 1]);
    }

    /** Adds a byte decoded from a range of another text. */
    void addByte(int value, DecodedText outer, int start, int end) {
        add((byte) value, outer.from[start], outer.to[end - 1]);
    }

    private void addPoint(int point, int start, int end) {
        if (point < 0x80) {
            add((byte) point, start, end);
        } else if (point < 0x800) {
            add((byte) (0xC0 | point >> 6), start, end);
            add((byte) (0x80 | point & 0x3F), start, end);
        } else if (point < 0x10000) {
            add((byte) (0xE0 | point >> 12), start, end);
            add((byte) (0x80 | point >> 6 & 0x3F), start, end);
            add((byte) (0x80 | point & 0x3F), start, end);
        } else {
            add((byte) (0xF0 | point >> 18), start, end);
            add((byte) (0x80 | point >> 12 & 0x3F), start, end);
            add((byte) (0x80 | point >> 6 & 0x3F), start, end);
            add((byte) (0x80 | point & 0x3F), start, end);
        }
    }

    private void add(byte value, int start, int end) {
        if (length == bytes.length) {
            int longer = length * 2 + 16;
            bytes = Arrays.copyOf(bytes, longer);
            from = Arrays.copyOf(from, longer);
            to = Arrays.copyOf(to, longer);
        }
        bytes[length] = value;
        from[length] = start;
        to[length] = end;
        length++;
    }
}
