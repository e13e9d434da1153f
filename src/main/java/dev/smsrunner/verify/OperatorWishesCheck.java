package dev.smsrunner.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * I13 from the events: the run reverses no operator action in the console or by request without a new request. The main job
 * never pauses or deletes a task, so another user paused a task that is paused while its row is under way. The other jobs do
 * exactly what the operator ordered.
 */
final class OperatorWishesCheck implements EventCheck {

    private static final Set<String> UNDER_WAY = Set.of("STARTED", "REPLICATING", "SYNCING", "LAUNCHING");
    private static final Set<String> REOPENING = Set.of("RETRY", "LAUNCH", "LAUNCH_FORCED");
    private static final Set<String> FREEING =
            Set.of("RETRY", "RETRY_ALL", "SKIP", "SKIP_RUNNING", "LAUNCH", "LAUNCH_FORCED");
    private static final Set<String> SKIPPING = Set.of("SKIP", "SKIP_RUNNING");
    private static final Set<String> BEGINNING = Set.of("START");
    private static final Set<String> EVERYTHING = Set.of("CREATE", "UPDATE", "SPEED_RULES", "START", "LAUNCH", "PAUSE");

    /** Reason of a row whose task or source is gone; the second text is of earlier versions. */
    private static final Pattern REMOVED = Pattern.compile("was removed by (another user|somebody else)");

    private final boolean migrates;
    private final Findings findings;
    private final Map<Integer, OperatorAction> actions = new HashMap<>();
    private final Map<Integer, List<Instant>> requests = new HashMap<>();
    private final List<Instant> requestsForAll = new ArrayList<>();
    private @Nullable RecordedEvent latest;
    private boolean launchesPaused;
    private int count;

    /**
     * An action of an operator or another user.
     *
     * @param reversing operations that would reverse it
     */
    private record OperatorAction(RecordedEvent event, String what, Set<String> reversing) {}

    OperatorWishesCheck(String job, Findings findings) {
        this.migrates = job.equals("migrate");
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        if (event.kind().equals("CONTROL") && event.after().equals("DONE")) {
            latest = event;
            recordRequest(event);
        }
        if (event.row() == null || !migrates) {
            return;
        }
        var row = before.row(event.row());
        checkFreed(event, row);
        if (event.callState().equals("OPEN")) {
            checkCall(event, row, before.run().containsKey("paused_at"));
        }
        checkPaused(event, row);
        if (event.change().path("outcome").asString("").equals("FAILED")
                && REMOVED.matcher(event.change().path("reason").asString("")).find()) {
            record(event, "another user removed its task or source", EVERYTHING);
        }
    }

    /** Records an executed request, which may allow or forbid operations. */
    private void recordRequest(RecordedEvent event) {
        if (event.row() == null) {
            if (event.before().equals("RETRY_ALL")) {
                requestsForAll.add(event.at());
                actions.clear();
            } else if (event.before().equals("PAUSE")) {
                launchesPaused =
                        event.detail().contains("no target is launched"); // earlier versions continued to launch
            }
        } else if (REOPENING.contains(event.before())) {
            requests.computeIfAbsent(event.row(), row -> new ArrayList<>()).add(event.at());
            actions.remove(event.row());
        } else if (SKIPPING.contains(event.before()) && migrates) {
            record(event, "an operator skipped the server", EVERYTHING);
        }
    }

    /** A retry, skip or launch also continues the rows that were not launched because of this row. */
    private void checkFreed(RecordedEvent event, Map<String, String> row) {
        if (latest != null
                && latest.at().equals(event.at())
                && !Objects.equals(latest.row(), event.row())
                && isFreedBy(latest, row)) {
            requests.computeIfAbsent(event.row(), number -> new ArrayList<>()).add(event.at());
            actions.remove(event.row());
        }
    }

    /** Whether the request, perhaps for another row, continues a row with these values. */
    static boolean isFreedBy(RecordedEvent request, Map<String, String> row) {
        return FREEING.contains(request.before())
                && request.after().equals("DONE")
                && (row.getOrDefault("outcome", "").equals("NOT_LAUNCHED") || isRejectedByDependency(row));
    }

    /** Earlier versions rejected a row whose dependency had failed. */
    private static boolean isRejectedByDependency(Map<String, String> row) {
        return row.getOrDefault("outcome", "").equals("REJECTED")
                && row.getOrDefault("reason", "").startsWith("not started: it depends on ");
    }

    private void checkPaused(RecordedEvent event, Map<String, String> row) {
        var to = event.change().path("task_state").asString("");
        if (to.isEmpty()) {
            return;
        }
        var from = row.getOrDefault("task_state", "");
        boolean underWay = UNDER_WAY.contains(row.getOrDefault("stage", ""));
        if (to.equalsIgnoreCase("ABORT") && underWay && !from.isEmpty() && !from.equalsIgnoreCase("ABORT")) {
            record(event, "another user paused its task", BEGINNING);
        } else if (!to.equalsIgnoreCase("ABORT") && !to.equalsIgnoreCase("ABORTING")) {
            actions.computeIfPresent(event.row(), (number, act) -> act.reversing() == BEGINNING ? null : act);
        }
    }

    private void record(RecordedEvent event, String what, Set<String> reversing) {
        count++;
        actions.put(event.row(), new OperatorAction(event, what, reversing));
    }

    private void checkCall(RecordedEvent event, Map<String, String> row, boolean paused) {
        var operation = event.callOperation();
        var act = actions.get(event.row());
        if (act != null && act.reversing().contains(operation)) {
            violation(event, "%s was sent although %s".formatted(operation, act.what()), act.event());
        } else if (paused && operation.equals("START") && !UNDER_WAY.contains(row.getOrDefault("stage", ""))) {
            violation(event, "START was sent while new starts were paused", event);
        } else if (paused && launchesPaused && operation.equals("LAUNCH")) {
            violation(event, "LAUNCH was sent while launches were paused", event);
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
                "Find out who did it and why, check the server in the console, and report a bug.");
    }

    /** Whether an operator requested to continue the row between the two instants. */
    boolean isRequested(int row, Instant from, Instant to) {
        return java.util.stream.Stream.concat(requestsForAll.stream(), requests.getOrDefault(row, List.of()).stream())
                .anyMatch(at -> !at.isBefore(from) && !at.isAfter(to));
    }

    @Override
    public void end(ReplayedTables replayed) {
        findings.checked(
                "I13",
                migrates
                        ? Findings.count(count, "server")
                                + " paused, removed or skipped by a user: none reversed without a request"
                        : "this job does what the operator ordered, once per row");
    }
}
