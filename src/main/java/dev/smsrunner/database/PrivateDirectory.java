package dev.smsrunner.database;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Directory that only its owner may access. */
public final class PrivateDirectory {

    private PrivateDirectory() {}

    /** Creates the directory for its owner only; an existing one is unchanged. */
    public static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        var parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(directory, attributes(directory, "rwx------"));
        } catch (FileAlreadyExistsException ex) {
            if (!Files.isDirectory(directory)) {
                throw ex;
            }
        }
    }

    /**
     * Creates a data directory for its owner only, and checks that no other user can change its contents. Missing parent
     * directories are created without write access for others, whatever the umask.
     *
     * @return its real path, without links
     * @throws UnsafeDirectoryException when another user can change its contents; nothing in it was opened
     */
    public static Path openDataDirectory(Path directory) throws IOException {
        rejectUnsupportedPath(directory);
        var parent = directory.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(parent, attributes(parent, "rwxr-xr-x"));
        }
        create(directory);
        return DirectoryCheck.of(directory);
    }

    /**
     * Checks a data directory as {@link #openDataDirectory} does, and creates none.
     *
     * @return its real path, empty when it does not exist
     * @throws UnsafeDirectoryException when another user can change its contents; nothing in it was opened
     */
    public static Optional<Path> findExisting(Path directory) throws IOException {
        try {
            return Optional.of(DirectoryCheck.of(directory));
        } catch (NoSuchFileException ex) {
            return Optional.empty();
        }
    }

    /**
     * Rejects a path that H2 does not accept unchanged: it parses text after a semicolon as settings, and a backslash as a
     * slash ({@code ConnectionInfo} and {@code FilePathDisk} of H2). Rejects a path that is a file, or leads through one.
     *
     * @throws UnsafeDirectoryException for such a path
     */
    public static void rejectUnsupportedPath(Path directory) {
        var path = directory.toAbsolutePath();
        var text = path.toString();
        if (text.contains(";")) {
            throw UnsafeDirectoryException.unreadable(
                    path, "the database parses text after the semicolon in its path as settings");
        }
        if (text.contains("\\") && !path.getFileSystem().getSeparator().equals("\\")) {
            throw UnsafeDirectoryException.unreadable(path, "the database reads the backslash in its path as a slash");
        }
        for (var each = path; each != null; each = each.getParent()) {
            if (Files.exists(each) && !Files.isDirectory(each)) {
                throw UnsafeDirectoryException.unreadable(
                        path, (each.equals(path) ? "it" : each) + " is a file, not a directory");
            }
        }
    }

    private static FileAttribute<?>[] attributes(Path directory, String permissions) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
