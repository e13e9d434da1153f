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

/** A connection over a socket. What the driver keeps for a connection is kept here, so that asking for it costs no request. */
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
                return (int) link.patience().toMillis();
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
            case "commit" -> link.ask(Protocol.COMMIT, ClientLink.Request.NOTHING);
            case "rollback" -> rollback(arguments);
            case "setSavepoint" -> {
                if (arguments.length > 0) {
                    throw notServed(method);
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
            default -> throw notServed(method);
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
        if (arguments.length == 2 && arguments[1] instanceof Integer wanted) {
            return new StatementKeys(wanted == Statement.RETURN_GENERATED_KEYS, new String[0]);
        }
        // the kind of result set: every one here is read forward only
        return StatementKeys.NONE;
    }

    private void autoCommit(boolean wanted) throws SQLException {
        if (wanted != autoCommit) {
            link.ask(Protocol.AUTO_COMMIT, out -> out.writeBoolean(wanted));
            autoCommit = wanted;
        }
    }

    private void isolation(int wanted) throws SQLException {
        if (wanted != isolation) {
            link.ask(Protocol.ISOLATION, out -> out.writeInt(wanted));
            isolation = wanted;
        }
    }

    private void readOnly(boolean wanted) throws SQLException {
        if (wanted != readOnly) {
            link.ask(Protocol.READ_ONLY, out -> out.writeBoolean(wanted));
            readOnly = wanted;
        }
    }

    private void rollback(@Nullable Object[] arguments) throws SQLException {
        if (arguments.length == 0) {
            link.ask(Protocol.ROLLBACK, ClientLink.Request.NOTHING);
        } else {
            ((ClientSavepoint) Objects.requireNonNull(arguments[0])).rollback(link);
        }
    }

    private boolean isValid(int seconds) {
        if (closed || !link.isOpen()) {
            return false;
        }
        var before = link.patience();
        try {
            if (seconds > 0) {
                link.patience(Duration.ofSeconds(seconds));
            }
            return link.ask(Protocol.PING, ClientLink.Request.NOTHING).in().readBoolean();
        } catch (SQLException | IOException ex) {
            link.close();
            return false;
        } finally {
            link.patience(before);
        }
    }

    private void networkTimeout(int millis) {
        link.patience(millis == 0 ? Protocol.ANSWER : Duration.ofMillis(millis));
    }

    private void close() {
        closed = true;
        link.close();
    }

    /** A savepoint by the number that the server gave it. */
    private record ClientSavepoint(int id) implements Savepoint {

        static ClientSavepoint set(ClientLink link) throws SQLException {
            try {
                return new ClientSavepoint(link.ask(Protocol.SAVEPOINT, ClientLink.Request.NOTHING)
                        .in()
                        .readInt());
            } catch (IOException ex) {
                throw new SQLException("a savepoint without a number", "08P01", ex);
            }
        }

        void rollback(ClientLink link) throws SQLException {
            link.ask(Protocol.ROLLBACK_TO, out -> out.writeInt(id));
        }

        void release(ClientLink link) throws SQLException {
            link.ask(Protocol.RELEASE, out -> out.writeInt(id));
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
