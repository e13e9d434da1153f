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

/** Looks for secrets in a file of any size, packed ones unpacked. */
final class SecretScanner {

    private static final int PORTION = 1 << 16;

    private final List<SecretPatterns.Form> forms;
    private final int longest;
    private final Map<SecretPatterns.Form, Long> found = new LinkedHashMap<>();

    SecretScanner(SecretPatterns sought) {
        this.forms = sought.forms().stream().map(SecretPatterns.Form::ofBytes).toList();
        this.longest =
                forms.stream().mapToInt(form -> form.text().length()).max().orElse(0);
    }

    /** The forms that stand in the file, each with the line of its first place. */
    Map<SecretPatterns.Form, Long> in(Path file) throws IOException {
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

    /** Each portion is looked at with the end of the one before it, whose first place was looked at already. */
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

    /** What ends where the portion ends may go on. */
    private void portion(String text, int from, boolean last, long line) {
        for (var form : forms) {
            int at = found.containsKey(form) ? -1 : form.in(text, from);
            if (at >= 0 && (last || at + form.text().length() < text.length())) {
                found.put(form, line + lines(text, at));
            }
        }
    }

    private static long lines(String text, int end) {
        return text.substring(0, end).chars().filter(one -> one == '\n').count();
    }
}
