package dev.smsrunner.inventory;

import dev.smsrunner.support.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Splits the bytes of a file into lines: strict UTF-8, terminated by LF, CRLF or CR. A line that is too long, has another
 * encoding or contains control characters is returned with its fault instead of its text. Memory is bounded for any file.
 */
final class InventoryLines implements Closeable {

    /** Longest row, in bytes. */
    static final int MAX_BYTES = 256 * 1024;

    private static final int CTRL_Z = 0x1a;

    /** Bytes of a line that are kept: one more than fits shows that it is too long, and a final Ctrl-Z does not count. */
    private static final int MAX_KEPT = MAX_BYTES + 2;

    private final DigestInputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int end;
    private byte[] line = new byte[4096];
    private int length;
    private int lineNumber;
    private boolean isCutOff;
    private String sha256 = "";

    InventoryLines(InputStream in) {
        this.in = new DigestInputStream(in, Sha256.digest());
    }

    /**
     * Reads the first bytes: skips a byte order mark and recognises files that are not UTF-8 text.
     *
     * @return reason why the whole file cannot be read, or null
     */
    @Nullable
    CellProblem open() throws IOException {
        fill();
        if (FileKind.startsWith(buffer, end, 0xef, 0xbb, 0xbf)) {
            position = 3;
            return null;
        }
        return FileKind.problemOf(buffer, end);
    }

    /** Next line, or null at the end of the file. */
    @Nullable
    InventoryLine next() throws IOException {
        length = 0;
        boolean terminated = false;
        while (!terminated && (position < end || fill())) {
            int from = position;
            while (position < end && buffer[position] != '\n' && buffer[position] != '\r') {
                position++;
            }
            keep(from, position);
            terminated = position < end;
        }
        if (terminated) {
            skipTerminator();
        } else if (length > 0 && line[length - 1] == CTRL_Z) {
            length--; // some old editors append it to a text file
        }
        if (!terminated && length == 0) {
            return null;
        }
        lineNumber++;
        isCutOff = !terminated;
        return decode();
    }

    /** Whether the last line that was read has no line end, as in a file that is cut off. */
    boolean isCutOff() {
        return isCutOff;
    }

    private void keep(int from, int to) {
        int kept = Math.min(to - from, MAX_KEPT - length);
        if (length + kept > line.length) {
            line = Arrays.copyOf(line, Math.min(MAX_KEPT, 2 * (length + kept)));
        }
        System.arraycopy(buffer, from, line, length, kept);
        length += kept;
    }

    private void skipTerminator() throws IOException {
        boolean carriageReturn = buffer[position++] == '\r';
        if (carriageReturn && (position < end || fill()) && buffer[position] == '\n') {
            position++;
        }
    }

    private InventoryLine decode() {
        boolean ascii = true;
        for (int i = 0; i < length; i++) {
            byte b = line[i];
            ascii &= b >= 0;
            if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) {
                return lineWithFault(control(b, i), "remove it, or save the file again as plain CSV UTF-8");
            }
        }
        if (length > MAX_BYTES) {
            return lineWithFault(
                    "is longer than 256 KB", "check for a missing line end or quote, or shorten the cells");
        }
        return ascii
                ? InventoryLine.of(lineNumber, new String(line, 0, length, StandardCharsets.ISO_8859_1))
                : decodeUtf8();
    }

    private static String control(byte b, int index) {
        String name = b == 0 ? "a NUL character" : String.format("a control character (\\u%04x)", b);
        return "contains " + name + " at byte " + (index + 1);
    }

    private InventoryLine decodeUtf8() {
        ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
        CharBuffer chars = CharBuffer.allocate(length);
        if (StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true).isError()) {
            return lineWithOtherEncoding(bytes.position());
        }
        String text = chars.flip().toString();
        return text.chars().anyMatch(c -> c >= 0x80 && c <= 0x9f)
                ? lineWithFault("contains a control character", "remove it, or save the file again as plain CSV UTF-8")
                : InventoryLine.of(lineNumber, text);
    }

    /** @param index of the first byte that is not UTF-8 */
    private InventoryLine lineWithOtherEncoding(int index) {
        String what = String.format(
                "is not UTF-8 at byte %d (0x%02x), it looks like %s",
                index + 1, line[index] & 0xff, FileKind.encodingOf(line, length));
        return InventoryLine.withOtherEncoding(
                lineNumber, new CellProblem(what, "save the file again as \"CSV UTF-8\""));
    }

    private InventoryLine lineWithFault(String what, String advice) {
        return InventoryLine.withFault(lineNumber, new CellProblem(what, advice));
    }

    /** Reads the next bytes; false at the end of the file. */
    private boolean fill() throws IOException {
        end = in.readNBytes(buffer, 0, buffer.length);
        position = 0;
        return end > 0;
    }

    /** Reads the rest of the file and returns the digest of all bytes, as lower case hex. */
    String sha256() throws IOException {
        if (sha256.isEmpty()) {
            in.transferTo(OutputStream.nullOutputStream());
            sha256 = HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
        return sha256;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
