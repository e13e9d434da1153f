package dev.smsrunner.database;

import dev.smsrunner.support.FileFailures;
import dev.smsrunner.support.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Login to the embedded database. A database of an earlier version has an empty password and gets a new one here. The
 * password is written to its file first and to the database second, so both are tried.
 */
final class EmbeddedLogin {

    static final String USER = "sms_runner";

    /** WRONG_USER_OR_PASSWORD in the driver's list of errors. */
    private static final int WRONG_PASSWORD = 28000;

    private static final String NONE = "";

    private final String url;
    private final Path file;
    private final DatabaseKey key;

    EmbeddedLogin(EmbeddedPaths paths) {
        this.url = paths.url();
        this.file = paths.file();
        this.key = new DatabaseKey(paths.directory());
    }

    /**
     * Open database.
     *
     * @param connection keeps the database open until it is closed
     * @param password password for more connections
     */
    record OpenDatabase(Connection connection, String password) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /**
     * Opens the database and sets a password if it has none.
     *
     * @throws SQLException when the driver refuses for another reason than the password
     * @throws DatabaseException when the password is wrong or cannot be read or written
     */
    OpenDatabase open() throws SQLException {
        try {
            var known = key.read();
            if (!hasData()) {
                PrivateFiles.create(file);
                return connect(known.isPresent() ? known.get() : key.create());
            }
            return known.isPresent() ? openWithKey(known.get()) : openWithoutKey();
        } catch (IOException ex) {
            throw new UncheckedIOException(
                    "the password file %s cannot be used: %s".formatted(key.file(), FileFailures.text(ex, key.file())),
                    ex);
        }
    }

    private boolean hasData() throws IOException {
        return Files.exists(file) && Files.size(file) > 0;
    }

    private OpenDatabase connect(String password) throws SQLException {
        return new OpenDatabase(DriverManager.getConnection(url, USER, password), password);
    }

    private OpenDatabase openWithKey(String password) throws SQLException {
        try {
            return connect(password);
        } catch (SQLException ex) {
            if (ex.getErrorCode() != WRONG_PASSWORD) {
                throw ex;
            }
        }
        return setPassword(password, openWithoutPassword("does not fit"));
    }

    private OpenDatabase openWithoutKey() throws SQLException, IOException {
        var database = openWithoutPassword("is missing");
        return setPassword(key.create(), database);
    }

    private OpenDatabase openWithoutPassword(String problem) throws SQLException {
        try {
            return connect(NONE);
        } catch (SQLException ex) {
            if (ex.getErrorCode() != WRONG_PASSWORD) {
                throw ex;
            }
            throw new DatabaseException(
                    "Its password file %s %s. Nothing was changed. Restore the whole directory %s from a backup, this file included."
                            .formatted(key.file(), problem, file.getParent()),
                    ex);
        }
    }

    private static OpenDatabase setPassword(String password, OpenDatabase database) throws SQLException {
        // A parameter, since a failure message repeats the text of its statement.
        try (var statement = database.connection().prepareStatement("set password ?")) {
            statement.setString(1, password);
            statement.execute();
            return new OpenDatabase(database.connection(), password);
        } catch (SQLException ex) {
            database.close();
            throw ex;
        }
    }
}
