package dev.smsrunner.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Paths that the locale of a process cannot name. */
class FileNameEncodingTests {

    private static String problem(Map<String, String> environment, String path) {
        return FileNameEncoding.of(StandardCharsets.US_ASCII, environment)
                .problemOf(path)
                .orElse("");
    }

    @Test
    void problemNamesTheVariableThatSetsTheLocale() {
        assertThat(problem(Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8"), "n\u00e4cht.yaml"))
                .isEqualTo("has characters that the locale of this process (LC_ALL=C, US-ASCII) cannot write;"
                        + " set LC_ALL=C.UTF-8");
        assertThat(problem(Map.of("LC_ALL", "", "LC_CTYPE", "POSIX"), "\u5357.csv"))
                .contains("(LC_CTYPE=POSIX, US-ASCII)");
        assertThat(problem(Map.of("LANG", "C"), "\ufffd.csv")).contains("(LANG=C, US-ASCII)");
        assertThat(problem(Map.of(), "\u00fc")).contains("(no LC_ALL, LC_CTYPE or LANG, US-ASCII)");
    }

    @Test
    void pathThatTheLocaleCanNameIsNoProblem() {
        assertThat(problem(Map.of("LC_ALL", "C"), "jobs/night 1;2.yaml")).isEmpty();
        var utf8 = FileNameEncoding.of(StandardCharsets.UTF_8, Map.of("LC_ALL", "C.UTF-8"));
        assertThat(utf8.problemOf("n\u00e4cht.yaml")).isEmpty();
        var latin = FileNameEncoding.of(StandardCharsets.ISO_8859_1, Map.of("LANG", "de_DE"));
        assertThat(latin.problemOf("n\u00e4cht.yaml")).isEmpty();
        assertThat(latin.problemOf("\u5357.csv")).isPresent();
    }
}
