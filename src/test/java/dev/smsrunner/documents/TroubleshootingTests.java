package dev.smsrunner.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.asm.ClassReader;

/** The program contains each message quoted in docs/troubleshooting.md and other pages. */
class TroubleshootingTests {

    private static final Path PAGE = Path.of("docs/troubleshooting.md");
    private static final Path CLASSES = Path.of("target/classes");

    /** A line such as {@code > `There is no run under …`}, with a backslash before a further line. */
    private static final Pattern QUOTE = Pattern.compile("(?m)^> `([^`]+)`\\\\?$");

    /** Variable parts of a string constant: format specifiers, placeholders of the log, operands of a concatenation. */
    private static final Pattern VARIABLE = Pattern.compile("%[-#+,0-9.]*[a-zA-Z]|\\{}|[\\x01\\x02]|…");

    private static final Pattern CONSTANT_PART = Pattern.compile("[^…]+");
    private static final int STRING_TAG = 8;
    private static final int SHORTEST_PIECE = 4;
    private static final int SHORTEST_QUOTE = 10;
    private static final int FEWEST_QUOTES = 60;

    /** Constant pieces of the strings of each class. */
    private static final List<List<String>> PIECES = new ArrayList<>();

    @BeforeAll
    static void readTheStringsOfTheProgram() throws IOException {
        PIECES.clear();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                PIECES.add(strings(Files.readAllBytes(file)));
            }
        }
    }

    private static List<String> strings(byte[] compiled) {
        var reader = new ClassReader(compiled);
        var buffer = new char[reader.getMaxStringLength()];
        var pieces = new ArrayList<String>();
        for (int item = 1; item < reader.getItemCount(); item++) {
            int at = reader.getItem(item);
            if (at > 0 && reader.readByte(at - 1) == STRING_TAG) {
                pieces.addAll(Arrays.asList(VARIABLE.split((String) reader.readConst(item, buffer))));
            }
        }
        return pieces;
    }

    static List<String> quotes() {
        return quotes(Documents.text());
    }

    private static List<String> quotes(String text) {
        return QUOTE.matcher(text).results().map(quote -> quote.group(1)).toList();
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void quotedMessageIsInTheProgram(String quote) {
        var parts = CONSTANT_PART
                .matcher(quote)
                .results()
                .map(MatchResult::group)
                .map(String::strip)
                .filter(part -> part.chars().anyMatch(Character::isLetter))
                .toList();

        assertThat(parts)
                .as("A quote needs a constant part of %d characters to be searched for", SHORTEST_QUOTE)
                .anyMatch(part -> part.length() >= SHORTEST_QUOTE);
        assertThat(isOfOneClass(parts) || parts.size() == 1 && isComposed(parts.get(0)))
                .as("No message of the program matches '%s'. Quote the current text in the page.", quote)
                .isTrue();
    }

    @Test
    void quotesHaveTheCheckedForm() throws IOException {
        var page = Files.readString(PAGE);

        assertThat(quotes(page)).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(FEWEST_QUOTES);
        assertThat(page.lines().filter(line -> line.startsWith(">"))).hasSameSizeAs(quotes(page));
    }

    private static boolean isOfOneClass(List<String> parts) {
        return PIECES.stream()
                .anyMatch(pieces ->
                        parts.stream().allMatch(part -> pieces.stream().anyMatch(piece -> piece.contains(part))));
    }

    /** Whether one string ends with a prefix of the text and another starts with the rest. */
    private static boolean isComposed(String text) {
        for (int split = SHORTEST_PIECE; split <= text.length() - SHORTEST_PIECE; split++) {
            var head = text.substring(0, split);
            var tail = text.substring(split);
            if (anyPiece(head, String::endsWith) && anyPiece(tail, String::startsWith)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyPiece(String text, BiPredicate<String, String> fits) {
        return PIECES.stream().flatMap(List::stream).anyMatch(piece -> fits.test(piece, text));
    }
}
