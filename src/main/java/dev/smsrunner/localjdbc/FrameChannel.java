package dev.smsrunner.localjdbc;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames over a socket, with time limits. One thread reads and writes; any thread may close. An interrupt neither
 * closes the socket nor ends a wait.
 */
final class FrameChannel implements Closeable {

    private static final int FIRST_PART = 64 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    FrameChannel(SocketChannel channel) throws IOException {
        this.channel = channel;
        try {
            channel.configureBlocking(false);
            this.selector = Selector.open();
            this.key = channel.register(selector, 0);
        } catch (IOException ex) {
            channel.close();
            throw ex;
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /**
     * Writes a frame.
     *
     * @throws SocketTimeoutException when the other side does not accept it within that time
     */
    void write(byte[] payload, Duration within) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        var header = ByteBuffer.allocate(Integer.BYTES).putInt(payload.length).flip();
        for (var buffer : new ByteBuffer[] {header, ByteBuffer.wrap(payload)}) {
            while (buffer.hasRemaining()) {
                if (channel.write(buffer) == 0) {
                    await(SelectionKey.OP_WRITE, deadline);
                }
            }
        }
    }

    /**
     * Reads a frame. Memory grows with the received bytes, not with the announced length.
     *
     * @param firstByteWithin time limit for the first byte; null means no limit
     * @param restWithin time limit for the rest of the frame
     * @return null when the other side closed the socket between two frames
     * @throws SocketTimeoutException when a limit is exceeded
     */
    byte @Nullable [] read(@Nullable Duration firstByteWithin, Duration restWithin) throws IOException {
        var header = ByteBuffer.allocate(Integer.BYTES);
        long unlimited = Long.MAX_VALUE / 2;
        int first =
                readSome(header, System.nanoTime() + (firstByteWithin == null ? unlimited : firstByteWithin.toNanos()));
        if (first < 0) {
            return null;
        }
        long deadline = System.nanoTime() + restWithin.toNanos();
        fill(header, deadline);
        int length = header.getInt(0);
        if (length < 1 || length > Protocol.LARGEST_FRAME) {
            throw new IOException(
                    "a frame of %d bytes exceeds the limit of %d bytes".formatted(length, Protocol.LARGEST_FRAME));
        }
        var payload = new byte[Math.min(length, FIRST_PART)];
        for (int at = 0; ; ) {
            fill(ByteBuffer.wrap(payload, at, payload.length - at), deadline);
            if (payload.length == length) {
                return payload;
            }
            at = payload.length;
            payload = Arrays.copyOf(payload, (int) Math.min(length, 2L * payload.length));
        }
    }

    private void fill(ByteBuffer buffer, long deadline) throws IOException {
        while (buffer.hasRemaining()) {
            if (readSome(buffer, deadline) < 0) {
                throw new EOFException("the socket was closed in the middle of a frame");
            }
        }
    }

    private int readSome(ByteBuffer buffer, long deadline) throws IOException {
        int read = channel.read(buffer);
        while (read == 0) {
            await(SelectionKey.OP_READ, deadline);
            read = channel.read(buffer);
        }
        return read;
    }

    private void await(int operation, long deadline) throws IOException {
        boolean interrupted = false;
        try {
            key.interestOps(operation);
            while (true) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new SocketTimeoutException("no data within the time limit");
                }
                selector.selectedKeys().clear();
                if (selector.select(Math.max(1, left / 1_000_000)) > 0) {
                    return;
                }
                interrupted |= Thread.interrupted();
                if (!channel.isOpen()) {
                    throw new ClosedChannelException();
                }
            }
        } catch (CancelledKeyException | ClosedSelectorException ex) {
            throw new ClosedChannelException();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            selector.close();
        }
    }
}
