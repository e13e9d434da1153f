package dev.smsrunner.localjdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Metadata of the database for Spring: name, version and capabilities. */
final class ClientMetaData extends InterfaceHandler {

    private final DatabaseGreeting database;
    private final Connection connection;

    ClientMetaData(DatabaseGreeting database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    @Override
    @Nullable
    Object call(Invocation call) throws SQLException {
        return switch (call.name()) {
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
                    "supportsTransactionIsolationLevel",
                    "storesLowerCaseIdentifiers" -> true;
            case "supportsNamedParameters",
                    "supportsSavepoints",
                    "storesUpperCaseIdentifiers",
                    "storesMixedCaseIdentifiers" -> false;
            default -> throw call.unsupported();
        };
    }
}
