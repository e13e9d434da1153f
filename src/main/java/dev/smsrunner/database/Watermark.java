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
 * How much the embedded database held when it was last looked at, in a file beside it. The driver opens a file that was cut off
 * or written over as if it were an older one, or a new one; a run would begin anew, or go on from where it was hours ago,
 * and nobody would be told.
 */
final class Watermark {

    private static final String WRITE_COUNT = "select coalesce(sum(writes + 1), 0) from run";

    /** Digits of a number, and the end of its line. */
    private static final int MAX_LENGTH = 32;

    private final Path database;
    private final Path file;

    /** That of the database in the file. */
    Watermark(Path database) {
        this.database = database;
        this.file = database.resolveSibling("sms-runner.known");
    }

    /** Whether something is known of the database. */
    boolean exists() {
        return recorded() > 0;
    }

    /**
     * Before the driver opens the file, which it would make a new one of.
     *
     * @throws DatabaseException when it is not there any more, or has nothing in it
     */
    void verifyPresent() {
        if (recorded() > 0 && !Files.exists(database)) {
            throw rejection("is not there any more");
        }
        if (recorded() > 0 && Files.isRegularFile(database) && database.toFile().length() == 0) {
            throw rejection("is damaged: there is nothing in it");
        }
    }

    /**
     * Before anything is written to it.
     *
     * @throws DatabaseException when it holds less than it did
     */
    void verifyComplete(DataSource source) {
        if (writeCount(source) < recorded()) {
            throw rejection("is older than it was: it was damaged, or replaced by an earlier copy");
        }
    }

    /** Notes what it held a while ago: what was committed just now may not have reached the file when this process dies. */
    void raise(long writeCount) {
        try {
            if (writeCount > recorded()) {
                PrivateFiles.create(file);
                Files.writeString(file, writeCount + "\n");
            }
        } catch (IOException ex) {
            // the database itself has more to say about such a disk
        }
    }

    /** How much the database holds now: each run, and each of its writes; only ever more. */
    static long writeCount(DataSource source) {
        try {
            return Objects.requireNonNull(new JdbcTemplate(source).queryForObject(WRITE_COUNT, Long.class));
        } catch (BadSqlGrammarException ex) {
            return 0;
        }
    }

    private long recorded() {
        try {
            // Asked before the directory was checked: what another user put here must not be waited for.
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MAX_LENGTH
                    ? Long.parseLong(Files.readString(file).strip())
                    : 0;
        } catch (IOException | NumberFormatException ex) {
            return 0;
        }
    }

    private DatabaseException rejection(String what) {
        return new DatabaseException(
                "Its file %s %s. Nothing was changed in the cloud. Put it back from a backup; or remove %s, and the same command goes on with what is there: tasks that the servers have in the cloud are taken over, not created again."
                        .formatted(database.getFileName(), what, file),
                null);
    }
}
