package dev.smsrunner.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** Reasons of file errors as text; the message of the platform is often only the path. */
final class FileFailures {

    private FileFailures() {}

    static String text(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "the file does not exist";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file with this name already exists";
        }
        var reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return Objects.requireNonNullElse(reason, "the file system reports no reason");
    }
}
