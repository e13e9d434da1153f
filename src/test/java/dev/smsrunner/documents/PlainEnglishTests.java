package dev.smsrunner.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Words that comments, messages and documents avoid, since they hide the actor or the technical term. */
class PlainEnglishTests {

    /** Each word with the terms that replace it. */
    record Rule(String avoid, String instead) {

        Pattern pattern() {
            return Pattern.compile("(?i)\\b(" + avoid + ")\\b");
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule("tells?|told|telling|hears?|heard", "report, log, display, state, receive"),
            new Rule(
                    "persons?|people|somebody|nobody|anybody|whoever|who looks",
                    "operator, another process, console user"),
            new Rule(
                    "goes on|gone on|going on|went on|go on|anew|for ever",
                    "continue, resume, start again, indefinitely"),
            new Rule("so many|so long as|such ones|of which there", "number of, maximum, until"),
            new Rule(
                    "(is|are|was|were|be|been) (looked at|asked|waited for|said|meant)", "name the actor and the verb"),
            new Rule("mend(s|ed|ing)?|spoil(s|ed|t)?|heirs?|hurry|in a circle", "fix, invalidate, successor, cycle"),
            new Rule("for the \\S+\\. time|from now on|name the right", "attempt N, continuously, set KEY"),
            new Rule("the ones? of|such of", "repeat the noun"));

    /** Texts that the ledger or JSON has stored since earlier versions, and words in another sense. */
    private static final List<String> KEPT = List.of("(another user|somebody else)", "\"told\"", "`told`");

    /** Quotes the rules themselves. */
    private static final List<String> GUIDES = List.of("CONTRIBUTING.md", "PlainEnglishTests.java");

    /** A string first, since a string may contain the mark of a comment. */
    private static final Pattern TEXT = Pattern.compile(
            "\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])'|/\\*(?s:.*?)\\*/|//[^\\n]*");

    static List<Rule> rules() {
        return RULES;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void textsOfTheProductUsePlainTerms(Rule rule) throws IOException {
        var texts = Stream.concat(
                files("src/main/java", ".java").flatMap(file -> texts(file)),
                Stream.concat(
                        files("src/test/java", ".java")
                                .flatMap(file -> texts(file).filter(text -> text.contains(": /"))),
                        Stream.concat(files("docs", ".md"), Stream.of(Path.of("README.md")))
                                .flatMap(PlainEnglishTests::lines)));

        assertThat(texts.filter(text -> rule.pattern().matcher(text).find()))
                .as("write instead: " + rule.instead())
                .isEmpty();
    }

    private static Stream<Path> files(String root, String suffix) throws IOException {
        try (var files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList().stream();
        }
    }

    private static Stream<String> texts(Path file) {
        return TEXT.matcher(read(file)).results().map(found -> file.getFileName() + ": " + withoutKept(found.group()));
    }

    private static Stream<String> lines(Path file) {
        return read(file).lines().map(line -> file.getFileName() + ": " + withoutKept(line));
    }

    private static String withoutKept(String text) {
        return KEPT.stream().reduce(text, (rest, kept) -> rest.replace(kept, ""));
    }

    private static String read(Path file) {
        try {
            return GUIDES.contains(file.getFileName().toString()) ? "" : Files.readString(file);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
