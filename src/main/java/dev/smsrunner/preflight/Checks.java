package dev.smsrunner.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.MigrationType;
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

/** What can be said of a row and its source server before anything is changed; pure. */
final class Checks {

    private Checks() {}

    static List<Finding> of(InventoryRow row, SourceServer source, List<MigrationTask> tasks) {
        var findings = new ArrayList<Finding>();
        if (alreadyMigrated(source)) {
            return List.of(Finding.nothingToDo(
                    "Already migrated: the source is %s, its cycle %s.",
                    said(source.state()), said(source.migrationCycle())));
        }
        findings.addAll(condition(source));
        findings.addAll(pair(row, source));
        if (!row.targetServerId().isEmpty()) {
            TargetAddress.refusal(row.migrationIp(), source).ifPresent(findings::add);
        }
        findings.addAll(tasks(source, tasks));
        return findings;
    }

    /** Whether its target runs. */
    static boolean alreadyMigrated(SourceServer source) {
        boolean launched = source.copyState().isLaunched() || source.cycle() == MigrationCycle.CUTOVERED;
        return launched
                && (source.currentTask() == null
                        || source.currentTask().taskState().isSuccess());
    }

    private static List<Finding> condition(SourceServer source) {
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
                    "The source is in the state '%s', which this version does not know: nothing is done until it changes.",
                    source.state()));
        }
        findings.addAll(checks(source));
        return findings;
    }

    private static List<Finding> checks(SourceServer source) {
        var findings = new ArrayList<Finding>();
        for (var check : source.checks()) {
            var result = Objects.toString(check.result(), "").toUpperCase(Locale.ROOT);
            var text = "The check %s of SMS says %s%s%s."
                    .formatted(check.name(), result, detail(" ", check.errorCode()), detail(": ", check.errorOrWarn()));
            if (result.equals("ERROR")) {
                findings.add(Finding.error("%s", text + " Correct it on the server, then rerun."));
            } else if (result.equals("WARN")) {
                findings.add(Finding.warning("%s", text));
            }
        }
        return findings;
    }

    private static List<Finding> pair(InventoryRow row, SourceServer source) {
        var findings = new ArrayList<Finding>();
        var family = Objects.toString(source.osType(), "").toUpperCase(Locale.ROOT);
        var asked = row.osFamily() == null ? "" : row.osFamily().name();
        if (asked.isEmpty() && family.isEmpty()) {
            findings.add(Finding.error("Neither the row nor the source says LINUX or WINDOWS. Fill server_os_family."));
        }
        if (!asked.isEmpty() && !family.isEmpty() && !asked.equals(family)) {
            findings.add(Finding.error(
                    "server_os_family is %s, the source %s is %s (SMS.6610). Correct the row.",
                    asked, source.id(), family));
        }
        boolean windows = family.equals("WINDOWS") || asked.equals("WINDOWS");
        if (windows && row.migrationType() == MigrationType.MIGRATE_FILE) {
            findings.add(
                    Finding.error(
                            "A Windows server is migrated at block level only (SMS.6610). Set migration_type to MIGRATE_BLOCK."));
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
        if (current.taskState().isSuccess() && leftOver(source)) {
            return List.of(Finding.error(
                    "Task %s of an earlier migration ended %s and still holds the source, which is %s (SMS.7605)."
                            + " Delete that task in the console if the server is to be migrated again, then rerun.",
                    current.id(), current.state(), said(source.state())));
        }
        if (current.taskState() == TaskState.DELETING) {
            return List.of(
                    Finding.error("Its task %s is being deleted. Wait until it is gone, then rerun.", current.id()));
        }
        return List.of(used(current));
    }

    /** That the source has a task already; said only of a row that is not rejected. */
    static Finding used(CurrentTask current) {
        return Finding.warning(
                "It has the migration task %s already (%s): that one is used.", current.id(), current.state());
    }

    /** A success that is no waypoint: the source neither synchronises nor is its target being launched. */
    private static boolean leftOver(SourceServer source) {
        return source.copyState() != CopyState.SYNCING
                && source.copyState() != CopyState.CUTOVERING
                && source.cycle() != MigrationCycle.CUTOVERING
                && source.cycle() != MigrationCycle.SYNCING;
    }

    private static String detail(String before, @Nullable String text) {
        return text == null || text.isBlank() ? "" : before + text;
    }

    private static String said(@Nullable String text) {
        return text == null || text.isBlank() ? "unsaid" : text;
    }
}
