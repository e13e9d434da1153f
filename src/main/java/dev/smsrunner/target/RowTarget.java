package dev.smsrunner.target;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.IpAddress;
import dev.smsrunner.sms.CurrentTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Target required by a row; pure.
 *
 * @param serverId id of the existing target server, empty when SMS creates a new one
 * @param region id of the region
 * @param project id of the project
 * @param template id of the template of a new target server, empty for an existing one
 * @param type MIGRATE_FILE or MIGRATE_BLOCK
 * @param publicNetwork setting of the row; null when it has none
 * @param address address of an existing target server, empty when the row has none
 */
public record RowTarget(
        String serverId,
        String region,
        String project,
        String template,
        String type,
        @Nullable Boolean publicNetwork,
        String address) {

    private static final String NEW_SERVER = "none (new server)";

    /** Creates the target of a row that passed the intake checks. */
    public static RowTarget of(InventoryRow row) {
        boolean existing = !row.targetServerId().isEmpty();
        return new RowTarget(
                row.targetServerId(),
                row.targetRegion(),
                row.targetProjectId(),
                existing ? "" : row.vmTemplateId(),
                row.value(Column.MIGRATION_TYPE).toUpperCase(Locale.ROOT),
                row.usePublicIp() != null || !existing ? row.usePublicIp() : privateAddress(row.migrationIp()),
                existing ? row.migrationIp() : "");
    }

    /** Returns false for an existing server with a private address, which the public network cannot reach. */
    private static @Nullable Boolean privateAddress(String address) {
        return isPrivate(address) ? Boolean.FALSE : null;
    }

    /** Whether the address is private (RFC 1918, RFC 4193). */
    public static boolean isPrivate(String address) {
        return address.startsWith("10.")
                || address.startsWith("192.168.")
                || address.matches("172\\.(1[6-9]|2\\d|3[01])\\..*")
                || address.toLowerCase(Locale.ROOT).startsWith("fd");
    }

    /** Whether the target is an existing server. */
    public boolean isExistingServer() {
        return !serverId.isEmpty();
    }

    /** Text for messages. */
    public String text() {
        return "%s in region %s, project %s"
                .formatted(
                        isExistingServer() ? "existing server " + serverId : "new server from template " + template,
                        region,
                        project);
    }

    /** Values by inventory column for machine-readable output; a value that does not apply is null. */
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("target_server_id", isExistingServer() ? serverId : null);
        json.put("vm_template_id", isExistingServer() ? null : template);
        json.put("target_region", region);
        json.put("target_project_id", project);
        return json;
    }

    /** Compares the row with {@code current_task} of ListServers or ShowServer, which has no address. */
    public TargetComparison compare(CurrentTask task) {
        return compare(task, null);
    }

    /**
     * Compares the row with {@code current_task} of ListServers or ShowServer (API reference 2026-01-27). ShowTask and
     * ListTasks contain neither {@code exist_server} nor {@code use_public_ip}.
     *
     * @param migrationIp from ShowTask, null when it was not read
     */
    public TargetComparison compare(CurrentTask task, @Nullable String migrationIp) {
        var collector = new DifferenceCollector();
        var vm = task.targetServer() == null ? "" : orEmpty(task.targetServer().vmId());
        server(task.existServer(), vm, collector);
        collector.text(TargetField.TARGET_REGION, region, orEmpty(task.regionId()));
        collector.text(TargetField.TARGET_PROJECT_ID, project, orEmpty(task.projectId()));
        if (!isExistingServer()) {
            collector.text(TargetField.VM_TEMPLATE_ID, template, orEmpty(task.vmTemplateId()));
        }
        collector.text(TargetField.MIGRATION_TYPE, type, orEmpty(task.type()));
        if (publicNetwork != null) {
            collector.flag(TargetField.USE_PUBLIC_IP, publicNetwork, task.usePublicIp());
        }
        address(migrationIp).ifPresent(collector.differences::add);
        return new TargetComparison(collector.differences, collector.complete);
    }

    /** For a new server only the kind counts, since the id of a target created from a template is unpredictable. */
    private void server(@Nullable Boolean exists, String vm, DifferenceCollector collector) {
        collector.flag(TargetField.EXIST_SERVER, isExistingServer(), exists);
        if (isExistingServer()) {
            collector.text(
                    TargetField.TARGET_SERVER_ID,
                    serverId,
                    vm.isEmpty() && Boolean.FALSE.equals(exists) ? NEW_SERVER : vm);
        } else if (Boolean.TRUE.equals(exists)) {
            collector.add(TargetField.TARGET_SERVER_ID, NEW_SERVER, vm.isEmpty() ? "unnamed" : vm);
        }
    }

    /**
     * Difference of the address alone, which ShowTask and ListTasks contain; empty when there is none.
     *
     * @param migrationIp null or blank when the service returns none
     */
    public Optional<TargetDifference> address(@Nullable String migrationIp) {
        var task = orEmpty(migrationIp);
        return address.isEmpty() || task.isEmpty() || sameAddress(address, task)
                ? Optional.empty()
                : Optional.of(new TargetDifference(TargetField.MIGRATION_IP, address, task));
    }

    private static boolean sameAddress(String one, String other) {
        var parsed = IpAddress.parse(one);
        return one.equals(other) || parsed.isPresent() && parsed.equals(IpAddress.parse(other));
    }

    private static String orEmpty(@Nullable String text) {
        return Objects.requireNonNullElse(text, "").strip();
    }

    /** Collects the differences between a row and a task. */
    private static final class DifferenceCollector {

        private final List<TargetDifference> differences = new ArrayList<>();
        private boolean complete = true;

        /** A blank value of the row accepts any value of the task. */
        void text(TargetField field, String row, String task) {
            if (row.isEmpty()) {
                return;
            }
            if (task.isEmpty()) {
                complete = false;
            } else if (!row.equalsIgnoreCase(task)) {
                add(field, row, task);
            }
        }

        void flag(TargetField field, boolean row, @Nullable Boolean task) {
            if (task == null) {
                complete = false;
            } else if (row != task) {
                add(field, String.valueOf(row), String.valueOf(task));
            }
        }

        void add(TargetField field, String row, String task) {
            differences.add(new TargetDifference(field, row, task));
        }
    }
}
