package dev.smsrunner.support;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner may read and write, from the moment of their creation. */
public final class PrivateFiles {

    private PrivateFiles() {}

    /** Attributes for the creation of a private file; none where the file system has no POSIX permissions. */
    public static FileAttribute<?>[] attributes(Path file) {
        return hasPermissions(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions())}
                : new FileAttribute<?>[0];
    }

    /** Creates an empty private file. An existing file stays as it is. */
    public static void create(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file));
        } catch (FileAlreadyExistsException ex) {
            // the file was created with these permissions, or the check of the directory has covered it
        }
    }

    /** Takes the access to an existing file from all other users, where the file system has POSIX permissions. */
    public static void restrict(Path file) throws IOException {
        if (hasPermissions(file)) {
            Files.setPosixFilePermissions(file, permissions());
        }
    }

    private static boolean hasPermissions(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Set<PosixFilePermission> permissions() {
        return PosixFilePermissions.fromString("rw-------");
    }
}
