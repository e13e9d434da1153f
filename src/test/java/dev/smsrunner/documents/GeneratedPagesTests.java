package dev.smsrunner.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cli.CommandReference;
import dev.smsrunner.inventory.ColumnReference;
import dev.smsrunner.jobfile.SettingReference;
import dev.smsrunner.sms.ErrorCodeReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated parts of the documentation match the code. */
class GeneratedPagesTests {

    static List<Arguments> pages() {
        return List.of(
                Arguments.of("docs/commands.md", CommandReference.regions()),
                Arguments.of("docs/job-file.md", SettingReference.regions()),
                Arguments.of("docs/inventory.md", ColumnReference.regions()),
                Arguments.of("docs/error-codes.md", ErrorCodeReference.regions()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void generatedPartsAreUpToDate(String file, Map<String, List<String>> regions) {
        Page page = new Page(Path.of(file));
        String text = page.text();
        String expected = GeneratedRegions.filled(text, regions);

        if (Page.WRITE) {
            page.write(expected);
        } else {
            assertThat(text)
                    .as(
                            "%s is stale. Run: WRITE_DOCS=1 mvn -ntp test -Dtest=GeneratedPagesTests, then commit the page",
                            file)
                    .isEqualTo(expected);
        }
        assertThat(GeneratedRegions.names(text)).containsExactlyInAnyOrderElementsOf(regions.keySet());
    }
}
