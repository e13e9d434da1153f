package dev.smsrunner.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Source files listed in CONTRIBUTING.md. */
class ContributingTests {

    private static final Path SOURCES = Path.of("src/main/java/dev/smsrunner");

    @Test
    void namesOnlySourceFilesThatExist() throws IOException {
        var named = Pattern.compile("`((?:\\w+/)+\\w+\\.java)`")
                .matcher(Files.readString(Path.of("CONTRIBUTING.md")))
                .results()
                .map(file -> file.group(1))
                .toList();

        assertThat(named)
                .hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(SOURCES.resolve(file)).isRegularFile());
    }
}
