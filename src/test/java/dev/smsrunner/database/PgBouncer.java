package dev.smsrunner.database;

import dev.smsrunner.support.TestDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real PgBouncer in front of a database. */
final class PgBouncer implements AutoCloseable {

    private final Process process;
    private final TestDatabases.Postgres database;

    private PgBouncer(Process process, TestDatabases.Postgres database) {
        this.process = process;
        this.database = database;
    }

    static PgBouncer start(Path directory, TestDatabases.Postgres behind, String mode)
            throws IOException, InterruptedException {
        var address = URI.create(behind.url().substring("jdbc:".length()));
        var name = address.getPath().substring(1);
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var config = directory.resolve("pgbouncer.ini");
        Files.writeString(config, """
                [databases]
                %1$s = host=%2$s port=%3$d dbname=%1$s user=%4$s%5$s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %6$d
                auth_type = any
                unix_socket_dir =
                pool_mode = %7$s
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        name,
                        address.getHost(),
                        address.getPort(),
                        behind.user(),
                        behind.password().isEmpty() ? "" : " password=" + behind.password(),
                        port,
                        mode));
        var log = directory.resolve("pgbouncer.log").toFile();
        var process = new ProcessBuilder(command(config))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        awaitPort(process, port);
        var url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name);
        return new PgBouncer(process, new TestDatabases.Postgres(url, behind.user(), behind.password()));
    }

    /** PgBouncer refuses to run as root. */
    private static List<String> command(Path config) throws IOException {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            config.getParent().toFile().setExecutable(true, false);
            config.getParent().toFile().setReadable(true, false);
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of(System.getenv("TEST_PGBOUNCER"), config.toString()));
        return command;
    }

    @SuppressWarnings("try") // a connection is enough
    private static void awaitPort(Process process, int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException ex) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    throw ex;
                }
            }
        }
    }

    TestDatabases.Postgres database() {
        return database;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
