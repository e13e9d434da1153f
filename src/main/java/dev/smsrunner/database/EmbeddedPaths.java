package dev.smsrunner.database;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the embedded database is.
 *
 * @param directory the private directory {@code db}
 */
public record EmbeddedPaths(Path directory) {

    private static final String NAME = "sms-runner";

    Path file() {
        return directory.resolve(NAME + ".mv.db");
    }

    /** Locked by the process that has the file open. */
    Path lock() {
        return directory.resolve(NAME + ".lock");
    }

    /** Where that process serves the others. */
    Path socket() {
        return directory.resolve(NAME + ".sock");
    }

    /** Names that process. */
    Path owner() {
        return directory.resolve(NAME + ".holder");
    }

    /** Lock files of earlier versions, which mean nothing once the file itself is locked. */
    List<Path> legacyLockFiles() {
        return List.of(directory.resolve(NAME + ".lock.db"), directory.resolve(NAME + ".opening"));
    }

    /**
     * WRITE_DELAY=0: with H2's default an acknowledged commit is lost when the process is killed. async: with "file" an
     * interrupt of any thread that reads or writes closes the database for all of them. FILE_LOCK=FS: the operating system
     * locks the file, and no port is opened.
     */
    String url() {
        return "jdbc:h2:async:" + directory.resolve(NAME).toAbsolutePath()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;FILE_LOCK=FS;TRACE_LEVEL_FILE=0";
    }
}
