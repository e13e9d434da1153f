package dev.smsrunner.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Output stream that compares its bytes with an input stream, without buffering either. */
final class StreamComparison extends OutputStream {

    private final InputStream other;
    private long position;
    private long difference = -1;

    StreamComparison(InputStream other) {
        this.other = other;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        var theirs = other.readNBytes(length);
        for (int at = 0; at < length && difference < 0; at++) {
            if (at >= theirs.length || theirs[at] != bytes[offset + at]) {
                difference = position + at;
            }
        }
        position += length;
    }

    /** The position of the first difference, -1 for none; call it after the last write. */
    long difference() throws IOException {
        return difference < 0 && other.read() >= 0 ? position : difference;
    }
}
