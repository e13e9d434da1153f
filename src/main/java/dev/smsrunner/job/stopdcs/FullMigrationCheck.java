package dev.smsrunner.job.stopdcs;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.dcs.DcsPhase;
import dev.smsrunner.job.stopdcs.StopDcsSettings.FullMigration;
import dev.smsrunner.ledger.Failure;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds tasks that are still in full migration. The status FULLMIGRATING shows it directly. For the status MIGRATING the
 * check queries the progress (ShowMigrationTaskStats), one call per task.
 */
final class FullMigrationCheck {

    static final String REMEDY =
            "Wait until the full migration is complete, then rerun; or set stop-dcs.full-migration: stop.";

    private final DcsApi dcs;
    private final FullMigration rule;
    private final Set<String> complete = new HashSet<>();

    FullMigrationCheck(DcsApi dcs, FullMigration rule) {
        this.dcs = dcs;
        this.rule = rule;
    }

    /** Whether a task in full migration may be stopped. */
    boolean allowsStop() {
        return rule == FullMigration.STOP;
    }

    /**
     * Problem of a running task in full migration, with its progress; empty when the full migration is complete.
     *
     * @throws ApiException when the service gives no answer
     */
    Optional<String> findProblem(String project, String taskId, DcsObservation observed) {
        var phase = observed.phase();
        if (phase == DcsPhase.OTHER || complete.contains(taskId)) {
            return Optional.empty();
        }
        var progress = readProgress(project, taskId);
        if (phase == DcsPhase.NOT_SHOWN && progress.over()) {
            complete.add(taskId);
            return Optional.empty();
        }
        return Optional.of(format(taskId, phase, observed.states().taskState(), progress.text()));
    }

    /** Problem from the status alone, without a call, where the status shows the phase. */
    static Optional<String> problemShownByStatus(String taskId, DcsObservation observed) {
        return observed.phase() == DcsPhase.FULL
                ? Optional.of(format(taskId, observed.phase(), observed.states().taskState(), ""))
                : Optional.empty();
    }

    static Failure failure(String problem) {
        return Failure.of(problem, "FIX_AND_RETRY", REMEDY);
    }

    private static String format(String taskId, DcsPhase phase, @Nullable String status, String progress) {
        return "Task %s is %s (%s%s). A stop leaves the target instance incomplete."
                .formatted(
                        taskId,
                        phase == DcsPhase.FULL ? "still in full migration" : "perhaps still in full migration",
                        status,
                        progress);
    }

    private Progress readProgress(String project, String taskId) {
        try {
            var stats = dcs.showStats(project, taskId);
            return new Progress(
                    stats.isFullMigrationComplete(),
                    stats.fullProgress() == null ? "" : ", full migration %d %%".formatted(stats.fullProgress()));
        } catch (ApiException ex) {
            if (ex.kind() != CallFailureKind.REFUSED) {
                throw ex;
            }
            return new Progress(
                    false,
                    "; its progress is not known: " + StopRefusal.failureOf(ex).text());
        }
    }

    private record Progress(boolean over, String text) {}
}
