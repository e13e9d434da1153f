package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Attribution of audit entries: the row of the run, the actor (runner or third party), and the matching intent. */
final class Attribution {

    private static final Set<String> NOT_EXECUTED = Set.of("REFUSED", "NOT_SENT", "ABSENT");

    private final JobCalls calls;
    private final Map<String, Integer> rows = new HashMap<>();
    private final Map<Long, IntentMatcher.Candidate> matches = new HashMap<>();
    private final Set<String> sharedTargets;
    private final Set<String> ourActors;
    private final Set<Integer> startedRows;

    Attribution(List<AuditLine> entries, Tables tables, JobCalls calls) {
        this.calls = calls;
        for (var row : tables.rows()) {
            rows.put(text(row, "source_id"), number(row));
            rows.put(text(row, "task_id"), number(row));
        }
        rows.remove("");
        ourActors = entries.stream()
                .filter(AuditLine::isRead)
                .map(AuditLine::actor)
                .collect(Collectors.toCollection(HashSet::new));
        sharedTargets = tables.intentsOfOthers().stream()
                .map(intent -> text(intent, "target"))
                .collect(Collectors.toCollection(HashSet::new));
        startedRows = tables.intents().stream()
                .filter(intent -> text(intent, "operation").equals("START"))
                .filter(intent -> !NOT_EXECUTED.contains(text(intent, "state")))
                .map(Tables::number)
                .collect(Collectors.toSet());
        var matcher = new IntentMatcher(tables, calls);
        entries.stream()
                .filter(this::isOurWrite)
                .forEach(one -> matcher.match(one).ifPresent(found -> matches.put(one.seq(), found)));
    }

    /** The row of the entry; null for none of the run. */
    @Nullable
    Integer row(AuditLine one) {
        var bySource = rows.get(one.source());
        return bySource != null ? bySource : rows.get(one.task());
    }

    /** Whether the runner is the actor: the actor of a read is the runner, since console users have other credentials. */
    boolean isOurs(AuditLine one) {
        return ourActors.contains(one.actor());
    }

    /** Whether the entry is a write with the runner's credentials for a row of the run, with a known target. */
    boolean isOurWrite(AuditLine one) {
        return calls.isWrite(one)
                && isOurs(one)
                && row(one) != null
                && !one.target().isEmpty();
    }

    Optional<IntentMatcher.Candidate> intent(AuditLine one) {
        return Optional.ofNullable(matches.get(one.seq()));
    }

    /** Whether the matching intent belongs to another run of the database. */
    boolean belongsToAnotherRun(AuditLine one) {
        return intent(one).map(found -> found.row() == null).orElse(false);
    }

    /**
     * Whether the run launched the target: by a call, or by starting a task whose target SMS launches automatically. The launch
     * of a task that a third party started does not count.
     */
    boolean isLaunchOfTheRun(AuditLine one) {
        return switch (one.operation()) {
            case "launch" -> startedRows.contains(row(one)) && !isShared(one);
            case "test" -> isOurs(one) && !belongsToAnotherRun(one);
            default -> false;
        };
    }

    /** Whether another run of the database worked on the same source or task. */
    boolean isShared(AuditLine one) {
        return sharedTargets.contains(one.source()) || sharedTargets.contains(one.task());
    }
}
