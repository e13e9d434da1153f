package dev.smsrunner.localjdbc;

import dev.smsrunner.localjdbc.ServerStatements.StatementKeys;
import java.io.IOException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Connection over a socket. It caches the connection settings, so that reading them needs no request. */
final class ClientConnection extends InterfaceHandler {

    private final ClientLink link;
    private boolean autoCommit = true;
    private boolean readOnly;
    private int isolation;
    private boolean closed;

    private ClientConnection(ClientLink link) {
        this.link = link;
        this.isolation = link.greeting().isolation();
    }

    static Connection over(ClientLink link) {
        return new ClientConnection(link).as(Connection.class);
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object[] arguments) throws SQLException {
        switch (method.getName()) {
            case "close" -> close();
            case "abort" -> close();
            case "isClosed" -> {
                return closed || !link.isOpen();
            }
            case "isValid" -> {
                return isValid((Integer) Objects.requireNonNull(arguments[0]));
            }
            case "getWarnings", "getCatalog" -> {
                return null;
            }
            case "clearWarnings" -> {}
            case "getHoldability" -> {
                return ResultSet.HOLD_CURSORS_OVER_COMMIT;
            }
            case "getNetworkTimeout" -> {
                return (int) link.timeout().toMillis();
            }
            case "setNetworkTimeout" -> networkTimeout((Integer) Objects.requireNonNull(arguments[1]));
            case "nativeSQL" -> {
                return arguments[0];
            }
            default -> {
                if (closed) {
                    throw new SQLNonTransientConnectionException("the connection is closed", "08003");
                }
                return open(proxy, method, arguments);
            }
        }
        return null;
    }

    private @Nullable Object open(Object proxy, Method method, @Nullable Object[] arguments) throws SQLException {
        var connection = (Connection) proxy;
        return switch (method.getName()) {
            case "createStatement" ->
                new ClientStatement(link, connection, null, StatementKeys.NONE).as(Statement.class);
            case "prepareStatement" ->
                new ClientStatement(link, connection, (String) arguments[0], keys(arguments))
                        .as(PreparedStatement.class);
            case "getMetaData" -> new ClientMetaData(link.greeting(), connection).as(DatabaseMetaData.class);
            default -> transaction(method, arguments);
        };
    }

    private @Nullable Object transaction(Method method, @Nullable Object[] arguments) throws SQLException {
        switch (method.getName()) {
            case "getAutoCommit" -> {
                return autoCommit;
            }
            case "setAutoCommit" -> autoCommit((Boolean) Objects.requireNonNull(arguments[0]));
            case "commit" -> link.request(Protocol.COMMIT, ClientLink.Request.NOTHING);
            case "rollback" -> rollback(arguments);
            case "setSavepoint" -> {
                if (arguments.length > 0) {
                    throw unsupported(method);
                }
                return ClientSavepoint.set(link);
            }
            case "releaseSavepoint" -> ((ClientSavepoint) Objects.requireNonNull(arguments[0])).release(link);
            case "getTransactionIsolation" -> {
                return isolation;
            }
            case "setTransactionIsolation" -> isolation((Integer) Objects.requireNonNull(arguments[0]));
            case "isReadOnly" -> {
                return readOnly;
            }
            case "setReadOnly" -> readOnly((Boolean) Objects.requireNonNull(arguments[0]));
            default -> throw unsupported(method);
        }
        return null;
    }

    static StatementKeys keys(@Nullable Object[] arguments) throws SQLException {
        if (arguments.length == 1) {
            return StatementKeys.NONE;
        }
        if (arguments[1] instanceof String[] columns) {
            return new StatementKeys(true, Arrays.copyOf(columns, columns.length));
        }
        if (arguments.length == 2 && arguments[1] instanceof Integer requested) {
            return new StatementKeys(requested == Statement.RETURN_GENERATED_KEYS, new String[0]);
        }
        // a type of result set, which is always forward-only here
        return StatementKeys.NONE;
    }

    private void autoCommit(boolean requested) throws SQLException {
        if (requested != autoCommit) {
            link.request(Protocol.AUTO_COMMIT, out -> out.writeBoolean(requested));
            autoCommit = requested;
        }
    }

    private void isolation(int requested) throws SQLException {
        if (requested != isolation) {
            link.request(Protocol.ISOLATION, out -> out.writeInt(requested));
            isolation = requested;
        }
    }

    private void readOnly(boolean requested) throws SQLException {
        if (requested != readOnly) {
            link.request(Protocol.READ_ONLY, out -> out.writeBoolean(requested));
            readOnly = requested;
        }
    }

    private void rollback(@Nullable Object[] arguments) throws SQLException {
        if (arguments.length == 0) {
            link.request(Protocol.ROLLBACK, ClientLink.Request.NOTHING);
        } else {
            ((ClientSavepoint) Objects.requireNonNull(arguments[0])).rollback(link);
        }
    }

    private boolean isValid(int seconds) {
        if (closed || !link.isOpen()) {
            return false;
        }
        var previous = link.timeout();
        try {
            if (seconds > 0) {
                link.timeout(Duration.ofSeconds(seconds));
            }
            return link.request(Protocol.PING, ClientLink.Request.NOTHING).in().readBoolean();
        } catch (SQLException | IOException ex) {
            link.close();
            return false;
        } finally {
            link.timeout(previous);
        }
    }

    private void networkTimeout(int millis) {
        link.timeout(millis == 0 ? Protocol.ANSWER : Duration.ofMillis(millis));
    }

    private void close() {
        closed = true;
        link.close();
    }

    /** Savepoint identified by the number from the server. */
    private record ClientSavepoint(int id) implements Savepoint {

        static ClientSavepoint set(ClientLink link) throws SQLException {
            try {
                return new ClientSavepoint(link.request(Protocol.SAVEPOINT, ClientLink.Request.NOTHING)
                        .in()
                        .readInt());
            } catch (IOException ex) {
                throw new SQLException("unreadable savepoint number of the database server", "08P01", ex);
            }
        }

        void rollback(ClientLink link) throws SQLException {
            link.request(Protocol.ROLLBACK_TO, out -> out.writeInt(id));
        }

        void release(ClientLink link) throws SQLException {
            link.request(Protocol.RELEASE, out -> out.writeInt(id));
        }

        @Override
        public int getSavepointId() {
            return id;
        }

        @Override
        public String getSavepointName() {
            return "savepoint " + id;
        }
    }
}
