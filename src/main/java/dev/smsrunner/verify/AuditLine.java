package dev.smsrunner.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of the audit of a simulated service: a request or a background event. Missing values are empty.
 *
 * @param at time of the record by the machine's clock
 * @param virtual time of the record in simulated time
 * @param operation name of the API operation, action or background event
 * @param request id of the request; empty for a background event
 * @param effect EXECUTED, REFUSED, VIOLATION or NONE
 * @param before task state/source state/cycle before
 * @param launchTarget target of the task at its start or launch; missing otherwise
 */
record AuditLine(
        long seq,
        Instant at,
        Instant virtual,
        String operation,
        String source,
        String task,
        String request,
        String effect,
        String before,
        String after,
        String actor,
        JsonNode launchTarget) {

    static final Set<String> READS = Set.of(
            "ListServers",
            "ShowServer",
            "ListTasks",
            "ShowTask",
            "ShowsSpeedLimits",
            "ListMigrationTask",
            "ShowMigrationTask");

    private static final Set<String> SOURCE_OPERATIONS = Set.of("CreateTask", "DeleteServer");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Reads the file, without a truncated last line of a killed service.
     *
     * @throws IOException if reading fails, or the file is not an audit
     */
    static List<AuditLine> read(Path file) throws IOException {
        var entries = new ArrayList<AuditLine>();
        var interner = new StringInterner();
        try (var lines = Files.newBufferedReader(file)) {
            var line = lines.readLine();
            for (var next = lines.readLine(); line != null; next = lines.readLine()) {
                if (next != null || endsWithALine(file)) {
                    entries.add(of(line, entries.size() + 1, file, interner));
                }
                line = next;
            }
        }
        return entries;
    }

    private static boolean endsWithALine(Path file) throws IOException {
        try (var bytes = Files.newByteChannel(file)) {
            var last = ByteBuffer.allocate(1);
            bytes.position(bytes.size() - 1).read(last);
            return last.get(0) == '\n';
        }
    }

    private static AuditLine of(String line, int number, Path file, StringInterner interner) throws IOException {
        try {
            return of(JSON.readTree(line), interner);
        } catch (JacksonException | java.time.DateTimeException ex) {
            throw new IOException("line %d of %s is not an audit entry".formatted(number, file), ex);
        }
    }

    private static AuditLine of(JsonNode line, StringInterner interner) {
        return new AuditLine(
                line.path("seq").asLong(),
                Instant.parse(line.path("realTime").asString("")),
                Instant.parse(line.path("virtualTime").asString("")),
                interner.intern(line.path("operation").asString("")),
                interner.intern(line.path("source").asString("")),
                interner.intern(line.path("task").asString("")),
                line.path("requestId").asString(""),
                interner.intern(line.path("effect").asString("")),
                interner.intern(line.path("before").asString("")),
                interner.intern(line.path("after").asString("")),
                interner.intern(line.path("actor").asString("")),
                line.path("target"));
    }

    /** Reference to the entry. */
    String evidence() {
        return "audit %d%s".formatted(seq, request.isEmpty() ? "" : ", request " + request);
    }

    /** Whether the entry is a request, not a background event. */
    boolean isRequest() {
        return !request.isEmpty();
    }

    boolean isExecuted() {
        return effect.equals("EXECUTED");
    }

    boolean isRead() {
        return READS.contains(operation);
    }

    /** Id of the task, or of the source where the source is the subject or there is no task. */
    String target() {
        return SOURCE_OPERATIONS.contains(operation) || task.isEmpty() ? source : task;
    }

    /** The task state, the first part of a state text. */
    static String taskState(String state) {
        return state.contains("/") ? state.substring(0, state.indexOf('/')) : state;
    }

    /** The source state, the second part of a state text. */
    static String sourceState(String state) {
        var parts = state.split("/");
        return parts.length > 1 ? parts[1] : "";
    }
}
