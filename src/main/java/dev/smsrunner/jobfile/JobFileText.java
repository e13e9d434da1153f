package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.PlainFile;
import dev.smsrunner.support.FileFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads the text of a job file: at most 1 MB of UTF-8. */
final class JobFileText {

    static final int MAX_BYTES = 1024 * 1024;

    private JobFileText() {}

    static String read(Path file) throws JobFileException {
        var problem = PlainFile.problemOf(file);
        if (problem != null) {
            throw failure(file, problem.what(), "give a YAML file on a disk");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return decode(file, bytes);
        } catch (NoSuchFileException ex) {
            throw failure(file, "does not exist", "check the path of the job file");
        } catch (CharacterCodingException ex) {
            throw failure(file, "is not UTF-8 text", "save it again as UTF-8");
        } catch (IOException ex) {
            throw failure(
                    file, "cannot be read: " + FileFailures.text(ex, file), "give a YAML file that this user may read");
        }
    }

    private static String decode(Path file, byte[] bytes) throws JobFileException, CharacterCodingException {
        if (bytes.length > MAX_BYTES) {
            throw failure(file, "is longer than 1 MB", "give a job file, not the inventory");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static JobFileException failure(Path file, String what, String advice) {
        return new JobFileException(List.of(new Problem(file.toString(), 0, 0, "", what, advice)));
    }
}
