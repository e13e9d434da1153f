package dev.smsrunner.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fails after a rename that the instrumentation did not follow, long before a trial does. */
class InstrumentationJarTests {

    @Test
    void instrumentsTheCompiledClasses(@TempDir Path directory) throws IOException {
        var empty = directory.resolve("empty.jar"); // all classes come from the class path
        new JarOutputStream(Files.newOutputStream(empty)).close();

        var overlay = InstrumentationJar.of(empty, directory.resolve("overlay.jar"));

        assertThat(overlay).isNotEmptyFile();
    }
}
