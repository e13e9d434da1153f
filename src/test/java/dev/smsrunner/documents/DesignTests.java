package dev.smsrunner.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Packages described in docs/design.md. */
class DesignTests {

    private static final Path SOURCES = Path.of("src/main/java/dev/smsrunner");

    @Test
    void namesEveryPackageInItsTables() throws IOException {
        var tables = String.join(
                "\n",
                Files.readAllLines(Path.of("docs/design.md")).stream()
                        .filter(line -> line.startsWith("|"))
                        .toList());

        try (var files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.endsWith("package-info.java"))
                            .map(file -> SOURCES.relativize(file.getParent()).toString())
                            .map(name -> name.replace('/', '.'))
                            .toList())
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(tables).contains("`" + name + "`"));
        }
    }
}
