package dev.smsrunner.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Form of all pages: widths, links, fenced blocks, and the two editions of the README. */
class DocumentsTests {

    private static final int WIDEST_LINE = 140;
    private static final int WIDEST_CELL = 100;
    private static final int LONGEST_README = 200;

    /** A time, the id of a run, or the id of a server or task. */
    private static final Pattern OUTPUT = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ|\\b\\d{8}-\\d{4}-[0-9a-f]{4}\\b|\\b[0-9a-f]{8}-(?:\\.\\.\\.|[0-9a-f]{4}-)");

    private static final Page README = new Page(Path.of("README.md"));
    private static final Page CHINESE = new Page(Path.of("README.zh-CN.md"));

    static Stream<Page> pages() {
        return Documents.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noLineIsTooWide(Page page) {
        List<String> lines = page.text().lines().toList();
        assertThat(Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                        .filter(i -> lines.get(i).length() > WIDEST_LINE)
                        .map(i -> page.at(i + 1)))
                .as("lines of more than %d characters", WIDEST_LINE)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noCellOfATableIsTooWide(Page page) {
        assertThat(page.cells().stream()
                        .filter(cell -> cell.text().length() > WIDEST_CELL)
                        .map(cell -> page.at(cell.number()) + " " + cell.text()))
                .as("cells of more than %d characters; use a list or headings", WIDEST_CELL)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyRelativeLinkAndAnchorResolves(Page page) {
        assertThat(page.links().stream()
                        .filter(link -> !link.text().matches("[a-z]+:.*"))
                        .filter(link -> !resolves(page, link.text()))
                        .map(link -> page.at(link.number()) + " " + link.text()))
                .as("broken links")
                .isEmpty();
    }

    private static boolean resolves(Page page, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target =
                path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
        return Files.exists(target) && (hash < 0 || new Page(target).anchors().contains(link.substring(hash + 1)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void fencedBlocksHaveALanguageAndOutputIsASample(Page page) {
        for (Page.Block block : page.blocks()) {
            assertThat(block.language())
                    .as("%s: write the language after the fence, such as sh, yaml or text", page.at(block.number()))
                    .isNotEmpty();
            if (block.language().equals("text")
                    && !block.generated()
                    && block.sample().isEmpty()) {
                assertThat(OUTPUT.matcher(block.text()).find())
                        .as(
                                "%s resembles output. Write <!-- sample: NAME --> before it and generate it with DocumentSamplesIT",
                                page.at(block.number()))
                        .isFalse();
            }
        }
    }

    @Test
    void readmeIsShort() {
        assertThat(README.text().lines().count()).isLessThanOrEqualTo(LONGEST_README);
    }

    @Test
    void bothReadmesHaveTheSameSectionsAndCommands() {
        assertThat(CHINESE.headings()).hasSameSizeAs(README.headings());
        assertThat(CHINESE.blocks().stream().map(block -> block.language() + " " + block.sample()))
                .containsExactlyElementsOf(README.blocks().stream()
                        .map(block -> block.language() + " " + block.sample())
                        .toList());
        assertThat(code(CHINESE)).containsExactlyElementsOf(code(README));
        assertThat(README.text()).contains("(README.zh-CN.md)");
        assertThat(CHINESE.text()).contains("(README.md)");
    }

    private static List<String> code(Page page) {
        return page.blocks().stream()
                .filter(block ->
                        !block.language().equals("text") || !block.sample().isEmpty())
                .map(Page.Block::text)
                .toList();
    }
}
