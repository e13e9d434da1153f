package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the intent that belongs to a call which the service saw: same kind, same target, intended before it arrived. */
final class IntentMatcher {

    /** By which intents an operation that the service saw may have been meant. */
    private static final Map<String, Set<String>> MEANT = Map.of(
            "CreateTask", Set.of("CREATE"),
            "UpdateTask", Set.of("UPDATE", "EDIT"),
            "start", Set.of("START", "ACTION"),
            "test", Set.of("LAUNCH", "ACTION"),
            "UpdateCopyState", Set.of("CHANGESTATE"),
            "UpdateSpeed", Set.of("LIMIT_SPEED", "SPEED_RULES"),
            "stop-dcs", Set.of("STOP"));

    private static final Set<String> ACTIONS = Set.of(
            "stop",
            "restart",
            "clone_test",
            "network_check",
            "skip",
            "clear",
            "migration_test",
            "collect_log",
            "sync_failed_rollback",
            "cutover");

    private final Map<String, List<Intended>> waiting = new HashMap<>();

    /** An intent that has met no call yet, or has. */
    record Intended(
            @Nullable Integer row, String operation, Instant at, String state, Map<String, @Nullable Object> columns) {}

    IntentMatcher(Tables tables) {
        tables.intents().forEach(intent -> add(intent, number(intent)));
        tables.intentsOfOthers().forEach(intent -> add(intent, null));
    }

    private void add(Map<String, @Nullable Object> intent, @Nullable Integer row) {
        waiting.computeIfAbsent(text(intent, "operation") + " " + text(intent, "target"), key -> new ArrayList<>())
                .add(new Intended(
                        row,
                        text(intent, "operation"),
                        Instant.parse(text(intent, "intended_at")),
                        text(intent, "state"),
                        intent));
    }

    /** Whether it changes something, or was meant to. */
    static boolean isWrite(AuditLine call) {
        return call.asked() && (MEANT.containsKey(call.operation()) || ACTIONS.contains(call.operation()));
    }

    /** The operations of intents by which the call may have been meant. */
    static Set<String> meant(AuditLine call) {
        return MEANT.getOrDefault(call.operation(), Set.of("ACTION"));
    }

    /** The oldest one that fits, which is used up; one that was never sent fits nothing. */
    Optional<Intended> take(AuditLine call) {
        var fits = new TreeMap<Instant, Intended>();
        for (var operation : meant(call)) {
            for (var intended : waiting.getOrDefault(operation + " " + call.target(), List.of())) {
                if (!intended.at().isAfter(call.at())) {
                    fits.putIfAbsent(intended.at(), intended);
                }
            }
        }
        var found =
                Optional.ofNullable(fits.isEmpty() ? null : fits.firstEntry().getValue());
        found.ifPresent(intended ->
                waiting.get(intended.operation() + " " + call.target()).remove(intended));
        return found;
    }
}
