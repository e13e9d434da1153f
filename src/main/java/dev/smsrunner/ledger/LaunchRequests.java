package dev.smsrunner.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows whose launch an operator asked for, as far as the request still stands. A row that is tried again afterwards begins
 * anew, and the request ends.
 *
 * @param all numbers of the rows
 * @param forced those of them that are launched even though something speaks against it
 * @param overridden who forced which of these and what spoke against it, for people; earlier versions did not write it
 */
record LaunchRequests(Set<Integer> all, Set<Integer> forced, Map<Integer, String> overridden) {

    private static final LaunchRequests NONE = new LaunchRequests(Set.of(), Set.of(), Map.of());

    /** Most runs have no such request: only the others are read further. */
    static LaunchRequests standing(JdbcTemplate jdbc, String runId) {
        var asked = jdbc.queryForObject(
                "select count(*) from control where run_id = ? and state = 'DONE' and action in ('LAUNCH', 'LAUNCH_FORCED')",
                Integer.class,
                runId);
        return asked == null || asked == 0 ? NONE : inOrder(jdbc, runId);
    }

    /** The order of the events tells which came later; their times may be equal. */
    private static LaunchRequests inOrder(JdbcTemplate jdbc, String runId) {
        var standing = new LaunchRequests(new HashSet<>(), new HashSet<>(), new HashMap<>());
        jdbc.query(
                """
                select row_no, kind, before_text, detail from event
                where run_id = ? and row_no is not null
                  and (kind = 'CONTROL' and before_text in ('LAUNCH', 'LAUNCH_FORCED') and after_text = 'DONE'
                    or kind = 'FINDING' and before_text = 'LAUNCH_FORCED'
                    or kind = 'STAGE' and before_text = 'CLOSED' and after_text = 'PLANNED')
                order by event_no
                """,
                at -> {
                    standing.take(
                            at.getInt("row_no"),
                            at.getString("kind"),
                            at.getString("before_text"),
                            at.getString("detail"));
                },
                runId);
        return standing;
    }

    private void take(int row, String kind, String before, String detail) {
        switch (EventKind.valueOf(kind)) {
            case CONTROL -> {
                all.add(row);
                if (before.equals(ControlAction.LAUNCH_FORCED.name())) {
                    forced.add(row);
                }
            }
            case FINDING -> overridden.put(row, detail);
            default -> {
                all.remove(row);
                forced.remove(row);
                overridden.remove(row);
            }
        }
    }
}
