package dev.smsrunner.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.support.TestDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has the embedded database open. */
class FileHolderTests {

    @TempDir
    private Path directory;

    @Test
    void aHolderThatIsSilentIsRefused() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var lock = locked(silent.getLocalPort());

            assertThatThrownBy(() -> FileHolder.mustAnswer(lock, Duration.ofMillis(100)))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("does not answer");
        }
    }

    @Test
    void aHolderThatIsGoneIsNoMatter() throws IOException {
        int port;
        try (var gone = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }

        assertThatCode(() -> FileHolder.mustAnswer(locked(port), Duration.ofSeconds(5)))
                .doesNotThrowAnyException();
        assertThatCode(() -> FileHolder.mustAnswer(directory.resolve("none"), Duration.ofSeconds(5)))
                .doesNotThrowAnyException();
    }

    @Test
    void aHolderThatAnswersIsLetBe() {
        try (var held = TestDatabases.embedded(directory)) {
            assertThatCode(() ->
                            FileHolder.mustAnswer(directory.resolve("db/sms-runner.lock.db"), Duration.ofSeconds(30)))
                    .doesNotThrowAnyException();
            assertThatCode(() -> held.connect().close()).doesNotThrowAnyException();
        }
    }

    private Path locked(int port) throws IOException {
        return Files.writeString(directory.resolve("lock"), "#FileLock\nserver=127.0.0.1\\:%d\n".formatted(port));
    }
}
