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
 * One line of the audit of a simulated service: what was asked of it, or happened in it. What is not there is empty.
 *
 * @param at when it was recorded, by the clock of the machine
 * @param virtual the same in the time of the simulated world
 * @param operation name of the API's operation, the word of an action, or what happened by itself
 * @param request id of the request; empty for what happened by itself
 * @param effect EXECUTED, REFUSED, VIOLATION or NONE
 * @param before task state/source state/cycle before
 * @param leads where the task led when it was started or launched; missing for anything else
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
        String code,
        String before,
        String after,
        String actor,
        JsonNode leads) {

    /** Something that tells of no target. */
    AuditLine(
            long seq,
            Instant at,
            Instant virtual,
            String operation,
            String source,
            String task,
            String request,
            String effect,
            String code,
            String before,
            String after,
            String actor) {
        this(
                seq,
                at,
                virtual,
                operation,
                source,
                task,
                request,
                effect,
                code,
                before,
                after,
                actor,
                JSON.missingNode());
    }

    static final Set<String> READS = Set.of(
            "ListServers",
            "ShowServer",
            "ListTasks",
            "ShowTask",
            "ShowsSpeedLimits",
            "ListMigrationTask",
            "ShowMigrationTask");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Reads the file; a last line that is cut off, since the service was killed while it wrote, is left out.
     *
     * @throws IOException when it cannot be read, or is no audit
     */
    static List<AuditLine> read(Path file) throws IOException {
        var heard = new ArrayList<AuditLine>();
        var pool = new StringInterner();
        try (var lines = Files.newBufferedReader(file)) {
            var line = lines.readLine();
            for (var next = lines.readLine(); line != null; next = lines.readLine()) {
                if (next != null || endsWithALine(file)) {
                    heard.add(of(line, heard.size() + 1, file, pool));
                }
                line = next;
            }
        }
        return heard;
    }

    private static boolean endsWithALine(Path file) throws IOException {
        try (var bytes = Files.newByteChannel(file)) {
            var last = ByteBuffer.allocate(1);
            bytes.position(bytes.size() - 1).read(last);
            return last.get(0) == '\n';
        }
    }

    private static AuditLine of(String line, int number, Path file, StringInterner pool) throws IOException {
        try {
            return of(JSON.readTree(line), pool);
        } catch (JacksonException | java.time.DateTimeException ex) {
            throw new IOException("line %d of %s is no entry of an audit".formatted(number, file), ex);
        }
    }

    private static AuditLine of(JsonNode line, StringInterner pool) {
        return new AuditLine(
                line.path("seq").asLong(),
                Instant.parse(line.path("realTime").asString("")),
                Instant.parse(line.path("virtualTime").asString("")),
                pool.one(line.path("operation").asString("")),
                pool.one(line.path("source").asString("")),
                pool.one(line.path("task").asString("")),
                line.path("requestId").asString(""),
                pool.one(line.path("effect").asString("")),
                pool.one(line.path("code").asString("")),
                pool.one(line.path("before").asString("")),
                pool.one(line.path("after").asString("")),
                pool.one(line.path("actor").asString("")),
                line.path("target"));
    }

    /** How to find it again. */
    String evidence() {
        return "audit %d%s".formatted(seq, request.isEmpty() ? "" : ", request " + request);
    }

    /** Whether somebody asked for it, rather than that it happened by itself. */
    boolean asked() {
        return !request.isEmpty();
    }

    boolean executed() {
        return effect.equals("EXECUTED");
    }

    boolean isRead() {
        return READS.contains(operation);
    }

    /** What it was done to: the task, or the source where there is no task yet. */
    String target() {
        return operation.equals("CreateTask") || task.isEmpty() ? source : task;
    }

    /** The first of the words of a state: that of the task. */
    static String taskState(String words) {
        return words.contains("/") ? words.substring(0, words.indexOf('/')) : words;
    }

    /** The second of the words of a state: that of the source. */
    static String sourceState(String words) {
        var parts = words.split("/");
        return parts.length > 1 ? parts[1] : "";
    }
}
