package dev.smsrunner.ledger;

import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows whose launch an operator asked for, as far as the request still stands. A row that is tried again afterwards begins
 * anew, and the request ends.
 *
 * @param all numbers of the rows
 * @param forced those of them that are launched even though something speaks against it
 */
record LaunchRequests(Set<Integer> all, Set<Integer> forced) {

    private static final LaunchRequests NONE = new LaunchRequests(Set.of(), Set.of());

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
        var all = new HashSet<Integer>();
        var forced = new HashSet<Integer>();
        jdbc.query(
                """
                select row_no, before_text from event
                where run_id = ? and row_no is not null
                  and (kind = 'CONTROL' and before_text in ('LAUNCH', 'LAUNCH_FORCED') and after_text = 'DONE'
                    or kind = 'STAGE' and before_text = 'CLOSED' and after_text = 'PLANNED')
                order by event_no
                """,
                at -> {
                    int row = at.getInt("row_no");
                    switch (at.getString("before_text")) {
                        case "LAUNCH_FORCED" -> {
                            all.add(row);
                            forced.add(row);
                        }
                        case "LAUNCH" -> all.add(row);
                        default -> {
                            all.remove(row);
                            forced.remove(row);
                        }
                    }
                },
                runId);
        return new LaunchRequests(all, forced);
    }
}
