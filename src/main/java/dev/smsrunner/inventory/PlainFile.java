package dev.smsrunner.inventory;

import dev.smsrunner.support.FileFailures;
import dev.smsrunner.support.FileNameEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Access to files referenced by a job file, an inventory or a command. Only a regular file is opened: a pipe would block
 * indefinitely, a device may have no end.
 */
public final class PlainFile {

    /** Maximum size of a JSON file referenced by a row, in bytes. */
    static final int MAX_ROW_FILE = 64 * 1024;

    private PlainFile() {}

    /**
     * Text of a file, or its problem.
     *
     * @param text null when there is a fault
     * @param fault null when there is a text
     */
    public record Text(@Nullable String text, @Nullable CellProblem fault) {

        private static Text problem(String what, String advice) {
            return new Text(null, new CellProblem(what, advice));
        }
    }

    /** Problem of an existing file that is not regular; null when it is regular or does not exist. Follows links. */
    public static @Nullable CellProblem problemOf(Path file) {
        if (!Files.exists(file) || Files.isRegularFile(file)) {
            return null;
        }
        return Files.isDirectory(file)
                ? new CellProblem("is a directory", "give a file")
                : new CellProblem("is not a regular file but a pipe, a socket or a device", "give a file on a disk");
    }

    /**
     * Reads a UTF-8 file referenced by a row as {@code @path}: below the folder, without a link out of it, at most 64 KB.
     *
     * @param path path in the cell, relative to the folder
     */
    public static Text readForRow(Path folder, String path) {
        String name = "the file " + QuotedText.of(path);
        try {
            Path file = folder.resolve(path).normalize();
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Text.problem(name + " does not exist", "write its path relative to the job file");
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                return Text.problem(
                        name + " is not below the folder of the job file",
                        "move it there, without a link to another folder");
            }
            CellProblem problem = problemOf(file);
            return problem != null
                    ? Text.problem(name + " " + problem.what(), problem.advice())
                    : text(name, file.toRealPath());
        } catch (CharacterCodingException ex) {
            return Text.problem(name + " is not UTF-8 text", "save it again as UTF-8");
        } catch (NoSuchFileException ex) {
            return Text.problem(name + " is a link to a file that does not exist", "correct the link");
        } catch (IOException ex) {
            return Text.problem(name + " cannot be read: " + FileFailures.text(ex), "check its permissions and links");
        } catch (InvalidPathException ex) {
            return Text.problem(
                    name + " " + FileNameEncoding.problemOf(path, "has no path"),
                    "write its path relative to the job file");
        }
    }

    private static Text text(String name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_ROW_FILE + 1);
            if (bytes.length > MAX_ROW_FILE) {
                return Text.problem(name + " is larger than 64 KB", "give a file with the fields of this row only");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Text(text.startsWith("\ufeff") ? text.substring(1) : text, null);
        }
    }
}
