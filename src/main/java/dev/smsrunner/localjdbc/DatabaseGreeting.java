package dev.smsrunner.localjdbc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Description of the server's database, sent when a client connects. */
record DatabaseGreeting(int isolation, String product, String version, int major, int minor, String url) {

    static DatabaseGreeting of(Connection connection) throws SQLException {
        var metaData = connection.getMetaData();
        return new DatabaseGreeting(
                connection.getTransactionIsolation(),
                metaData.getDatabaseProductName(),
                metaData.getDatabaseProductVersion(),
                metaData.getDatabaseMajorVersion(),
                metaData.getDatabaseMinorVersion(),
                metaData.getURL());
    }

    static DatabaseGreeting read(DataInputStream in) throws IOException {
        return new DatabaseGreeting(
                in.readInt(),
                ValueCodec.readText(in),
                ValueCodec.readText(in),
                in.readInt(),
                in.readInt(),
                ValueCodec.readText(in));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(isolation);
        ValueCodec.writeText(out, product);
        ValueCodec.writeText(out, version);
        out.writeInt(major);
        out.writeInt(minor);
        ValueCodec.writeText(out, url);
    }
}
