package dev.smsrunner.database;

import dev.smsrunner.support.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Latest recorded write count of the embedded database, in a file beside it. The driver opens a truncated or overwritten
 * file as an older or a new database. Without this check a run would silently start again, or resume from an old state.
 */
final class Watermark {

    private static final String WRITE_COUNT = "select coalesce(sum(writes + 1), 0) from run";

    /** Digits of the number, and the end of its line. */
    private static final int MAX_LENGTH = 32;

    private final Path database;
    private final Path file;

    /** Watermark of the database in the file. */
    Watermark(Path database) {
        this.database = database;
        this.file = database.resolveSibling("sms-runner.known");
    }

    /** Whether a count is recorded. */
    boolean exists() {
        return recorded() > 0;
    }

    /**
     * Checks the file before the driver opens it, which would create a new one.
     *
     * @throws DatabaseException when it is missing or empty
     */
    void verifyPresent() {
        if (recorded() > 0 && !Files.exists(database)) {
            throw rejection("is missing");
        }
        if (recorded() > 0 && Files.isRegularFile(database) && database.toFile().length() == 0) {
            throw rejection("is damaged: it is empty");
        }
    }

    /**
     * Checks the count before the first write.
     *
     * @throws DatabaseException when the database contains fewer writes than recorded
     */
    void verifyComplete(DataSource source) {
        if (writeCount(source) < recorded()) {
            throw rejection("is older than it was: it was damaged, or replaced by an earlier copy");
        }
    }

    /** Records an earlier count, since the latest commits may not have reached the file when this process dies. */
    void raise(long writeCount) {
        try {
            if (writeCount > recorded()) {
                PrivateFiles.create(file);
                Files.writeString(file, writeCount + "\n");
            }
        } catch (IOException ex) {
            // the database itself reports problems of the disk
        }
    }

    /** Write count of the database: each run and each of its writes; never decreases. */
    static long writeCount(DataSource source) {
        try {
            return Objects.requireNonNull(new JdbcTemplate(source).queryForObject(WRITE_COUNT, Long.class));
        } catch (BadSqlGrammarException ex) {
            return 0;
        }
    }

    private long recorded() {
        try {
            // Read before the check of the directory: a special file of another user must not block.
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MAX_LENGTH
                    ? Long.parseLong(Files.readString(file).strip())
                    : 0;
        } catch (IOException | NumberFormatException ex) {
            return 0;
        }
    }

    private DatabaseException rejection(String what) {
        return new DatabaseException(
                "Its file %s %s. Nothing was changed in the cloud. Restore it from a backup; or remove %s, and the same command continues with the present data: existing tasks of the servers in the cloud are taken over, not created again."
                        .formatted(database.getFileName(), what, file),
                null);
    }
}
