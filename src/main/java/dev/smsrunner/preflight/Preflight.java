package dev.smsrunner.preflight;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.inventory.InventoryRow;
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
 * Examines rows against what the service says now. Reads every source and every task once, by pages; asks for a single
 * source only where the list does not say enough about its disks.
 */
public final class Preflight implements Examiner {

    /** The most source servers that one account may register (SMS, "Notes and Constraints"). */
    private static final int ACCOUNT_LIMIT = 1_000;

    private final SmsApi sms;
    private final SourceIndex sources;
    private final TemplateIndex templates;
    private final AccountTasks tasks;
    private final AutoLaunchCheck rule;
    private final Predicate<String> isOfInventory;
    private final Consumer<Consumer<InventoryRow>> inventory;
    private @Nullable DependencyCircles circles;
    private final Map<String, Integer> taken = new HashMap<>();

    private Preflight(
            SmsApi sms,
            SourceIndex sources,
            AccountTasks tasks,
            AutoLaunchCheck rule,
            Predicate<String> isOfInventory,
            Consumer<Consumer<InventoryRow>> inventory) {
        this.sms = sms;
        this.isOfInventory = isOfInventory;
        this.inventory = inventory;
        this.rule = rule;
        this.sources = sources;
        this.templates = new TemplateIndex(sms);
        this.tasks = tasks;
    }

    /**
     * Looks at the account: all its sources and tasks (ListServers, ListTasks).
     *
     * @param rule what a task that launches its target by itself would break
     */
    public static Preflight look(SmsApi sms, AutoLaunchCheck rule) {
        return look(sms, rule, id -> false, each -> {});
    }

    /**
     * The same.
     *
     * @param isOfInventory whether a row of the inventory has that source server id; asked only of ids that SMS does not list
     * @param inventory hands over each row of the inventory; asked once, when the first row comes that waits for others
     */
    public static Preflight look(
            SmsApi sms,
            AutoLaunchCheck rule,
            Predicate<String> isOfInventory,
            Consumer<Consumer<InventoryRow>> inventory) {
        var sources = SourceIndex.look(sms);
        return new Preflight(sms, sources, new AccountTasks(sms), rule, isOfInventory, inventory);
    }

    /** What concerns the whole account. */
    @Override
    public List<Finding> account() {
        return sources.count() <= ACCOUNT_LIMIT
                ? List.of()
                : List.of(Finding.warning(
                        "The account has %d source servers; SMS documents a limit of %d.",
                        sources.count(), ACCOUNT_LIMIT));
    }

    @Override
    public void takenBy(String sourceId, int row) {
        taken.putIfAbsent(sourceId, row);
    }

    /** Examines one row. */
    @Override
    public MigratePreflightResult examine(InventoryRow row) {
        var match = SourceMatch.of(sms, sources, row);
        var source = match.source();
        if (source == null) {
            var id = row.sourceServerId().isEmpty() ? null : row.sourceServerId();
            return new MigratePreflightResult(
                    row, null, id, null, null, List.of(Objects.requireNonNull(match.finding())));
        }
        if (namedByAnother(Objects.requireNonNull(source.id()), row.row())) {
            var why = Finding.error("The source %s is named by an earlier row too. Keep one of the rows.", source.id());
            return new MigratePreflightResult(row, null, null, null, null, List.of(why));
        }
        return examine(row, source);
    }

    /** A row may be examined again, when the step that was about to write the verdict is started anew. */
    private boolean namedByAnother(String sourceId, int row) {
        var first = taken.putIfAbsent(sourceId, row);
        return first != null && first != row;
    }

    private MigratePreflightResult examine(InventoryRow row, SourceServer source) {
        var its = tasks.ofSource(Objects.requireNonNull(source.id()));
        var findings = new ArrayList<>(Checks.of(row, source, its.tasks()));
        if (!its.known() && source.currentTask() == null) {
            findings.add(tasks.unknown(source));
        }
        if (!row.vmTemplateId().isEmpty()) {
            templates.check(row.vmTemplateId()).ifPresent(findings::add);
        }
        var existing = existing(source, its.tasks());
        if (existing != null && !Checks.alreadyMigrated(source)) {
            rule.against(row, existing).ifPresent(why -> findings.add(Finding.error("%s", why)));
            rule.unshown(row, existing).ifPresent(what -> findings.add(Finding.warning("%s", what)));
        }
        if (!Checks.alreadyMigrated(source)) {
            elsewhere(row).forEach(findings::add);
            circle(row).ifPresent(findings::add);
        }
        target(row, source, existing)
                .filter(found -> found.severity() != Finding.Severity.WARNING || !isRejected(findings))
                .ifPresent(findings::add);
        if (source.currentTask() != null && isRejected(findings)) {
            findings.remove(Checks.used(source.currentTask()));
        }
        var sound = findings.stream().allMatch(finding -> finding.severity() == Finding.Severity.WARNING);
        return new MigratePreflightResult(
                row, source, null, existing, sound ? layout(source, findings) : null, findings);
    }

