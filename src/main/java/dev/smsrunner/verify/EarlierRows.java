package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import dev.smsrunner.ledger.RawTables;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of servers in the runs that a run repeats: the first one, and repetitions of it between.
 *
 * @param accepted keys of the names of those that were migrated, or skipped since there was nothing to do
 * @param synced keys of the names of those that were left in sync
 */
record EarlierRows(Set<String> accepted, Set<String> synced) {

    static EarlierRows of(RawTables archive, Map<String, @Nullable Object> run) {
        var accepted = new HashSet<String>();
        var synced = new HashSet<String>();
        var seen = new HashSet<String>();
        for (var id = text(run, "rerun_of"); !id.isEmpty() && seen.add(id); id = repeated(archive, id)) {
            for (var row : archive.rows(id)) {
                var key = NameKey.of(text(row, "server_name"));
                switch (text(row, "outcome")) {
                    case "MIGRATED", "SKIPPED" -> accepted.add(key);
                    case "SYNCED" -> synced.add(key);
                    default -> {
                        // it did not reach its goal
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
