package dev.smsrunner.job.migrate.preflight;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.preflight.AccountTasks;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.preflight.Finding;
import dev.smsrunner.preflight.PreflightResult;
import dev.smsrunner.preflight.SourceIndex;
import dev.smsrunner.preflight.SourceMatch;
import dev.smsrunner.sms.BtrfsFileSystem;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.Disk;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TargetLayout;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.target.RowTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Preflight of the migration: checks rows against the current state of the service. Reads all sources and tasks once, in pages.
 * Reads a single source only where the list lacks data about its disks.
 */
public final class MigrateExaminer implements Examiner {

    /** Maximum number of source servers of an account (SMS, "Notes and Constraints"). */
    private static final int ACCOUNT_LIMIT = 1_000;

    private final SmsApi sms;
    private final SourceIndex sources;
    private final TemplateIndex templates;
    private final AccountTasks tasks;
    private final AutoLaunchCheck launchCheck;
    private final Predicate<String> isOfInventory;
    private final Consumer<Consumer<InventoryRow>> inventory;
    private @Nullable DependencyCycles cycles;
    private final Map<String, Integer> rowBySource = new HashMap<>();

    private MigrateExaminer(
            SmsApi sms,
            SourceIndex sources,
            AccountTasks tasks,
            AutoLaunchCheck rule,
            Predicate<String> isOfInventory,
            Consumer<Consumer<InventoryRow>> inventory) {
        this.sms = sms;
        this.isOfInventory = isOfInventory;
        this.inventory = inventory;
        this.launchCheck = rule;
        this.sources = sources;
        this.templates = new TemplateIndex(sms);
        this.tasks = tasks;
    }

    /**
     * Reads all sources and tasks of the account (ListServers, ListTasks).
     *
     * @param rule launch rules that a task may break when it launches its target by itself
     * @param isOfInventory whether a row of the inventory has this source server id; called only for ids that SMS does not list
     * @param inventory passes each row of the inventory; called once, for the first row with dependencies
     */
    public static MigrateExaminer load(
            SmsApi sms,
            AutoLaunchCheck rule,
            Predicate<String> isOfInventory,
            Consumer<Consumer<InventoryRow>> inventory) {
        var sources = SourceIndex.load(sms);
        return new MigrateExaminer(sms, sources, new AccountTasks(sms), rule, isOfInventory, inventory);
    }

    @Override
    public List<Finding> accountFindings() {
        return sources.count() <= ACCOUNT_LIMIT
                ? List.of()
                : List.of(Finding.warning(
                        "The account has %d source servers; SMS documents a limit of %d.",
                        sources.count(), ACCOUNT_LIMIT));
    }

    @Override
    public void reserve(String sourceId, int row) {
        rowBySource.putIfAbsent(sourceId, row);
    }

    @Override
    public PreflightResult examine(InventoryRow row) {
        if (!row.isOkToMigrate()) {
            return PreflightResult.ofUnmatched(row, Checks.forbidden());
        }
        var match = SourceMatch.of(sms, sources, row);
        var source = match.source();
        if (source == null) {
            var id = row.sourceServerId().isEmpty() ? null : row.sourceServerId();
            return PreflightResult.ofUnmatched(row, Objects.requireNonNull(match.finding()))
                    .withUnlistedSource(id);
        }
        if (isReservedByOtherRow(Objects.requireNonNull(source.id()), row.row())) {
            var finding =
                    Finding.error("Source %s is already used by an earlier row. Keep one of the rows.", source.id());
            return PreflightResult.ofUnmatched(row, finding);
        }
        return examine(row, source);
    }

    /** A restarted step may examine the same row again. */
    private boolean isReservedByOtherRow(String sourceId, int row) {
        var first = rowBySource.putIfAbsent(sourceId, row);
        return first != null && first != row;
    }

    private PreflightResult examine(InventoryRow row, SourceServer source) {
        var ownTasks = tasks.findBySource(Objects.requireNonNull(source.id()));
        var findings = new ArrayList<>(Checks.of(row, source, ownTasks.tasks()));
        if (!ownTasks.complete() && source.currentTask() == null) {
            findings.add(tasks.unknownTasks(source));
        }
        if (!row.vmTemplateId().isEmpty()) {
            templates.check(row.vmTemplateId()).ifPresent(findings::add);
        }
        var existing = existingTask(source, ownTasks.tasks());
        if (existing != null && !Checks.isAlreadyMigrated(source)) {
            launchCheck.conflictOf(row, existing).ifPresent(text -> findings.add(Finding.error("%s", text)));
            launchCheck.launchWarning(row, existing).ifPresent(text -> findings.add(Finding.warning("%s", text)));
        }
        if (!Checks.isAlreadyMigrated(source)) {
            missingServers(row).forEach(findings::add);
            cycle(row).ifPresent(findings::add);
        }
        target(row, source, existing)
                .filter(found -> found.severity() != Finding.Severity.WARNING || !isRejected(findings))
                .ifPresent(findings::add);
        if (source.currentTask() != null && isRejected(findings)) {
            findings.remove(Checks.existingTask(source.currentTask()));
        }
        var accepted = findings.stream().allMatch(finding -> finding.severity() == Finding.Severity.WARNING);
        var layout = accepted ? layout(source, findings) : null;
        return PreflightResult.ofSource(
                row,
                source,
                taskId(source, existing),
                findings,
                "",
                layout == null ? null : SourceFacts.of(row, source, layout).toJson());
    }

