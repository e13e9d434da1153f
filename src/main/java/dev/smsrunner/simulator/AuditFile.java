package dev.smsrunner.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit on disk, one JSON line per entry. Without a state directory, nothing is written. */
final class AuditFile implements AutoCloseable {

    private final @Nullable JsonLines lines;
    private final List<AuditEntry> earlier;

    private AuditFile(@Nullable JsonLines lines) {
        this.lines = lines;
        this.earlier = lines == null ? List.of() : lines.earlier(AuditEntry.class);
    }

    static AuditFile none() {
        return new AuditFile(null);
    }

    static AuditFile in(Path directory) throws IOException {
        return new AuditFile(JsonLines.open(directory.resolve("audit.jsonl")));
    }

    List<AuditEntry> earlier() {
        return earlier;
    }

    void append(AuditEntry entry) {
        if (lines != null) {
            lines.append(entry);
        }
    }

    @Override
    public void close() {
        if (lines != null) {
            lines.close();
        }
    }
}
