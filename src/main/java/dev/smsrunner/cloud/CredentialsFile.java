package dev.smsrunner.cloud;

import dev.smsrunner.support.FileFailures;
import dev.smsrunner.support.SuggestedCommands;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The vendor's INI file with the sections {@code [global]} and {@code [basic]} and the keys ak, sk and security_token.
 * Only its owner may read it.
 */
final class CredentialsFile {

    private static final int MAX_BYTES = 64 * 1024;

    /** SMS is a global service, so the global section comes first; the empty name covers lines before any section. */
    private static final List<String> SECTIONS = List.of("global", "basic", "default", "");

    private final Path path;

    CredentialsFile(Path path) {
        this.path = path;
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** The first section with a key; empty when there is none. */
    Optional<Map<String, String>> keys() {
        Map<String, Map<String, String>> sections = parse(read());
        return SECTIONS.stream()
                .map(name -> sections.getOrDefault(name, Map.of()))
                .filter(section -> !section.getOrDefault("ak", "").isBlank())
                .findFirst();
    }

    private String read() {
        if (!Files.isRegularFile(path)) {
            throw new CredentialsException(
                    "The credentials file %s is not a regular file. Give the path of a regular file.".formatted(path));
        }
        try (var in = Files.newInputStream(path)) {
            requireOwnerOnly();
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new CredentialsException(
                        "The credentials file %s is larger than %d bytes. Give the path of a credentials file."
                                .formatted(path, MAX_BYTES));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IOException ex) {
            throw new CredentialsException(
                    "Cannot read the credentials file %s (%s). Make it readable, as UTF-8 text."
                            .formatted(path, FileFailures.text(ex, path)),
                    ex);
        }
    }

    private void requireOwnerOnly() throws IOException {
        if (!Files.getFileStore(path).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        boolean others = mode.stream().anyMatch(permission -> !permission.name().startsWith("OWNER"));
        if (others) {
            throw new CredentialsException(
                    "The credentials file %s has mode %s (must be rw-------). Restrict it: chmod 600 %s"
                            .formatted(
                                    path,
                                    PosixFilePermissions.toString(mode),
                                    SuggestedCommands.quoted(path.toString())));
        }
    }

    private static Map<String, Map<String, String>> parse(String text) {
        Map<String, Map<String, String>> sections = new HashMap<>();
        String section = "";
        for (String raw : text.split("\\R")) {
            String line = raw.replace("\uFEFF", "").strip();
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1).strip();
            } else if (!line.startsWith("#") && !line.startsWith(";") && equals > 0) {
                sections.computeIfAbsent(section, name -> new HashMap<>())
                        .put(
                                line.substring(0, equals).strip(),
                                line.substring(equals + 1).strip());
            }
        }
        return sections;
    }
}
