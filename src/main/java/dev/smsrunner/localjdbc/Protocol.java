package dev.smsrunner.localjdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;

/**
 * Protocol of both sides of a socket. A frame is a length of four bytes, followed by that number of bytes. The client
 * sends a request and the server answers with one frame. The first request is {@link #HELLO}.
 */
final class Protocol {

    /** Version, raised with every change of a frame. Each side refuses other versions. */
    static final int VERSION = 1;

    /** First four bytes of the first frame in both directions: "SMSJ". */
    static final int MAGIC = 0x534d534a;

    static final int LARGEST_FRAME = 16 << 20;

    /** Size at which a page of rows or a part of a batch ends, so that a frame stays far below its limit. */
    static final int PAGE_BYTES = 1 << 20;

    static final int PAGE_ROWS = 500;

    /** Time limit for the first answer; a slower server counts as suspended. */
    static final Duration FIRST_ANSWER = Duration.ofSeconds(3);

    /** Time limit for the answer to a statement, and for the rest of a frame that has started. */
    static final Duration ANSWER = Duration.ofSeconds(20);

    static final byte HELLO = 1;
    static final byte EXECUTE = 2;
    static final byte BATCH = 3;
    static final byte FETCH = 4;
    static final byte CLOSE_CURSOR = 5;
    static final byte COMMIT = 6;
    static final byte ROLLBACK = 7;
    static final byte AUTO_COMMIT = 8;
    static final byte ISOLATION = 9;
    static final byte READ_ONLY = 10;
    static final byte PING = 11;

    static final byte DONE = 32;
    static final byte ROWS = 33;
    static final byte COUNT = 34;
    static final byte COUNTS = 35;
    static final byte FAILED = 36;
    static final byte REFUSED = 37;

    private Protocol() {}

    /** Writer of a part of a frame. */
    @FunctionalInterface
    interface Content {
        Content NOTHING = out -> {};

        void write(DataOutputStream out) throws IOException;
    }

    /** Frame of an operation with its content. */
    static byte[] frame(byte operation, Content content) throws IOException {
        return bytes(out -> {
            out.writeByte(operation);
            content.write(out);
        });
    }

    static byte[] bytes(Content content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        content.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    static DataInputStream reader(byte[] frame) {
        return new DataInputStream(new ByteArrayInputStream(frame));
    }
}
