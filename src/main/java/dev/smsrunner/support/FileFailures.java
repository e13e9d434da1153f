package dev.smsrunner.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reasons of file errors as text for the operator; the message of the JDK is often only the path. */
public final class FileFailures {

    private FileFailures() {}

    /** Reason without the path, such as {@code permission denied}. */
    public static String text(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "the file does not exist";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file with this name already exists";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "the directory is not empty";
        }
        if (failure instanceof FileSystemLoopException) {
            return "too many levels of symbolic links";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        return ofSystem(failure instanceof FileSystemException system ? system.getReason() : failure.getMessage());
    }

    /** Text of the operating system, which begins with a capital: {@code File name too long}. */
    private static String ofSystem(@Nullable String reason) {
        var text = Objects.requireNonNullElse(reason, "").strip();
        if (text.isEmpty()) {
            return "the file system reports no reason";
        }
        boolean isWord = text.matches("[A-Z][a-z].*");
        return isWord ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) : text;
    }

    /** Reason with the file of the failure, if it has one. */
    public static String textWithFile(IOException failure) {
        var file = failure instanceof FileSystemException system ? system.getFile() : null;
        return file == null ? text(failure) : "%s (%s)".formatted(text(failure), file);
    }

    /** Reason with the file of the failure, when it is another than the path of the message. */
    public static String text(IOException failure, Path named) {
        var file = failure instanceof FileSystemException system ? system.getFile() : null;
        return file == null || Path.of(file).toAbsolutePath().equals(named.toAbsolutePath())
                ? text(failure)
                : textWithFile(failure);
    }

    /** Reason of a failure in a stream of files. */
    public static String text(UncheckedIOException failure, Path named) {
        return text(Objects.requireNonNull(failure.getCause()), named);
    }
}
