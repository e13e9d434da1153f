package dev.smsrunner.ledger;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * The process that has the embedded database open. The driver waits for its answer without end, so one that was suspended is
 * found out before.
 */
final class FileHolder {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(3);

    private FileHolder() {}

    /**
     * Returns when nobody has the database open, or its holder answers.
     *
     * @param lockFile in which the driver notes the address of the holder
     * @throws DatabaseException when the holder is there and silent
     */
    static void mustAnswer(Path lockFile) {
        mustAnswer(lockFile, ANSWERS_WITHIN);
    }

    static void mustAnswer(Path lockFile, Duration patience) {
        try (var lines = Files.newBufferedReader(lockFile)) {
            var noted = new Properties();
            noted.load(lines);
            ask(noted.getProperty("server", ""), (int) patience.toMillis());
        } catch (SocketTimeoutException silent) {
            throw new DatabaseException(
                    "Another process has the embedded database open and does not answer: it is suspended, or the machine is overloaded. Nothing was changed. Let it go on (kill -CONT) or end it, then give the same command again.",
                    silent);
        } catch (IOException gone) {
            // nobody is there any more: the driver replaces the file
        }
    }

    /** Any answer will do: the question is one of a protocol too old to be understood. */
    private static void ask(String address, int millis) throws IOException {
        int colon = address.lastIndexOf(':');
        if (colon < 0) {
            return;
        }
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    millis);
            socket.setSoTimeout(millis);
            new DataOutputStream(socket.getOutputStream()).writeInt(0);
            socket.getInputStream().read();
        } catch (NumberFormatException notAnAddress) {
            // the driver knows better what to do with such a file
        }
    }
}
