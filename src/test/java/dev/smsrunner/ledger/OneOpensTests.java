package dev.smsrunner.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneOpensTests {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @Test
    void theNextOpensWhenTheOneBeforeHasOpened() {
        var file = directory.resolve("opening");
        var opened = new AtomicBoolean();

        var second = OneOpens.alone(file, LONG, () -> {
            var waits = CompletableFuture.supplyAsync(() -> OneOpens.alone(file, LONG, opened::get));
            opened.set(true);
            assertThat(waits).isNotDone();
            return waits;
        });

        assertThat(second.join()).isTrue();
    }

    @Test
    void whoHasWaitedLongEnoughGoesOnAllTheSame() {
        var file = directory.resolve("opening");

        var opened = OneOpens.alone(file, LONG, () -> OneOpens.alone(file, Duration.ZERO, () -> "opened"));

        assertThat(opened).isEqualTo("opened");
    }

    @Test
    void theFileIsForItsOwnerOnly() throws IOException {
        var file = directory.resolve("opening");
        OneOpens.alone(file, LONG, () -> "opened");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
