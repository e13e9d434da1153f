package dev.smsrunner.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Markdown pages of the repository: README, CONTRIBUTING and docs. */
public final class Documents {

    private Documents() {}

    static List<Page> all() {
        try (Stream<Path> root = Files.list(Path.of("."));
                Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(root, docs)
                    .map(Path::normalize)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::new)
                    .toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The text of all pages. */
    public static String text() {
        return all().stream().map(Page::text).collect(Collectors.joining("\n"));
    }
}
