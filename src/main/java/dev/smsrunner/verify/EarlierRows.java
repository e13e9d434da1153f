package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import dev.smsrunner.ledger.RawTables;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Results of servers in the earlier runs of a rerun.
 *
 * @param accepted name keys of servers that were migrated or skipped
 * @param synced name keys of servers that ended in sync
 */
record EarlierRows(Set<String> accepted, Set<String> synced) {

    static EarlierRows of(RawTables archive, Map<String, @Nullable Object> run) {
        var accepted = new HashSet<String>();
        var synced = new HashSet<String>();
        var visited = new HashSet<String>();
        for (var id = text(run, "rerun_of"); !id.isEmpty() && visited.add(id); id = repeated(archive, id)) {
            for (var row : archive.rows(id)) {
                var key = NameKey.of(text(row, "server_name"));
                switch (text(row, "outcome")) {
                    case "MIGRATED", "SKIPPED" -> accepted.add(key);
                    case "SYNCED" -> synced.add(key);
                    default -> {
                        // the row did not reach its goal
                    }
                }
            }
        }
        return new EarlierRows(accepted, synced);
    }

    private static String repeated(RawTables archive, String id) {
        return archive.run(id).map(run -> text(run, "rerun_of")).orElse("");
    }
}
