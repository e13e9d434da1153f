package dev.smsrunner.job.action;

import dev.smsrunner.sms.CloneServer;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.NetworkCheck;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clone and network check that a task showed before the call of a row (ShowTask). They are not results of the call.
 *
 * @param cloneServer as text, empty when the task showed none; null when unknown
 * @param network as text, empty when the task showed none; null when unknown
 */
record PriorResult(@Nullable String cloneServer, @Nullable String network) {

    /** Unknown prior result, for example in a run of an earlier version: any result counts. */
    static final PriorResult NOT_KNOWN = new PriorResult(null, null);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static PriorResult of(MigrationTask task) {
        return new PriorResult(text(task.cloneServer()), text(task.networkCheckInfo()));
    }

    /** Parses {@link #toJson()}; any other text is an unknown result. */
    static PriorResult fromJson(@Nullable String json) {
        if (json == null) {
            return NOT_KNOWN;
        }
        try {
            var root = JSON.readTree(json);
            return new PriorResult(
                    root.path("clone_before").asStringOpt().orElse(null),
                    root.path("network_before").asStringOpt().orElse(null));
        } catch (JacksonException ex) {
            return NOT_KNOWN;
        }
    }

    String toJson() {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("clone_before", cloneServer);
        fields.put("network_before", network);
        return JSON.writeValueAsString(fields);
    }

    boolean has(CloneServer shown) {
        return text(shown).equals(cloneServer);
    }

    boolean has(NetworkCheck shown) {
        return text(shown).equals(network);
    }

    private static String text(@Nullable Object shown) {
        return Objects.toString(shown, "");
    }
}
