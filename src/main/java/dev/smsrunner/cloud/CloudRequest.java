package dev.smsrunner.cloud;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Request to a service.
 *
 * @param operation name of the API operation, for messages and the log
 * @param segments segments of the path, not encoded, for example {@code v3, tasks, id}
 * @param query parameters in sending order, not encoded
 * @param body JSON; null for none
 * @param projectId sent as X-Project-Id; null for services without projects in their paths and signatures
 * @param deadline instant from which a write must not be sent any more; null for none
 */
public record CloudRequest(
        String operation,
        CallKind kind,
        Priority priority,
        String method,
        List<String> segments,
        List<Map.Entry<String, String>> query,
        @Nullable String body,
        @Nullable String projectId,
        @Nullable Instant deadline) {

    public CloudRequest(
            String operation,
            CallKind kind,
            Priority priority,
            String method,
            List<String> segments,
            List<Map.Entry<String, String>> query,
            @Nullable String body) {
        this(operation, kind, priority, method, segments, query, body, null, null);
    }

    public CloudRequest {
        segments = List.copyOf(segments);
        query = List.copyOf(query);
        for (String segment : segments) {
            // a blank id would address the whole list, dots would leave the path
            if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(
                        "%s: the path %s has an empty or dotted part (must be an id)".formatted(operation, segments));
            }
        }
    }

    /** Read of one resource. */
    public static CloudRequest get(String operation, String... segments) {
        return new CloudRequest(operation, CallKind.READ, Priority.MUTATION, "GET", List.of(segments), List.of(), null);
    }

    /** Read of a list, which waits while changes wait. */
    public static CloudRequest sweep(String operation, String... segments) {
        return new CloudRequest(operation, CallKind.READ, Priority.SWEEP, "GET", List.of(segments), List.of(), null);
    }

    /** Write. */
    public static CloudRequest write(String operation, String method, String body, String... segments) {
        return new CloudRequest(
                operation, CallKind.WRITE, Priority.MUTATION, method, List.of(segments), List.of(), body);
    }

    /** Copy with one more query parameter; null adds none. */
    public CloudRequest with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        List<Map.Entry<String, String>> longer = new ArrayList<>(query);
        longer.add(Map.entry(name, value.toString()));
        return new CloudRequest(operation, kind, priority, method, segments, longer, body, projectId, deadline);
    }

    /** Copy that must not be sent at or after an instant; null for no deadline. */
    public CloudRequest until(@Nullable Instant latest) {
        return new CloudRequest(operation, kind, priority, method, segments, query, body, projectId, latest);
    }

    /** Copy on behalf of a project. */
    public CloudRequest inProject(String id) {
        return new CloudRequest(operation, kind, priority, method, segments, query, body, id, deadline);
    }
}
