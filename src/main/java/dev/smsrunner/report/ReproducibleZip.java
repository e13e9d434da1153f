package dev.smsrunner.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Reproducible copy of a workbook: the same content gives the same bytes, without the time of writing. */
final class ReproducibleZip {

    private static final String CORE = "docProps/core.xml";
    private static final Pattern CREATED = Pattern.compile("(<dcterms:created[^>]*>)[^<]*(</dcterms:created>)");
    private static final LocalDateTime EPOCH_OF_ZIP = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ReproducibleZip() {}

    /** Copies the workbook with this creation time. */
    static void copy(Path workbook, Instant created, OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        try (var from = new ZipFile(workbook.toFile(), StandardCharsets.UTF_8)) {
            for (var parts = from.entries(); parts.hasMoreElements(); ) {
                var part = parts.nextElement();
                var entry = new ZipEntry(part.getName());
                entry.setTimeLocal(EPOCH_OF_ZIP);
                zip.putNextEntry(entry);
                copy(from, part, created, zip);
                zip.closeEntry();
            }
        }
        zip.finish();
    }

    private static void copy(ZipFile from, ZipEntry part, Instant created, OutputStream to) throws IOException {
        try (var content = from.getInputStream(part)) {
            if (part.getName().equals(CORE)) {
                var properties = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                to.write(CREATED.matcher(properties)
                        .replaceAll("$1" + created.truncatedTo(ChronoUnit.SECONDS) + "$2")
                        .getBytes(StandardCharsets.UTF_8));
            } else {
                content.transferTo(to);
            }
        }
    }
}
