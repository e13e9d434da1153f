package dev.smsrunner.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of file errors for the operator. */
class FileFailuresTests {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("/a/b"), "permission denied"),
                Arguments.of(new NoSuchFileException("/a/b"), "the file does not exist"),
                Arguments.of(new FileAlreadyExistsException("/a/b"), "a file with this name already exists"),
                Arguments.of(new NotDirectoryException("/a/b"), "not a directory"),
                Arguments.of(new MalformedInputException(1), "it is not UTF-8 text"),
                Arguments.of(new FileSystemException("/a/b", null, "File name too long"), "file name too long"),
                Arguments.of(new FileSystemException("/a/b", null, "Not a directory"), "not a directory"),
                Arguments.of(new FileSystemException("/a/b"), "the file system reports no reason"),
                Arguments.of(new IOException("No space left on device"), "no space left on device"),
                Arguments.of(new IOException("I/O error"), "I/O error"),
                Arguments.of(new IOException(), "the file system reports no reason"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reasonHasNoTypeOfTheJdkAndNoPath(IOException failure, String text) {
        assertThat(FileFailures.text(failure)).isEqualTo(text);
    }

    @Test
    void fileIsNamedWhenTheMessageNamesAnother() {
        var failure = new AccessDeniedException("/a/b");

        assertThat(FileFailures.text(failure, Path.of("/a/b"))).isEqualTo("permission denied");
        assertThat(FileFailures.text(failure, Path.of("/a"))).isEqualTo("permission denied (/a/b)");
        assertThat(FileFailures.text(new UncheckedIOException(failure), Path.of("/a")))
                .isEqualTo("permission denied (/a/b)");
        assertThat(FileFailures.textWithFile(failure)).isEqualTo("permission denied (/a/b)");
        assertThat(FileFailures.textWithFile(new IOException("I/O error"))).isEqualTo("I/O error");
    }
}
