package dev.smsrunner.localjdbc;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Metadata of the database for Spring: name, version and capabilities. */
final class ClientMetaData extends InterfaceHandler {

    private final ClientLink.Greeting database;
    private final Connection connection;

    ClientMetaData(ClientLink.Greeting database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object[] arguments) throws SQLException {
        return switch (method.getName()) {
            case "getConnection" -> connection;
            case "getDatabaseProductName" -> database.product();
            case "getDatabaseProductVersion", "getDriverVersion" -> database.version();
            case "getDatabaseMajorVersion", "getDriverMajorVersion" -> database.major();
            case "getDatabaseMinorVersion", "getDriverMinorVersion" -> database.minor();
            case "getDriverName" -> "sms-runner local JDBC";
            case "getJDBCMajorVersion" -> 4;
            case "getJDBCMinorVersion" -> 3;
            case "getURL" -> database.url();
            case "getDefaultTransactionIsolation" -> database.isolation();
            case "supportsBatchUpdates",
                    "supportsGetGeneratedKeys",
                    "supportsTransactions",
                    "supportsSavepoints",
                    "storesLowerCaseIdentifiers" -> true;
            case "supportsNamedParameters", "storesUpperCaseIdentifiers", "storesMixedCaseIdentifiers" -> false;
            case "supportsTransactionIsolationLevel" -> true;
            default -> throw unsupported(method);
        };
    }
}
