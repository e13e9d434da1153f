package dev.smsrunner.localjdbc;

import java.time.Duration;

/**
 * What both sides of a socket agree on. A frame is a length of four bytes and so many bytes. The client sends a request, the
 * server answers it with one frame; the first request is {@link #HELLO}.
 */
final class Protocol {

    /** To be raised with every change of a frame: another version on the other side is refused. */
    static final int VERSION = 1;

    /** The first four bytes of the first frame in both directions: "SMSJ". */
    static final int MAGIC = 0x534d534a;

    static final int LARGEST_FRAME = 16 << 20;

    /** A page of rows and a part of a batch end when they reach this size, so that a frame stays far below its limit. */
    static final int PAGE_BYTES = 1 << 20;

    static final int PAGE_ROWS = 500;

    /** A server that does not answer the first frame within this time is suspended. */
    static final Duration FIRST_ANSWER = Duration.ofSeconds(3);

    /** For the answer to a statement, and for the rest of a frame that has begun. */
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
    static final byte SAVEPOINT = 12;
    static final byte ROLLBACK_TO = 13;
    static final byte RELEASE = 14;

    static final byte DONE = 32;
    static final byte ROWS = 33;
    static final byte COUNT = 34;
    static final byte COUNTS = 35;
    static final byte FAILED = 36;
    static final byte REFUSED = 37;

    private Protocol() {}
}
