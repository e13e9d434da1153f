package dev.smsrunner.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.Leases;
import dev.smsrunner.support.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the owner can read the embedded database, whatever the umask of the shell: in a separate JVM. */
class FileModesIT {

    /** Program of the separate JVM. */
    static final class Opens {

        private Opens() {}

        public static void main(String[] directory) throws IOException {
            try (var database = TestDatabases.embedded(Path.of(directory[0]))) {
                new Leases(database.source()).find("a");
                try (var files = Files.walk(Path.of(directory[0]))) {
                    files.forEach(file -> System.out.println((Files.isDirectory(file) ? "d" : "-")
                            + DatabaseTests.mode(file)
                            + " "
                            + file.getFileName()));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022"})
    void areTheSameUnderEveryUmask(String umask, @TempDir Path work) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var log = work.resolve("log");
        var process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "umask " + umask + " && exec \"$0\" \"$@\"",
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opens.class.getName(),
                        work.resolve("above/data").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var modes = Files.readAllLines(log).stream()
                .filter(line -> line.matches("[d-][rwx-]{9} .*"))
                .toList();

        assertThat(modes).contains("drwx------ data", "drwx------ db", "-rw------- sms-runner.mv.db");
        assertThat(modes).allSatisfy(line -> assertThat(line).containsPattern("^.rw[x-]------"));
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(work.resolve("above/data/db/sms-runner.mv.db"))))
                .isEqualTo("rw-------");
    }
}
