package dev.smsrunner.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Static files of the page, from the jar only. */
final class StaticFiles {

    private static final Pattern NAME =
            Pattern.compile("/(?:[A-Za-z0-9_-]{1,60}/){0,4}[A-Za-z0-9_.-]{1,60}\\.([a-z0-9]{2,5})");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "json", "application/json",
            "txt", "text/plain; charset=utf-8");

    private StaticFiles() {}

    /** The file at this path; empty if there is none. */
    static Optional<PageResponse> find(String path) {
        var name = path.equals("/") ? "/index.html" : path;
        var matched = NAME.matcher(name);
        if (!matched.matches() || !TYPES.containsKey(matched.group(1))) {
            return Optional.empty();
        }
        try (var file = StaticFiles.class.getResourceAsStream("/dashboard" + name)) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new PageResponse(200, TYPES.get(matched.group(1)), file.readAllBytes(), Map.of()));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
