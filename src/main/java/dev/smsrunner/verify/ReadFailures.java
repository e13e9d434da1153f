package dev.smsrunner.verify;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Reasons of files that cannot be read; the message of the JDK is often only the path. */
final class ReadFailures {

    private ReadFailures() {}

    /** Reason with the file, such as {@code permission denied (/a/b)}. */
    static String text(IOException failure) {
        return failure instanceof FileSystemException system
                ? "%s (%s)".formatted(reason(system), system.getFile())
                : String.valueOf(failure.getMessage());
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "the file does not exist";
        }
        return failure.getReason() == null ? "the file system reports no reason" : failure.getReason();
    }
}
