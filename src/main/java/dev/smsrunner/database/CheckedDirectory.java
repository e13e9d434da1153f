package dev.smsrunner.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A data directory that passed the check. It is checked again when the database file is locked and before H2 opens it:
 * another user may have replaced the directory or the file meanwhile.
 */
final class CheckedDirectory {

    private final Path real;
    private final EmbeddedPaths paths;
    private final List<Identity> identities;

    /** Identity of a file; the key is null for a missing file, or where the file system has no keys. */
    private record Identity(Path path, @Nullable Object key) {

        static Identity of(Path path) throws IOException {
            try {
                return new Identity(
                        path,
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                                .fileKey());
            } catch (NoSuchFileException ex) {
                return new Identity(path, null);
            }
        }

        boolean isUnchanged() throws IOException {
            return key == null || Objects.equals(key, of(path).key());
        }
    }

    /**
     * Records the present directory.
     *
     * @param real its real path from {@link DirectoryCheck}; it contains {@code db}
     */
    CheckedDirectory(Path real) throws IOException {
        this.real = real;
        this.paths = new EmbeddedPaths(real.resolve("db"));
        this.identities = List.of(Identity.of(real), Identity.of(paths.directory()), Identity.of(paths.file()));
    }

    EmbeddedPaths paths() {
        return paths;
    }

    /**
     * Checks the directory again.
     *
     * @throws UnsafeDirectoryException when it fails the check, or was replaced
     */
    void verifyUnchanged() {
        try {
            if (!DirectoryCheck.of(real).equals(real)) {
                throw UnsafeDirectoryException.changed(real);
            }
            for (var each : identities) {
                if (!each.isUnchanged()) {
                    throw UnsafeDirectoryException.changed(each.path());
                }
            }
        } catch (NoSuchFileException ex) {
            throw UnsafeDirectoryException.changed(real);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
