package dev.smsrunner.inventory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Servers that the inventory forbids to migrate, so that no row can wait for them. */
final class ForbiddenServers {

    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<String> partlyPermitted = new HashSet<>();

    /** @param isRepeated whether an earlier row has the same key */
    void add(InventoryRow row, String key, boolean isRepeated) {
        if (!row.isOkToMigrate()) {
            if (lines.putIfAbsent(key, row.line()) == null && isRepeated) {
                partlyPermitted.add(key);
            }
        } else if (!lines.isEmpty() && lines.containsKey(key)) {
            partlyPermitted.add(key);
        }
    }

    /** Problem of an entry of {@code depends_on}, if the inventory forbids every row of its server. */
    Optional<CellProblem> problemOf(String entry, String key) {
        Integer line = lines.get(key);
        return line == null || partlyPermitted.contains(key)
                ? Optional.empty()
                : Optional.of(new CellProblem(
                        QuotedText.of(entry) + " is not migrated, since ok_to_migrate is no on line " + line,
                        "remove the dependency, or permit the migration of that server"));
    }
}
