package dev.smsrunner.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files that a job file, an inventory or a command names. Only a regular file is opened: a pipe would block indefinitely, a device may have
 * no end.
 */
public final class PlainFile {

    /** Maximum size of a JSON file that a row names. */
    static final int LONGEST_OF_A_ROW = 64 * 1024;

    private PlainFile() {}

    /**
     * The text of a file, or what is wrong with it.
     *
     * @param text null when there is a fault
     * @param fault null when there is a text
     */
    public record Text(@Nullable String text, @Nullable CellProblem fault) {

        private static Text refused(String what, String advice) {
            return new Text(null, new CellProblem(what, advice));
        }
    }

    /** What a file is when it is there and no regular file; null when it is one, or is not there. Follows links. */
    public static @Nullable CellProblem foreign(Path file) {
        if (!Files.exists(file) || Files.isRegularFile(file)) {
            return null;
        }
        return Files.isDirectory(file)
                ? new CellProblem("is a directory", "name a file")
                : new CellProblem("is not a regular file but a pipe, a socket or a device", "name a file on a disk");
    }

    /**
     * Reads the UTF-8 file that a row names as {@code @path}: below the folder, no link out of it, at most 64 KB.
     *
     * @param path as it stands in the cell, relative to the folder
     */
    public static Text ofRow(Path folder, String path) {
        String shown = "the file " + QuotedText.of(path);
        try {
            Path file = folder.resolve(path).normalize();
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Text.refused(shown + " does not exist", "write its path relative to the job file");
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                return Text.refused(
                        shown + " is not below the folder of the job file",
                        "move it there, and name no link to elsewhere");
            }
            CellProblem foreign = foreign(file);
            return foreign != null
                    ? Text.refused(shown + " " + foreign.what(), foreign.advice())
                    : text(shown, file.toRealPath());
        } catch (CharacterCodingException ex) {
            return Text.refused(shown + " is not UTF-8 text", "save it again as UTF-8");
        } catch (IOException ex) {
            return Text.refused(shown + " cannot be read", "check that it may be read, and that no link leads nowhere");
        } catch (InvalidPathException ex) {
            return Text.refused(shown + " has no path", "write its path relative to the job file");
        }
    }

    private static Text text(String shown, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(LONGEST_OF_A_ROW + 1);
            if (bytes.length > LONGEST_OF_A_ROW) {
                return Text.refused(shown + " is larger than 64 KB", "name a file with the fields of this row only");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Text(text.startsWith("\ufeff") ? text.substring(1) : text, null);
        }
    }
}
