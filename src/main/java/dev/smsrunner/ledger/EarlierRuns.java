package dev.smsrunner.ledger;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads the results of the runs that a run repeats: the first run, and reruns between. Rows of a finished run no longer
 * change, so they are read once.
 */
final class EarlierRuns {

    private final JdbcTemplate jdbc;
    private final Map<String, Set<String>> finished = new ConcurrentHashMap<>();

    EarlierRuns(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Names, as in the inventory, of servers that reached their goal before the run started; empty for a first run. */
    Set<String> serversReachedBefore(String runId) {
        var names = new HashSet<String>();
        var observed = new HashSet<String>();
        for (var earlier = originalOf(runId); earlier != null && observed.add(earlier); earlier = originalOf(earlier)) {
            names.addAll(serversReachedIn(earlier));
        }
        return names;
    }

    private @Nullable String originalOf(String runId) {
        var found = jdbc.queryForList("select rerun_of from run where run_id = ?", String.class, runId);
        return found.isEmpty() ? null : found.get(0);
    }

    private Set<String> serversReachedIn(String runId) {
        var known = finished.get(runId);
        if (known != null) {
            return known;
        }
        boolean over = jdbc.queryForList("select state from run where run_id = ?", String.class, runId)
                .contains(RunState.FINISHED.name()); // read before the rows, which may still change otherwise
        var names = read(runId);
        if (over) {
            finished.put(runId, names);
        }
        return names;
    }

    private Set<String> read(String runId) {
        return jdbc
                .query(
                        "select server_name, outcome from migration where run_id = ? and outcome is not null",
                        (at, index) -> hasReached(Outcome.valueOf(at.getString(2))) ? at.getString(1) : "",
                        runId)
                .stream()
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A server that was only kept in sync was not launched. */
    private static boolean hasReached(Outcome outcome) {
        return outcome.isSuccess() && outcome != Outcome.SYNCED;
    }
}
