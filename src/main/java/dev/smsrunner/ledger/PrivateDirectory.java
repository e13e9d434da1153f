package dev.smsrunner.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A directory that only its owner may look into. */
public final class PrivateDirectory {

    private PrivateDirectory() {}

    /** Creates the directory for its owner only; one that is there already stays as it is. */
    public static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        var parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(directory, forOwner(directory));
        } catch (FileAlreadyExistsException raced) {
            if (!Files.isDirectory(directory)) {
                throw raced;
            }
        }
    }

    /**
     * Creates a data directory for its owner only, and checks that no other user can change what is in it.
     *
     * @return its real path, without links
     * @throws UnsafeDirectoryException when another user can; nothing in it was opened
     */
    public static Path ofData(Path directory) throws IOException {
        create(directory);
        return DirectoryCheck.of(directory);
    }

    /**
     * Checks a data directory as {@link #ofData} does, and creates none.
     *
     * @return its real path, empty when it is not there
     * @throws UnsafeDirectoryException when another user can change what is in it; nothing in it was opened
     */
    public static Optional<Path> existing(Path directory) throws IOException {
        try {
            return Optional.of(DirectoryCheck.of(directory));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private static FileAttribute<?>[] forOwner(Path directory) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
