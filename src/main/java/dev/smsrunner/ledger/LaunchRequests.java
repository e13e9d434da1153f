package dev.smsrunner.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Rows with an operator's launch request that is still in effect. A retry of the row ends the request.
 *
 * @param all numbers of the rows
 * @param forcedBy operators of forced launches by row number
 * @param overridden operator and overridden obstacles by row number; not written by earlier versions
 */
record LaunchRequests(Set<Integer> all, Map<Integer, String> forcedBy, Map<Integer, String> overridden) {

    private static final LaunchRequests NONE = new LaunchRequests(Set.of(), Map.of(), Map.of());

    /** Most runs have no such request; the others need more queries. */
    static LaunchRequests load(JdbcTemplate jdbc, String runId) {
        var control = jdbc.queryForObject(
                "select count(*) from control where run_id = ? and state = 'DONE' and action in ('LAUNCH', 'LAUNCH_FORCED')",
                Integer.class,
                runId);
        return control == null || control == 0 ? NONE : replay(jdbc, runId);
    }

    /** The order of the events shows which came later; their times may be equal. */
    private static LaunchRequests replay(JdbcTemplate jdbc, String runId) {
        var operators = forcedBy(jdbc, runId);
        var requests = new LaunchRequests(new HashSet<>(), new HashMap<>(), new HashMap<>());
        jdbc.query(
                """
                select row_no, kind, before_text, after_text, detail from event
                where run_id = ? and row_no is not null
                  and (kind = 'CONTROL' and before_text in ('LAUNCH', 'LAUNCH_FORCED') and after_text = 'DONE'
                    or kind = 'FINDING' and before_text = 'LAUNCH_FORCED'
                    or kind = 'STAGE' and before_text = 'CLOSED' and after_text = 'PLANNED')
                order by event_no
                """,
                at -> {
                    int row = at.getInt("row_no");
                    switch (EventKind.valueOf(at.getString("kind"))) {
                        case CONTROL -> requests.addRequest(row, at.getString("before_text"), operators.get(row));
                        case FINDING -> requests.setOverride(row, at.getString("after_text"), at.getString("detail"));
                        default -> requests.remove(row);
                    }
                },
                runId);
        return requests;
    }

    private static Map<Integer, String> forcedBy(JdbcTemplate jdbc, String runId) {
        var operators = new HashMap<Integer, String>();
        jdbc.query(
                "select row_no, asked_by from control where run_id = ? and state = 'DONE' and action = 'LAUNCH_FORCED' order by control_id",
                at -> {
                    operators.put(at.getInt("row_no"), at.getString("asked_by"));
                },
                runId);
        return operators;
    }

    private void addRequest(int row, String action, @Nullable String by) {
        all.add(row);
        if (action.equals(ControlAction.LAUNCH_FORCED.name())) {
            forcedBy.put(row, Objects.requireNonNullElse(by, ""));
        }
    }

    private void setOverride(int row, String severity, String what) {
        if (severity.equals(EventDraft.NOTHING_OVERRIDDEN)) {
            overridden.remove(row);
        } else {
            overridden.put(row, what);
        }
    }

    private void remove(int row) {
        all.remove(row);
        forcedBy.remove(row);
        overridden.remove(row);
    }
}
