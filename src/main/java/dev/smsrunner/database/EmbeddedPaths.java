package dev.smsrunner.database;

import java.nio.file.Path;
import java.util.List;

/**
 * Paths of the embedded database.
 *
 * @param directory private directory {@code db}
 */
public record EmbeddedPaths(Path directory) {

    private static final String NAME = "sms-runner";

    Path file() {
        return directory.resolve(NAME + ".mv.db");
    }

    /** File that the owner process locks. */
    Path lock() {
        return directory.resolve(NAME + ".lock");
    }

    /** Socket of the owner process for other processes. */
    Path socket() {
        return directory.resolve(NAME + ".sock");
    }

    /** File with the id of the owner process. */
    Path owner() {
        return directory.resolve(NAME + ".holder");
    }

    /** Lock files of earlier versions, which have no meaning once the file itself is locked. */
    List<Path> legacyLockFiles() {
        return List.of(directory.resolve(NAME + ".lock.db"), directory.resolve(NAME + ".opening"));
    }

    /**
     * WRITE_DELAY=0: with H2's default, a kill of the process loses acknowledged commits. async: with "file", an interrupt
     * of any reading or writing thread closes the database for all threads. FILE_LOCK=FS: the operating system locks the
     * file, and no port is opened. CACHE_SIZE in KB: H2's default grows with the memory of the machine.
     */
    String url() {
        return "jdbc:h2:async:" + directory.resolve(NAME).toAbsolutePath()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;FILE_LOCK=FS;TRACE_LEVEL_FILE=0;CACHE_SIZE=16384";
    }
}
