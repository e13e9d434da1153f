package dev.smsrunner.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** I6, I11, I12, I14, I17: history of rows and calls in the events. */
final class HistoryCheck implements EventCheck {

    private static final List<String> STAGES =
            List.of("PLANNED", "TASK_READY", "STARTED", "REPLICATING", "SYNCING", "LAUNCHING", "CLOSED");

    private static final Set<String> UNDECIDED = Set.of("OPEN", "UNKNOWN");

    /** Documented task states (ShowTask, ListTasks). */
    private static final Set<String> TASK_STATES = Set.of(
            "READY",
            "RUNNING",
            "SYNCING",
            "MIGRATE_SUCCESS",
            "SYNC_SUCCESS",
            "MIGRATE_FAIL",
            "SYNC_FAIL",
            "ABORTING",
            "ABORT",
            "SKIPPING",
            "DELETING",
            "RESETING",
            "SYNC_F_ROLLBACKING",
            "SYNC_F_ROLLBACK_SUCCESS");

    /** Status texts of DCS data-migration tasks; documentation and service spell one of them differently. */
    private static final Set<String> DCS_STATES = Set.of(
            "MIGRATING",
            "FULLMIGRATING",
            "INCRMIGRATING",
            "INCRMIGEATING",
            "RUNNING",
            "TERMINATING",
            "TERMINATED",
            "SUCCESS",
            "RELEASED",
            "FAILED",
            "MIGRATION_FAILED",
            "DELETED");

    /** Documented source states (ShowServer, UpdateCopyState). */
    private static final Set<String> COPY_STATES = Set.of(
            "UNAVAILABLE",
            "WAITING",
            "INIT",
            "INITIALIZE",
            "REPLICATE",
            "SYNCING",
            "STOPPING",
            "STOPPED",
            "SKIPPING",
            "DELETING",
            "ERROR",
            "CLONING",
            "CUTOVERING",
            "FINISHED",
            "CLEARING",
            "CLEARED",
            "CLEARFAILED",
            "PREMIGREADY",
            "PREMIGING",
            "PREMIGED",
            "PREMIGFAILED",
            "UNCONFIGURED");

    private static final int MAX_ATTEMPTS = 60;

    /** Maximum delay between a stop request and the last call: intents committed before the stop are still sent. */
    private static final Duration STOP_DELAY = Duration.ofSeconds(3);

    private final Set<String> taskStates;
    private final Findings findings;
    private long token;
    private long calls;
    private boolean ended;
    private final Set<Integer> reopened = new HashSet<>();
    private final CallAttempts attempts = new CallAttempts();
    private @Nullable RecordedEvent control;
    private @Nullable RecordedEvent backwards;
    private String description = "";

    HistoryCheck(String job, Findings findings) {
        this.taskStates = job.equals("stop-dcs") ? DCS_STATES : TASK_STATES;
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        checkToken(event);
        trackEnd(event);
        if (event.kind().equals("CONTROL")) {
            control = event;
        }
        detectReopening(event, before.row(event.row()));
        checkStage(event, before.row(event.row()));
        attempts.update(event);
        if (event.callState().equals("OPEN")) {
            calls++;
            checkCall(event, before);
        }
    }

    /** Detects a row that an operator reopened, or that was planned again after an inventory change. */
    private void detectReopening(RecordedEvent event, Map<String, String> before) {
        if (event.row() == null) {
            return;
        }
        boolean requested = event.kind().matches("CONTROL|STAGE") && isRequested(event, before);
        if (requested
                || isReplanned(
                        event,
                        before.getOrDefault("stage", ""),
                        event.change().path("stage").asString(""))) {
            reopened.add(event.row());
            attempts.reset(event.row());
        }
    }

    @Override
    public void end(ReplayedTables replayed) {
        reportBackwards();
        findings.checked("I6", "no event with a token older than a previous one");
        findings.checked(
                "I11",
                Findings.count(calls, "call") + ": each sent after the previous one was resolved, attempts bounded");
        findings.checked("I12", Findings.count(calls, "call") + ": none while the last observed state was unknown");
        findings.checked(
                "I14", Findings.count(replayed.rows().size(), "row") + ": no stage moved back without a cause");
        findings.checked("I17", "no call was sent while the run was ended or stopping");
    }

    private void checkToken(RecordedEvent event) {
        if (event.token() < token) {
            violation(
                    "I6",
                    event,
                    "written with token %d after token %d had taken over the run".formatted(event.token(), token),
                    "Two processes wrote at the same time. Find the cause and report a bug.");
        }
        token = Math.max(token, event.token());
    }