    /** A server outside the inventory that nobody can see would hold the launch until the row is given up. */
    private Stream<Finding> elsewhere(InventoryRow row) {
        return row.dependsOn().stream()
                .map(DependencyRef::of)
                .filter(reference ->
                        reference.byId() && sources.withId(reference.server()).isEmpty())
                .filter(reference -> !isOfInventory.test(reference.id())) // that row is rejected, and holds this one
                .map(reference -> sources.complete()
                        ? Finding.error(
                                "depends_on: id:%s: SMS lists no source server with this id. Correct depends_on in rerun.csv and run that.",
                                reference.server())
                        : Finding.warning(
                                "depends_on: id:%s: SMS did not list all source servers, and none of those with this id. Check the id.",
                                reference.server()));
    }

    private static boolean isRejected(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }

    private Optional<Finding> circle(InventoryRow row) {
        if (row.dependsOn().isEmpty()
                && rule.after().getOrDefault(row.waveName(), List.of()).isEmpty()) {
            return Optional.empty();
        }
        if (circles == null) {
            circles = new DependencyCircles(inventory, this::toMigrate, rule);
        }
        return circles.of(row);
    }

    /** The id of the source that the row names; empty for one that is migrated already, since no row waits for that. */
    private Optional<String> toMigrate(InventoryRow row) {
        var matching = sources.matching(row);
        return matching.size() == 1 && !Checks.alreadyMigrated(matching.get(0))
                ? Optional.ofNullable(matching.get(0).id())
                : Optional.empty();
    }

    /** What the source shows of its task decides; the list of tasks shows neither the kind of the target nor the network. */
    private Optional<Finding> target(InventoryRow row, SourceServer source, @Nullable MigrationTask existing) {
        var current = source.currentTask();
        if (current == null && existing != null) {
            current = shownAlone(source); // the list of sources lags behind that of the tasks
        }
        if (current == null || current.id() == null) {
            return Optional.empty();
        }
        var address = existing == null ? null : existing.migrationIp();
        return Checks.alreadyMigrated(source)
                ? TargetCheck.ofMigrated(RowTarget.of(row), current, address)
                : TargetCheck.of(RowTarget.of(row), current, address);
    }

    private @Nullable CurrentTask shownAlone(SourceServer source) {
        try {
            return sms.showSource(Objects.requireNonNull(source.id())).currentTask();
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            return null; // it is compared again before the task is used
        }
    }

    private static @Nullable MigrationTask existing(SourceServer source, List<MigrationTask> tasks) {
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

    /** The list carries the proposed disks; what it leaves out, and btrfs always, only ShowServer tells. */
    private @Nullable TargetLayout layout(SourceServer listed, List<Finding> findings) {
        var layout = Objects.requireNonNullElse(listed.initTargetServer(), listed.ownLayout());
        if (enough(layout)) {
            return layout;
        }
        try {
            return merged(layout, sms.showSource(Objects.requireNonNull(listed.id())));
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            findings.add(Finding.error(
                    "The disks of source %s could not be read: %s Rerun later.", listed.id(), ex.getMessage()));
            return null;
        }
    }

    private static boolean enough(TargetLayout layout) {
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

    private static TargetLayout merged(TargetLayout listed, SourceServer shown) {
        var proposed = Objects.requireNonNullElse(shown.initTargetServer(), listed);
        return new TargetLayout(
                firstFilled(listed.disks(), proposed.disks(), shown.disks()),
                firstFilled(listed.volumeGroups(), proposed.volumeGroups(), shown.volumeGroups()),
                Preflight.<BtrfsFileSystem>firstFilled(listed.btrfsList(), proposed.btrfsList(), shown.btrfsList()));
    }

    private static <T> List<T> firstFilled(List<T> first, List<T> second, List<T> third) {
        return !first.isEmpty() ? first : !second.isEmpty() ? second : third;
    }
}
