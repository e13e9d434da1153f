package dev.smsrunner.localjdbc;

import dev.smsrunner.localjdbc.ServerStatements.StatementKeys;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
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
    Object call(Invocation call) throws SQLException {
        return switch (call.name()) {
            case "close", "abort" -> closed = close();
            case "isClosed" -> closed || !link.isOpen();
            case "isValid" -> isValid(call.number(0));
            case "getWarnings", "getCatalog", "clearWarnings" -> null;
            case "getHoldability" -> ResultSet.HOLD_CURSORS_OVER_COMMIT;
            case "getNetworkTimeout" -> (int) link.timeout().toMillis();
            case "setNetworkTimeout" -> networkTimeout(call.number(1));
            case "nativeSQL" -> call.arguments()[0];
            default -> {
                if (closed) {
                    throw new SQLNonTransientConnectionException("the connection is closed", "08003");
                }
                yield open(call);
            }
        };
    }

    private Object open(Invocation call) throws SQLException {
        var connection = (Connection) call.proxy();
        return switch (call.name()) {
            case "createStatement" ->
                new ClientStatement(link, connection, null, StatementKeys.NONE).as(Statement.class);
            case "prepareStatement" ->
                new ClientStatement(link, connection, (String) call.arguments()[0], keys(call))
                        .as(PreparedStatement.class);
            case "getMetaData" -> new ClientMetaData(link.greeting(), connection).as(DatabaseMetaData.class);
            case "getAutoCommit" -> autoCommit;
            case "setAutoCommit" -> autoCommit = change(autoCommit, call.flag(0), Protocol.AUTO_COMMIT);
            case "commit" -> link.request(Protocol.COMMIT, Protocol.Content.NOTHING);
            case "rollback" -> rollback(call);
            case "getTransactionIsolation" -> isolation;
            case "setTransactionIsolation" -> isolation = isolation(call.number(0));
            case "isReadOnly" -> readOnly;
            case "setReadOnly" -> readOnly = change(readOnly, call.flag(0), Protocol.READ_ONLY);
            default -> throw call.unsupported();
        };
    }

    /** The keys that a call of {@code prepareStatement} or {@code execute} requests. */
    static StatementKeys keys(Invocation call) {
        var arguments = call.arguments();
        if (arguments.length > 1 && arguments[1] instanceof String[] columns) {
            return new StatementKeys(true, Arrays.copyOf(columns, columns.length));
        }
        if (arguments.length == 2 && arguments[1] instanceof Integer requested) {
            return new StatementKeys(requested == Statement.RETURN_GENERATED_KEYS, new String[0]);
        }
        // none, or a type of result set, which is always forward-only here
        return StatementKeys.NONE;
    }

    private boolean change(boolean current, boolean requested, byte operation) throws SQLException {
        if (requested != current) {
            link.request(operation, out -> out.writeBoolean(requested));
        }
        return requested;
    }

    private int isolation(int requested) throws SQLException {
        if (requested != isolation) {
            link.request(Protocol.ISOLATION, out -> out.writeInt(requested));
        }
        return requested;
    }

    private boolean rollback(Invocation call) throws SQLException {
        if (call.arguments().length > 0) {
            throw call.unsupported();
        }
        return link.request(Protocol.ROLLBACK, Protocol.Content.NOTHING);
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
            return link.request(Protocol.PING, Protocol.Content.NOTHING, (kind, in) -> in.readBoolean());
        } catch (SQLException ex) {
            link.close();
            return false;
        } finally {
            link.timeout(previous);
        }
    }

    private Duration networkTimeout(int millis) {
        return link.timeout(millis == 0 ? Protocol.ANSWER : Duration.ofMillis(millis));
    }

    private boolean close() {
        link.close();
        return true;
    }
}
