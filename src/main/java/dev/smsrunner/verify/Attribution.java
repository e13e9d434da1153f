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

/** Whose each entry of an audit is: about which row of the run, by us or by somebody else, and meant by which intent. */
final class Attribution {

    private static final Set<String> NOT_EXECUTED = Set.of("REFUSED", "NOT_SENT", "ABSENT");

    private final Map<String, Integer> rowOf = new HashMap<>();
    private final Map<Long, IntentMatcher.Intended> intended = new HashMap<>();
    private final Set<String> shared;
    private final Set<String> us;
    private final Set<Integer> started;

    Attribution(List<AuditLine> heard, Tables tables) {
        for (var row : tables.rows()) {
            rowOf.put(text(row, "source_id"), number(row));
            rowOf.put(text(row, "task_id"), number(row));
        }
        rowOf.remove("");
        us = heard.stream()
                .filter(AuditLine::isRead)
                .map(AuditLine::actor)
                .collect(Collectors.toCollection(HashSet::new));
        shared = tables.intentsOfOthers().stream()
                .map(intent -> text(intent, "target"))
                .collect(Collectors.toCollection(HashSet::new));
        started = tables.intents().stream()
                .filter(intent -> text(intent, "operation").equals("START"))
                .filter(intent -> !NOT_EXECUTED.contains(text(intent, "state")))
                .map(Tables::number)
                .collect(Collectors.toSet());
        var calls = new IntentMatcher(tables);
        heard.stream()
                .filter(this::isOurWrite)
                .forEach(one -> calls.take(one).ifPresent(found -> intended.put(one.seq(), found)));
    }

    /** The row that it is about, null when it is about none of the run. */
    @Nullable
    Integer row(AuditLine one) {
        var bySource = rowOf.get(one.source());
        return bySource != null ? bySource : rowOf.get(one.task());
    }

    /** Those who look are we; people in a console come with other credentials. */
    boolean byUs(AuditLine one) {
        return us.contains(one.actor());
    }

    /** A change that was asked for with our credentials, for a row of the run, and that got so far as to be looked at. */
    boolean isOurWrite(AuditLine one) {
        return IntentMatcher.isWrite(one)
                && byUs(one)
                && row(one) != null
                && !one.target().isEmpty();
    }

    Optional<IntentMatcher.Intended> intent(AuditLine one) {
        return Optional.ofNullable(intended.get(one.seq()));
    }

    /** Whether another run of the database meant it. */
    boolean ofAnotherRun(AuditLine one) {
        return intent(one).map(found -> found.row() == null).orElse(false);
    }

    /**
     * Whether the run launched the target: by a call, or by starting a task whose target SMS launches by itself. A task that
     * somebody else started is launched without the run, whatever the run made of its row.
     */
    boolean isLaunchOfTheRun(AuditLine one) {
        return switch (one.operation()) {
            case "launch" -> started.contains(row(one)) && !shared(one);
            case "test" -> byUs(one) && !ofAnotherRun(one);
            default -> false;
        };
    }

    /** Whether another run of the database worked on the same source or task. */
    boolean shared(AuditLine one) {
        return shared.contains(one.source()) || shared.contains(one.task());
    }
}
