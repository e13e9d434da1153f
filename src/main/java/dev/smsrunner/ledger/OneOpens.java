package dev.smsrunner.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Processes that open the embedded database do so one after the other: when several find the lock file of one that was
 * killed, all but one wait for each other in the driver and give up. The lock is the operating system's, so it goes with its
 * process. Who waits too long goes on without it: the driver's own lock still lets only one in.
 */
final class OneOpens {

    private static final Set<StandardOpenOption> OPTIONS = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private OneOpens() {}

    /**
     * Opens when nobody else is opening, or when it has waited as long as it may.
     *
     * @param file is locked; it is created when it is not there
     */
    static <T> T alone(Path file, Duration patience, Supplier<T> open) {
        var lock = waitFor(file, patience);
        try {
            return open.get();
        } finally {
            close(lock);
        }
    }

    private static @Nullable FileChannel waitFor(Path file, Duration patience) {
        try {
            var channel = FileChannel.open(file, OPTIONS, PrivateFiles.attributes(file));
            for (long began = System.nanoTime();
                    locked(channel) == null
                            && System.nanoTime() - began < patience.toNanos()
                            && !Thread.currentThread().isInterrupted(); ) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
            return channel;
        } catch (IOException notLockable) {
            return null;
        }
    }

    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException byAThreadOfOurs) {
            return null;
        }
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException gone) {
            // the lock ends with the process at the latest
        }
    }
}
