package dev.smsrunner.localjdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections to the database of the process that listens at a socket. */
public final class UnixDataSource {

    private final Path socket;

    public UnixDataSource(Path socket) {
        this.socket = socket;
    }

    /**
     * A new connection. It offers what Spring JDBC, Spring Batch and this program use; other methods throw
     * {@link java.sql.SQLFeatureNotSupportedException}.
     *
     * @throws IOException when no process listens
     * @throws SilentServerException when the process that listens does not answer within three seconds
     * @throws RefusedByServerException when it speaks another version, or serves too many clients
     */
    public Connection connect() throws IOException, SQLException {
        return ClientConnection.over(ClientLink.to(socket));
    }
}
