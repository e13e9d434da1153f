package dev.smsrunner.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the list of points passed by a process. */
final class PassedPoint {

    private PassedPoint() {}

    /** Time of each passed point, in order. */
    static Map<String, Instant> in(Path list) {
        var passed = new LinkedHashMap<String, Instant>();
        try {
            for (var line : Files.readAllLines(list)) {
                int tab = line.lastIndexOf('\t');
                passed.put(line.substring(0, tab), Instant.ofEpochMilli(Long.parseLong(line.substring(tab + 1))));
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return passed;
    }
}
