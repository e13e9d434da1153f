package dev.smsrunner.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * I13 by the events: what people did in the console or asked for is not reversed without a word of theirs. The main job never
 * pauses and never deletes a task, so a task that is paused while its row is under way was paused by somebody else. The other
 * jobs do exactly what a person ordered.
 */
final class OperatorWishesCheck implements EventCheck {

    private static final Set<String> UNDER_WAY = Set.of("STARTED", "REPLICATING", "SYNCING", "LAUNCHING");
    private static final Set<String> REOPENING = Set.of("RETRY", "LAUNCH", "LAUNCH_FORCED");
    private static final Set<String> FREEING =
            Set.of("RETRY", "RETRY_ALL", "SKIP", "SKIP_RUNNING", "LAUNCH", "LAUNCH_FORCED");
    private static final Set<String> SKIPPING = Set.of("SKIP", "SKIP_RUNNING");
    private static final Set<String> BEGINNING = Set.of("START");
    private static final Set<String> EVERYTHING = Set.of("CREATE", "UPDATE", "SPEED_RULES", "START", "LAUNCH");

    private final boolean migrates;
    private final Findings findings;
    private final Map<Integer, Act> acts = new HashMap<>();
    private final Map<Integer, List<Instant>> words = new HashMap<>();
    private final List<Instant> wordsToAll = new ArrayList<>();
    private @Nullable RecordedEvent latest;
    private boolean launchesPaused;
    private int count;

    /**
     * What a person did.
     *
     * @param reversing operations that would undo it
     */
    private record Act(RecordedEvent event, String what, Set<String> reversing) {}

    OperatorWishesCheck(String job, Findings findings) {
        this.migrates = job.equals("migrate");
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        if (event.kind().equals("CONTROL") && event.after().equals("DONE")) {
            latest = event;
            word(event);
        }
        if (event.row() == null || !migrates) {
            return;
        }
        var row = before.row(event.row());
        freed(event, row);
        if (event.intent().path("state").asString("").equals("OPEN")) {
            begun(event, row, before.run().containsKey("paused_at"));
        }
        paused(event, row);
        if (event.change().path("outcome").asString("").equals("FAILED")
                && event.change().path("reason").asString("").contains("was removed by somebody else")) {
            did(event, "its task or source was removed by somebody else", EVERYTHING);
        }
    }

    /** What a person asked for, and was done: it may allow what was forbidden before, or forbid it. */
    private void word(RecordedEvent event) {
        if (event.row() == null) {
            if (event.before().equals("RETRY_ALL")) {
                wordsToAll.add(event.at());
                acts.clear();
            } else if (event.before().equals("PAUSE")) {
                launchesPaused = event.detail().contains("no target is launched"); // earlier versions went on launching
            }
        } else if (REOPENING.contains(event.before())) {
            words.computeIfAbsent(event.row(), row -> new ArrayList<>()).add(event.at());
            acts.remove(event.row());
        } else if (SKIPPING.contains(event.before()) && migrates) {
            did(event, "a person wanted it to be left alone", EVERYTHING);
        }
    }

    /** A retry, a skip or a launch is a word for the rows that were not launched because of that one, too. */
    private void freed(RecordedEvent event, Map<String, String> row) {
        if (latest != null
                && latest.at().equals(event.at())
                && !Objects.equals(latest.row(), event.row())
                && isFreedBy(latest, row)) {
            words.computeIfAbsent(event.row(), number -> new ArrayList<>()).add(event.at());
            acts.remove(event.row());
        }
    }

    /** Whether a row with these values goes on when the request is carried out, perhaps for another row. */
    static boolean isFreedBy(RecordedEvent request, Map<String, String> row) {
        return FREEING.contains(request.before())
                && request.after().equals("DONE")
                && (row.getOrDefault("outcome", "").equals("NOT_LAUNCHED") || isRejectedByDependency(row));
    }

    /** Earlier versions ended a row so whose dependency had failed. */
    private static boolean isRejectedByDependency(Map<String, String> row) {
        return row.getOrDefault("outcome", "").equals("REJECTED")
                && row.getOrDefault("reason", "").startsWith("not started: it depends on ");
    }

    private void paused(RecordedEvent event, Map<String, String> row) {
        var to = event.change().path("task_state").asString("");
        if (to.isEmpty()) {
            return;
        }
        var from = row.getOrDefault("task_state", "");
        boolean underWay = UNDER_WAY.contains(row.getOrDefault("stage", ""));
        if (to.equalsIgnoreCase("ABORT") && underWay && !from.isEmpty() && !from.equalsIgnoreCase("ABORT")) {
            did(event, "its task was paused by somebody else", BEGINNING);
        } else if (!to.equalsIgnoreCase("ABORT") && !to.equalsIgnoreCase("ABORTING")) {
            acts.computeIfPresent(event.row(), (number, act) -> act.reversing() == BEGINNING ? null : act);
        }
    }

    private void did(RecordedEvent event, String what, Set<String> reversing) {
        count++;
        acts.put(event.row(), new Act(event, what, reversing));
    }

    private void begun(RecordedEvent event, Map<String, String> row, boolean paused) {
        var operation = event.intent().path("operation").asString("");
        var act = acts.get(event.row());
        if (act != null && act.reversing().contains(operation)) {
            violation(event, "%s was begun though %s".formatted(operation, act.what()), act.event());
        } else if (paused && operation.equals("START") && !UNDER_WAY.contains(row.getOrDefault("stage", ""))) {
            violation(event, "START was begun though a person had new starts wait", event);
        } else if (paused && launchesPaused && operation.equals("LAUNCH")) {
            violation(event, "LAUNCH was begun though a person was told that nothing is launched", event);
        }
    }

    private void violation(RecordedEvent event, String what, RecordedEvent cause) {
        findings.violation(
                "I13",
                event.row(),
                what,
                cause == event
                        ? "event " + event.number()
                        : "event %d after event %d".formatted(event.number(), cause.number()),
                "Ask who did it and why; look at the server in the console; report it.");
    }

    /** Whether a person wanted the row to go on between the two moments. */
    boolean allowed(int row, Instant from, Instant to) {
        return java.util.stream.Stream.concat(wordsToAll.stream(), words.getOrDefault(row, List.of()).stream())
                .anyMatch(at -> !at.isBefore(from) && !at.isAfter(to));
    }

    @Override
    public void end(ReplayedTables fold) {
        findings.checked(
                "I13",
                migrates
                        ? count
                                + " times somebody paused, removed or skipped a server: not reversed without a word of theirs"
                        : "this job does what a person ordered, once for each row");
    }
}