    private void trackEnd(RecordedEvent event) {
        if (event.kind().equals("RUN")) {
            ended = event.after().equals("ENDED")
                    || ended && !Set.of("CLAIMED", "RESUMED").contains(event.after());
        }
    }

    /** A control of the same instant that reopens a row may follow the change of the row. */
    private void checkStage(RecordedEvent event, Map<String, String> before) {
        boolean simultaneous =
                backwards != null && backwards.at().equals(event.at()) && isSame(backwards.row(), event.row());
        if (simultaneous && event.kind().equals("CONTROL")) {
            backwards = null;
        } else if (!simultaneous) {
            reportBackwards();
        }
        if (event.row() == null || event.change().isMissingNode() || isRequested(event, before)) {
            return;
        }
        var from = before.getOrDefault("stage", "");
        var to = event.change().path("stage").asString(from);
        if (from.equals("CLOSED") && changesRow(event)) {
            backwards = event;
            description = "the row was changed after its end";
        } else if (rank(to) < rank(from) && !isRestart(event, from, to) && !isReplanned(event, from, to)) {
            backwards = event;
            description = "the stage moved back from %s to %s".formatted(from, to);
        }
    }

    private void reportBackwards() {
        if (backwards != null) {
            violation("I14", backwards, description, Findings.RESTORE);
            backwards = null;
        }
    }

    private static boolean isSame(@Nullable Integer one, @Nullable Integer other) {
        return one != null && one.equals(other);
    }

    /** The rows that an operator reopened or changed in the inventory. */
    Set<Integer> reopenedRows() {
        return reopened;
    }

    /** Whether an operator changed the inventory of a server that was not started. */
    private static boolean isReplanned(RecordedEvent event, String from, String to) {
        return from.equals("TASK_READY")
                && to.equals("PLANNED")
                && event.detail().startsWith("the inventory was changed: ");
    }

    private static boolean changesRow(RecordedEvent event) {
        return event.change().properties().stream()
                .anyMatch(entry -> !entry.getKey().equals("intent"));
    }

    private boolean isRequested(RecordedEvent event, Map<String, String> before) {
        return event.kind().equals("CONTROL")
                || control != null
                        && control.at().equals(event.at())
                        && (isSame(control.row(), event.row())
                                || control.before().equals("RETRY_ALL")
                                || OperatorWishesCheck.isFreedBy(control, before));
    }

    /** Whether the event is a restart after a failure. */
    private static boolean isRestart(RecordedEvent event, String from, String to) {
        return to.equals("STARTED")
                && rank(from) > rank("TASK_READY")
                && event.kind().matches("CALL|STAGE");
    }

    private static int rank(String checkStage) {
        return STAGES.indexOf(checkStage);
    }

    private void checkCall(RecordedEvent event, ReplayedTables before) {
        var what = event.callOperation() + " attempt "
                + event.intent().path("attempt").asString();
        if (attempts.count(event) > MAX_ATTEMPTS) {
            violation("I11", event, what + ": too many attempts", "Stop the run and check the row.");
        }
        before.intents(event.row()).entrySet().stream()
                .filter(other -> UNDECIDED.contains(other.getValue().get("state")))
                .forEach(other -> violation(
                        "I11",
                        event,
                        "%s was sent while the result of %s was unknown".formatted(what, other.getKey()),
                        "Check for a second task or start in the console."));
        checkStates(event, what, before.row(event.row()));
        checkStop(event, what, before);
    }

    private void checkStates(RecordedEvent event, String what, Map<String, String> row) {
        var task = row.getOrDefault("task_state", "").strip().toUpperCase(Locale.ROOT);
        var copy = row.getOrDefault("copy_state", "").strip().toUpperCase(Locale.ROOT);
        if (!task.isEmpty() && !taskStates.contains(task) || !copy.isEmpty() && !COPY_STATES.contains(copy)) {
            violation(
                    "I12",
                    event,
                    "%s was sent while a state was unknown: task '%s', source '%s'"
                            .formatted(what, row.get("task_state"), row.get("copy_state")),
                    "Check the server in the console.");
        }
    }

    private void checkStop(RecordedEvent event, String what, ReplayedTables before) {
        var requested = before.run().get("stop_requested_at");
        if (ended
                || requested != null
                        && event.at().isAfter(Instant.parse(requested).plus(STOP_DELAY))) {
            violation(
                    "I17",
                    event,
                    what + " was sent although the run was " + (ended ? "ended" : "stopping since " + requested),
                    "Check the server in the console and report a bug.");
        }
    }

    private void violation(String invariant, RecordedEvent event, String what, String action) {
        findings.violation(invariant, event.row(), what, "event " + event.number(), action);
    }
}
