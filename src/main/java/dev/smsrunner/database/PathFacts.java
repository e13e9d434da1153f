package dev.smsrunner.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Owner and mode of a path itself, not of a link's target.
 *
 * @param uid owner
 * @param mode type and permission bits as in stat(2)
 */
record PathFacts(int uid, int mode) {

    private static final int TYPE = 0170000;
    private static final int LINK = 0120000;
    private static final int DIRECTORY = 0040000;
    private static final int WRITABLE_BY_OTHERS = 022;
    private static final int STICKY = 01000;
    private static final int OPEN_TO_OTHERS = 077;

    static PathFacts of(Path path) throws IOException {
        var read = Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        return new PathFacts(number(read, "uid"), number(read, "mode"));
    }

    /** Value of a requested attribute; the file system refuses the names that it does not know. */
    private static int number(Map<String, Object> read, String name) {
        return (Integer) Objects.requireNonNull(read.get(name));
    }

    boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }

    boolean isWritableByOthers() {
        return (mode & WRITABLE_BY_OTHERS) != 0;
    }

    boolean isOpenToOthers() {
        return (mode & OPEN_TO_OTHERS) != 0;
    }

    /** Permission bits as {@code ls} and {@code chmod} write them, for example {@code 0755}. */
    String permissions() {
        return "%04o".formatted(mode & 07777);
    }
}
