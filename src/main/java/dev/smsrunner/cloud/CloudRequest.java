package dev.smsrunner.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a service.
 *
 * @param operation name of the API operation, for messages and the log
 * @param segments of the path, not encoded, for example {@code v3, tasks, id}
 * @param query in the order in which it is sent, not encoded
 * @param body JSON; null for none
 * @param projectId sent as X-Project-Id; null for services whose paths and signatures know no project
 */
public record CloudRequest(
        String operation,
        CallKind kind,
        Priority priority,
        String method,
        List<String> segments,
        List<Map.Entry<String, String>> query,
        @Nullable String body,
        @Nullable String projectId) {

    public CloudRequest(
            String operation,
            CallKind kind,
            Priority priority,
            String method,
            List<String> segments,
            List<Map.Entry<String, String>> query,
            @Nullable String body) {
        this(operation, kind, priority, method, segments, query, body, null);
    }

    public CloudRequest {
        segments = List.copyOf(segments);
        query = List.copyOf(query);
        for (String segment : segments) {
            // a blank id would turn the request for one into the request for all, dots would climb
            if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(
                        "%s: the path %s has an empty or dotted part (must be an id)".formatted(operation, segments));
            }
        }
    }

    /** A look at one thing. */
    public static CloudRequest get(String operation, String... segments) {
        return new CloudRequest(operation, CallKind.READ, Priority.MUTATION, "GET", List.of(segments), List.of(), null);
    }

    /** A look at a list, which waits while changes wait. */
    public static CloudRequest sweep(String operation, String... segments) {
        return new CloudRequest(operation, CallKind.READ, Priority.SWEEP, "GET", List.of(segments), List.of(), null);
    }

    /** A change. */
    public static CloudRequest write(String operation, String method, String body, String... segments) {
        return new CloudRequest(
                operation, CallKind.WRITE, Priority.MUTATION, method, List.of(segments), List.of(), body);
    }

    /** The same with one more query parameter; null is left out. */
    public CloudRequest with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        List<Map.Entry<String, String>> longer = new ArrayList<>(query);
        longer.add(Map.entry(name, value.toString()));
        return new CloudRequest(operation, kind, priority, method, segments, longer, body, projectId);
    }

    /** The same on behalf of a project. */
    public CloudRequest inProject(String id) {
        return new CloudRequest(operation, kind, priority, method, segments, query, body, id);
    }
}
