package dev.smsrunner.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** I6, I11, I12, I14, I17: follows what the events tell of rows and calls. */
final class HistoryCheck implements EventCheck {

    private static final List<String> STAGES =
            List.of("PLANNED", "TASK_READY", "STARTED", "REPLICATING", "SYNCING", "LAUNCHING", "CLOSED");

    private static final Set<String> UNDECIDED = Set.of("OPEN", "UNKNOWN");

    /** State texts of tasks that are documented (ShowTask, ListTasks). */
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

    /** Status texts of data-migration tasks of DCS; pages and service spell one of them differently. */
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

    /** State texts of sources that are documented (ShowServer, UpdateCopyState). */
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

    private static final int MOST_ATTEMPTS = 60;

    /** A stop is seen within a second, and what was committed by then is sent. */
    private static final Duration STOP_SEEN = Duration.ofSeconds(3);

    private final Set<String> taskStates;
    private final Findings findings;
    private long token;
    private long calls;
    private boolean ended;
    private final Set<Integer> reopened = new HashSet<>();
    private final CallAttempts attempts = new CallAttempts();
    private @Nullable RecordedEvent control;
    private @Nullable RecordedEvent backwards;
    private String how = "";

    HistoryCheck(String job, Findings findings) {
        this.taskStates = job.equals("stop-dcs") ? DCS_STATES : TASK_STATES;
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        tokens(event);
        underWay(event);
        if (event.kind().equals("CONTROL")) {
            control = event;
        }
        reopened(event, before.row(event.row()));
        stage(event, before.row(event.row()));
        attempts.call(event);
        if (event.intent().path("state").asString("").equals("OPEN")) {
            calls++;
            intended(event, before);
        }
    }

    /** By an operator's word, alone or as one of all that failed; or planned anew, perhaps for another source. */
    private void reopened(RecordedEvent event, Map<String, String> before) {
        if (event.row() == null) {
            return;
        }
        boolean asked = event.kind().matches("CONTROL|STAGE") && askedFor(event, before);
        if (asked
                || plannedAnew(
                        event,
                        before.getOrDefault("stage", ""),
                        event.change().path("stage").asString(""))) {
            reopened.add(event.row());
            attempts.reopened(event.row());
        }
    }

    @Override
    public void end(ReplayedTables fold) {
        told();
        findings.checked("I6", "no event under an older token than one before");
        findings.checked("I11", calls + " calls: each begun only when the one before was decided, attempts bounded");
        findings.checked("I12", calls + " calls: none while the last state seen was an unknown one");
        findings.checked("I14", fold.rows().size() + " rows: no stage moved back without a cause");
        findings.checked("I17", "no call was begun while the run was ended or told to stop");
    }

    private void tokens(RecordedEvent event) {
        if (event.token() < token) {
            violation(
                    "I6",
                    event,
                    "written under token %d after token %d had taken the run over".formatted(event.token(), token),
                    "Two processes wrote at once: find out how, and report it.");
        }
        token = Math.max(token, event.token());
    }

    private void underWay(RecordedEvent event) {
        if (event.kind().equals("RUN")) {
            ended = event.after().equals("ENDED")
                    || ended && !Set.of("CLAIMED", "RESUMED").contains(event.after());
        }
    }

    /** A row that an operator's word of the same moment reopens may have been changed one event earlier. */
    private void stage(RecordedEvent event, Map<String, String> before) {
        boolean sameMoment =
                backwards != null && backwards.at().equals(event.at()) && same(backwards.row(), event.row());
        if (sameMoment && event.kind().equals("CONTROL")) {
            backwards = null;
        } else if (!sameMoment) {
            told();
        }
        if (event.row() == null || event.change().isMissingNode() || askedFor(event, before)) {
            return;
        }
        var from = before.getOrDefault("stage", "");
        var to = event.change().path("stage").asString(from);
        if (from.equals("CLOSED") && changesRow(event)) {
            backwards = event;
            how = "the row was changed after it was closed";
        } else if (rank(to) < rank(from) && !restarted(event, from, to) && !plannedAnew(event, from, to)) {
            backwards = event;
            how = "the stage moved back from %s to %s".formatted(from, to);
        }
    }

    private void told() {
        if (backwards != null) {
            violation("I14", backwards, how, Findings.RESTORE);
            backwards = null;
        }
    }

    private static boolean same(@Nullable Integer one, @Nullable Integer other) {
        return one != null && one.equals(other);
    }

    /** The rows that an operator reopened, or gave other cells. */
    Set<Integer> reopened() {
        return reopened;
    }

    /** A person changed the inventory of a server that nothing was started for: the event says what. */
    private static boolean plannedAnew(RecordedEvent event, String from, String to) {
        return from.equals("TASK_READY")
                && to.equals("PLANNED")
                && event.detail().startsWith("the inventory was changed: ");
    }

    private static boolean changesRow(RecordedEvent event) {
        return event.change().properties().stream()
                .anyMatch(entry -> !entry.getKey().equals("intent"));
    }

    private boolean askedFor(RecordedEvent event, Map<String, String> before) {
        return event.kind().equals("CONTROL")
                || control != null
                        && control.at().equals(event.at())
                        && (same(control.row(), event.row())
                                || control.before().equals("RETRY_ALL")
                                || OperatorWishesCheck.isFreedBy(control, before));
    }

    /** A start that is issued again after a failure: the call is the cause. */
    private static boolean restarted(RecordedEvent event, String from, String to) {
        return to.equals("STARTED")
                && rank(from) > rank("TASK_READY")
                && event.kind().matches("CALL|STAGE");
    }

    private static int rank(String stage) {
        return STAGES.indexOf(stage);
    }

    private void intended(RecordedEvent event, ReplayedTables before) {
        var intent = event.intent();
        var what = intent.path("operation").asString() + " attempt "
                + intent.path("attempt").asString();
        if (attempts.of(event) > MOST_ATTEMPTS) {
            violation("I11", event, what + ": there is no end to the attempts", "Stop the run and look at the row.");
        }
        before.intents(event.row()).entrySet().stream()
                .filter(other -> UNDECIDED.contains(other.getValue().get("state")))
                .forEach(other -> violation(
                        "I11",
                        event,
                        "%s was begun while it was not known what became of %s".formatted(what, other.getKey()),
                        "Look for a second task or start in the console."));
        known(event, what, before.row(event.row()));
        stopped(event, what, before);
    }

    private void known(RecordedEvent event, String what, Map<String, String> row) {
        var task = row.getOrDefault("task_state", "").strip().toUpperCase(Locale.ROOT);
        var copy = row.getOrDefault("copy_state", "").strip().toUpperCase(Locale.ROOT);
        if (!task.isEmpty() && !taskStates.contains(task) || !copy.isEmpty() && !COPY_STATES.contains(copy)) {
            violation(
                    "I12",
                    event,
                    "%s was begun while the states were not known ones: task '%s', source '%s'"
                            .formatted(what, row.get("task_state"), row.get("copy_state")),
                    "Look at the server in the console.");
        }
    }

    private void stopped(RecordedEvent event, String what, ReplayedTables before) {
        var asked = before.run().get("stop_requested_at");
        if (ended || asked != null && event.at().isAfter(Instant.parse(asked).plus(STOP_SEEN))) {
            violation(
                    "I17",
                    event,
                    what + " was begun though the run was " + (ended ? "ended" : "told to stop at " + asked),
                    "Look at the server in the console; report it.");
        }
    }

    private void violation(String invariant, RecordedEvent event, String what, String action) {
        findings.violation(invariant, event.row(), what, "event " + event.number(), action);
    }
}
