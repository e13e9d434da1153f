package dev.smsrunner.action;

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
 * The clone and the network check that a task showed before the call of a row (ShowTask): neither is a result of the call.
 *
 * @param cloned as text, empty when the task showed none; null when it is not known
 * @param network as text, empty when the task showed none; null when it is not known
 */
record PriorResult(@Nullable String cloned, @Nullable String network) {

    /** Nothing is known, for example in a run that an earlier version began: any result counts. */
    static final PriorResult NOT_KNOWN = new PriorResult(null, null);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static PriorResult of(MigrationTask task) {
        return new PriorResult(text(task.cloneServer()), text(task.networkCheckInfo()));
    }

    /** Reads {@link #toJson()}; anything else is not known. */
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
        fields.put("clone_before", cloned);
        fields.put("network_before", network);
        return JSON.writeValueAsString(fields);
    }

    boolean has(CloneServer shown) {
        return text(shown).equals(cloned);
    }

    boolean has(NetworkCheck shown) {
        return text(shown).equals(network);
    }

    private static String text(@Nullable Object shown) {
        return Objects.toString(shown, "");
    }
}
