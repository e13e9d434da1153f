package dev.smsrunner.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Markdown file of the repository, and the switch that rewrites it. */
final class Page {

    /** Tells the tests to write what they generate, instead of comparing it. */
    static final boolean WRITE = "1".equals(System.getenv("WRITE_DOCS"));

    private final Path file;

    Page(Path file) {
        this.file = file;
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

    @Override
    public String toString() {
        return file.toString();
    }
}
