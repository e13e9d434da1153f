package dev.smsrunner.verify;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/** Scanner for secrets in files of any size, including compressed ones. */
final class SecretScanner {

    private static final int PORTION = 1 << 16;

    private final List<SecretPatterns.Form> forms;
    private final int longest;
    private final Map<SecretPatterns.Form, Long> found = new LinkedHashMap<>();

    SecretScanner(SecretPatterns patterns) {
        this.forms =
                patterns.forms().stream().map(SecretPatterns.Form::toLatin1).toList();
        this.longest =
                forms.stream().mapToInt(form -> form.text().length()).max().orElse(0);
    }

    /** The forms found in the file, each with the line of its first occurrence. */
    Map<SecretPatterns.Form, Long> scan(Path file) throws IOException {
        var name = file.getFileName().toString();
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            if (name.endsWith(".xlsx") || name.endsWith(".zip")) {
                entries(new ZipInputStream(in));
            } else {
                stream(name.endsWith(".gz") ? new GZIPInputStream(in) : in);
            }
        }
        return found;
    }

    private void entries(ZipInputStream zip) throws IOException {
        while (zip.getNextEntry() != null) {
            stream(zip);
        }
    }

    /** Scans each portion together with the end of the previous one, whose first position was scanned already. */
    private void stream(InputStream in) throws IOException {
        long line = 1;
        var before = "";
        byte[] bytes;
        do {
            bytes = in.readNBytes(PORTION);
            var text = before + new String(bytes, StandardCharsets.ISO_8859_1);
            portion(text, before.isEmpty() ? 0 : 1, bytes.length < PORTION, line);
            int kept = Math.min(text.length(), longest + 1);
            line += lines(text, text.length() - kept);
            before = text.substring(text.length() - kept);
        } while (bytes.length == PORTION);
    }

    /** A match at the end of a portion may continue in the next one. */
    private void portion(String text, int from, boolean last, long line) {
        for (var form : forms) {
            int at = found.containsKey(form) ? -1 : form.indexIn(text, from);
            if (at >= 0 && (last || at + form.text().length() < text.length())) {
                found.put(form, line + lines(text, at));
            }
        }
    }

    private static long lines(String text, int end) {
        return text.substring(0, end).chars().filter(one -> one == '\n').count();
    }
}