    /** Task that either list shows, null if none does. The list of sources may lag behind the list of tasks. */
    private static @Nullable String taskId(SourceServer source, @Nullable MigrationTask existing) {
        var current = source.currentTaskId();
        return current != null || existing == null ? current : existing.id();
    }

    /** Dependencies on servers that SMS does not list. Each would hold the launch until the runner gives the row up. */
    private Stream<Finding> missingServers(InventoryRow row) {
        return row.dependsOn().stream()
                .map(DependencyRef::of)
                .filter(reference ->
                        reference.byId() && sources.findById(reference.server()).isEmpty())
                .filter(reference ->
                        !isOfInventory.test(reference.id())) // preflight rejects that row, which then holds this one
                .map(reference -> sources.isComplete()
                        ? Finding.error(
                                "depends_on: id:%s: SMS lists no source server with this id. Correct depends_on in rerun.csv and run that.",
                                reference.server())
                        : Finding.warning(
                                "depends_on: id:%s: SMS listed only a part of the source servers, none with this id. Check the id.",
                                reference.server()));
    }

    private static boolean isRejected(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }

    private Optional<Finding> cycle(InventoryRow row) {
        if (row.dependsOn().isEmpty()
                && launchCheck.after().getOrDefault(row.waveName(), List.of()).isEmpty()) {
            return Optional.empty();
        }
        if (cycles == null) {
            cycles = new DependencyCycles(inventory, this::sourceToMigrate, launchCheck);
        }
        return cycles.of(row);
    }

    /** Source id of the row; empty for a source that is already migrated, since no row waits for it. */
    private Optional<String> sourceToMigrate(InventoryRow row) {
        var matching = sources.findMatching(row);
        return matching.size() == 1 && !Checks.isAlreadyMigrated(matching.get(0))
                ? Optional.ofNullable(matching.get(0).id())
                : Optional.empty();
    }

    /**
     * Compares the target with the task as the source shows it. The list of tasks shows neither the kind of the target nor the
     * network.
     */
    private Optional<Finding> target(InventoryRow row, SourceServer source, @Nullable MigrationTask existing) {
        var current = source.currentTask();
        if (current == null && existing != null) {
            current = currentTask(source); // the list of sources lags behind the list of tasks
        }
        if (current == null || current.id() == null) {
            return Optional.empty();
        }
        var address = existing == null ? null : existing.migrationIp();
        return Checks.isAlreadyMigrated(source)
                ? TargetCheck.ofMigrated(RowTarget.of(row), current, address)
                : TargetCheck.of(RowTarget.of(row), current, address);
    }

    private @Nullable CurrentTask currentTask(SourceServer source) {
        try {
            return sms.showSource(Objects.requireNonNull(source.id())).currentTask();
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            return null; // the task stage compares again before it uses the task
        }
    }

    private static @Nullable MigrationTask existingTask(SourceServer source, List<MigrationTask> tasks) {
        var current = source.currentTask();
        if (current == null || current.id() == null) {
            return tasks.stream()
                    .filter(task -> !task.taskState().isSuccess() && task.taskState() != TaskState.DELETING)
                    .findFirst()
                    .orElse(null);
        }
        return tasks.stream()
                .filter(task -> current.id().equals(task.id()))
                .findFirst()
                .orElse(null);
    }

    /** Layout for the target. The list contains the proposed disks; btrfs and omitted parts come from ShowServer. */
    private @Nullable TargetLayout layout(SourceServer source, List<Finding> findings) {
        var layout = Objects.requireNonNullElse(source.initTargetServer(), source.ownLayout());
        if (isComplete(layout)) {
            return layout;
        }
        try {
            return merge(layout, sms.showSource(Objects.requireNonNull(source.id())));
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            findings.add(
                    Finding.error("Cannot read the disks of source %s: %s Rerun later.", source.id(), ex.getMessage()));
            return null;
        }
    }

    private static boolean isComplete(TargetLayout layout) {
        return !layout.disks().isEmpty()
                && (!usesBtrfs(layout.disks()) || !layout.btrfsList().isEmpty());
    }

    private static boolean usesBtrfs(List<Disk> disks) {
        return disks.stream()
                .flatMap(disk -> disk.physicalVolumes().stream())
                .anyMatch(volume -> Objects.toString(volume.fileSystem(), "")
                        .toLowerCase(Locale.ROOT)
                        .contains("btrfs"));
    }

    private static TargetLayout merge(TargetLayout listed, SourceServer shown) {
        var proposed = Objects.requireNonNullElse(shown.initTargetServer(), listed);
        return new TargetLayout(
                firstFilled(listed.disks(), proposed.disks(), shown.disks()),
                firstFilled(listed.volumeGroups(), proposed.volumeGroups(), shown.volumeGroups()),
                MigrateExaminer.<BtrfsFileSystem>firstFilled(
                        listed.btrfsList(), proposed.btrfsList(), shown.btrfsList()));
    }

    private static <T> List<T> firstFilled(List<T> first, List<T> second, List<T> third) {
        return !first.isEmpty() ? first : !second.isEmpty() ? second : third;
    }
}
