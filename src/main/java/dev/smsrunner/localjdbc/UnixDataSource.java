package dev.smsrunner.localjdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Source of connections to the database of the process that listens at a socket. */
public final class UnixDataSource {

    private final Path socket;

    public UnixDataSource(Path socket) {
        this.socket = socket;
    }

    /**
     * Opens a connection. It supports the methods used by Spring JDBC, Spring Batch and this program; other methods
     * throw {@link java.sql.SQLFeatureNotSupportedException}.
     *
     * @throws IOException when no process listens
     * @throws SilentServerException when the listening process does not answer within three seconds
     * @throws RefusedByServerException when it uses another version or serves too many clients
     */
    public Connection connect() throws IOException, SQLException {
        return ClientConnection.over(ClientLink.connect(socket));
    }
}
