package dev.smsrunner.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown file of the repository: its prose, headings, links and fenced blocks. */
final class Page {

    /** Tells the tests to write what they generate, instead of comparing it. */
    static final boolean WRITE = "1".equals(System.getenv("WRITE_DOCS"));

    private static final Pattern FENCE = Pattern.compile("( *)```(\\w*)\\s*");
    private static final Pattern SAMPLE = Pattern.compile("<!-- sample: (\\S+) -->");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.+)");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern NO_PART_OF_AN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N}\\p{M} _-]");

    private final Path file;

    Page(Path file) {
        this.file = file;
    }

    /**
     * A line of prose.
     *
     * @param number from 1
     */
    record Line(int number, String text) {}

    /**
     * A fenced block.
     *
     * @param number line of the fence that opens it, from 1
     * @param language the word after the fence, or empty
     * @param sample name of the sample, or empty
     * @param generated whether it stands in a generated region
     * @param lines the content
     */
    record Block(int number, String language, String sample, boolean generated, List<String> lines) {

        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    Path file() {
        return file;
    }

    String text() {
        try {
            return Files.readString(file);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The lines outside of fenced blocks. */
    List<Line> prose() {
        List<Line> prose = new ArrayList<>();
        boolean fenced = false;
        int number = 0;
        for (String line : text().lines().toList()) {
            number++;
            boolean fence = FENCE.matcher(line).matches();
            if (!fence && !fenced) {
                prose.add(new Line(number, line));
            }
            fenced = fence != fenced;
        }
        return prose;
    }

    /** The fenced blocks. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = text().lines().toList();
        boolean generated = false;
        for (int i = 0; i < lines.size(); i++) {
            generated = lines.get(i).startsWith("<!-- generated:")
                    || generated && !lines.get(i).equals("<!-- end -->");
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int end = i + 1;
                while (!lines.get(end).strip().equals("```")) {
                    end++;
                }
                Matcher sample = SAMPLE.matcher(i == 0 ? "" : lines.get(i - 1).strip());
                blocks.add(new Block(
                        i + 1,
                        fence.group(2),
                        sample.matches() ? sample.group(1) : "",
                        generated,
                        lines.subList(i + 1, end)));
                i = end;
            }
        }
        return blocks;
    }

    List<String> headings() {
        return prose().stream()
                .map(line -> HEADING.matcher(line.text()))
                .filter(Matcher::matches)
                .map(heading -> heading.group(1).strip())
                .toList();
    }

    /** The anchors of the headings, as GitHub makes them. */
    Set<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new LinkedHashSet<>();
        for (String heading : headings()) {
            String plain = heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").toLowerCase(Locale.ROOT);
            String anchor = NO_PART_OF_AN_ANCHOR.matcher(plain).replaceAll("").replace(' ', '-');
            int count = seen.merge(anchor, 1, Integer::sum);
            anchors.add(count == 1 ? anchor : anchor + "-" + (count - 1));
        }
        return anchors;
    }

    /** The targets of links, with their lines; links to other sites too. */
    List<Line> links() {
        List<Line> links = new ArrayList<>();
        for (Line line : prose()) {
            LINK.matcher(CODE_SPAN.matcher(line.text()).replaceAll("code"))
                    .results()
                    .forEach(link -> links.add(new Line(line.number(), link.group(1))));
        }
        return links;
    }

    /** The cells of tables. */
    List<Line> cells() {
        List<Line> cells = new ArrayList<>();
        for (Line line : prose()) {
            if (line.text().startsWith("|")) {
                for (String cell : line.text().split("(?<!\\\\)\\|")) {
                    cells.add(new Line(line.number(), cell.strip()));
                }
            }
        }
        return cells;
    }

    /** The content of code spans. */
    List<Line> codeSpans() {
        List<Line> spans = new ArrayList<>();
        for (Line line : prose()) {
            CODE_SPAN
                    .matcher(line.text())
                    .results()
                    .map(MatchResult::group)
                    .forEach(span -> spans.add(new Line(line.number(), span.substring(1, span.length() - 1))));
        }
        return spans;
    }

    /** The place of a line, for messages. */
    String at(int number) {
        return file + ":" + number;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
