package dev.smsrunner.job.migrate.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.MigrationType;
import dev.smsrunner.preflight.Finding;
import dev.smsrunner.preflight.TargetAddress;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Preflight checks of a row against its source server and tasks; pure. */
final class Checks {

    private Checks() {}

    /** Finding for a row that the inventory forbids to migrate. */
    static Finding forbidden() {
        return Finding.nothingToDo("The inventory forbids the migration (ok_to_migrate: no).");
    }

    static List<Finding> of(InventoryRow row, SourceServer source, List<MigrationTask> tasks) {
        var findings = new ArrayList<Finding>();
        if (isAlreadyMigrated(source)) {
            return List.of(Finding.nothingToDo(
                    "Already migrated: the source is %s, its cycle %s.",
                    shownOrUnknown(source.state()), shownOrUnknown(source.migrationCycle())));
        }
        findings.addAll(sourceState(source));
        findings.addAll(matchingFields(row, source));
        if (!row.targetServerId().isEmpty()) {
            TargetAddress.conflict(row.migrationIp(), source).ifPresent(findings::add);
        }
        findings.addAll(tasks(source, tasks));
        return findings;
    }

    /** Whether the target of the source runs. */
    static boolean isAlreadyMigrated(SourceServer source) {
        boolean launched = source.copyState().isLaunched() || source.cycle() == MigrationCycle.CUTOVERED;
        return launched
                && (source.currentTask() == null
                        || source.currentTask().taskState().isSuccess());
    }

    private static List<Finding> sourceState(SourceServer source) {
        var findings = new ArrayList<Finding>();
        if (Boolean.FALSE.equals(source.connected())) {
            findings.add(Finding.error(
                    "The agent of source %s is disconnected (SMS.6603). Start the agent on the server, then rerun.",
                    source.id()));
        }
        if (source.copyState() == CopyState.UNAVAILABLE) {
            findings.add(
                    Finding.error(
                            "The source is unavailable: it failed the environment check of SMS. See the check results in the console."));
        }
        if (source.copyState() == CopyState.DELETING) {
            findings.add(Finding.error("The source is being deleted. Register it again, then rerun."));
        }
        if (source.copyState() == CopyState.UNKNOWN) {
            findings.add(Finding.warning(
                    "The source is in the state '%s', which this version does not know. The runner waits until it changes.",
                    source.state()));
        }
        findings.addAll(serviceChecks(source));
        return findings;
    }

    private static List<Finding> serviceChecks(SourceServer source) {
        var findings = new ArrayList<Finding>();
        for (var check : source.checks()) {
            var result = Objects.toString(check.result(), "").toUpperCase(Locale.ROOT);
            var text = "The SMS check %s reports %s%s%s."
                    .formatted(check.name(), result, detail(" ", check.errorCode()), detail(": ", check.errorOrWarn()));
            if (result.equals("ERROR")) {
                findings.add(Finding.error("%s", text + " Fix it on the server, then rerun."));
            } else if (result.equals("WARN")) {
                findings.add(Finding.warning("%s", text));
            }
        }
        return findings;
    }

    private static List<Finding> matchingFields(InventoryRow row, SourceServer source) {
        var findings = new ArrayList<Finding>();
        var family = Objects.toString(source.osType(), "").toUpperCase(Locale.ROOT);
        var requested = row.osFamily() == null ? "" : row.osFamily().name();
        if (requested.isEmpty() && family.isEmpty()) {
            findings.add(Finding.error(
                    "Neither the row nor the source shows the OS family. Set server_os_family to LINUX or WINDOWS."));
        }
        if (!requested.isEmpty() && !family.isEmpty() && !requested.equals(family)) {
            findings.add(Finding.error(
                    "server_os_family is %s, the source %s is %s (SMS.6610). Correct the row.",
                    requested, source.id(), family));
        }
        boolean windows = family.equals("WINDOWS") || requested.equals("WINDOWS");
        if (windows && row.migrationType() == MigrationType.MIGRATE_FILE) {
            findings.add(
                    Finding.error(
                            "SMS migrates a Windows server at block level only (SMS.6610). Set migration_type to MIGRATE_BLOCK."));
        }
        if (windows
                && "UEFI".equalsIgnoreCase(source.firmware())
                && !row.vmTemplateId().isEmpty()) {
            findings.add(Finding.warning(
                    "A Windows server with UEFI firmware is known to need an existing target (target_server_id)."));
        }
        return findings;
    }

    private static List<Finding> tasks(SourceServer source, List<MigrationTask> tasks) {
        var alive = tasks.stream().filter(task -> !task.taskState().isSuccess()).toList();
        if (alive.size() > 1) {
            return List.of(Finding.error(
                    "The source has %d migration tasks (%s). Delete all but one in the console, then rerun.",
                    alive.size(),
                    String.join(", ", alive.stream().map(MigrationTask::id).toList())));
        }
        var current = source.currentTask();
        if (current == null) {
            return List.of();
        }
        if (current.taskState().isSuccess() && isLeftOver(source)) {
            return List.of(Finding.error(
                    "Task %s of an earlier migration ended %s and still holds the source, which is %s (SMS.7605)."
                            + " Delete that task with the job delete or in the console if the server is to be migrated again, then rerun.",
                    current.id(), current.state(), shownOrUnknown(source.state())));
        }
        if (current.taskState() == TaskState.DELETING) {
            return List.of(
                    Finding.error("Its task %s is being deleted. Wait until it is gone, then rerun.", current.id()));
        }
        return List.of(existingTask(current));
    }

    /** Warning about the existing task of the source, for rows that are not rejected. */
    static Finding existingTask(CurrentTask current) {
        return Finding.warning(
                "The source already has the migration task %s (%s). The run uses that task.",
                current.id(), current.state());
    }

    /** Whether a successful task is left over: the source neither synchronises nor is its target being launched. */
    private static boolean isLeftOver(SourceServer source) {
        return source.copyState() != CopyState.SYNCING
                && source.copyState() != CopyState.CUTOVERING
                && source.cycle() != MigrationCycle.CUTOVERING
                && source.cycle() != MigrationCycle.SYNCING;
    }

    private static String detail(String before, @Nullable String text) {
        return text == null || text.isBlank() ? "" : before + text;
    }

    private static String shownOrUnknown(@Nullable String text) {
        return text == null || text.isBlank() ? "unknown" : text;
    }
}
