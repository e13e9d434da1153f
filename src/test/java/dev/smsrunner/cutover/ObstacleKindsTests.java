package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of obstacle kinds in docs/operating.md. */
class ObstacleKindsTests {

    private static final String HEADING = "## What a row waits for";

    @Test
    void operatingPageExplainsEveryKindOnceInOrder() throws IOException {
        var text = Files.readString(Path.of("docs/operating.md"));
        var section = text.substring(text.indexOf(HEADING), text.indexOf("\n## ", text.indexOf(HEADING)));

        assertThat(Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| .+ \\|$")
                        .matcher(section)
                        .results())
                .extracting(row -> row.group(1))
                .containsExactlyElementsOf(
                        Arrays.stream(Obstacle.Kind.values()).map(Enum::name).toList());
    }
}
