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
 * The target that a row demands; pure.
 *
 * @param serverId id of the existing target server, empty when SMS makes a new one
 * @param region id of the region
 * @param project id of the project
 * @param template id of the template of a new target server, empty for an existing one
 * @param type MIGRATE_FILE or MIGRATE_BLOCK
 * @param publicNetwork as the row says; null when it does not say
 * @param address of an existing target server, empty when the row gives none
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

    /** The target of a row that passed the checks of the intake. */
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

    /** An existing server that the row gives a private address is not reached by the public network. */
    private static @Nullable Boolean privateAddress(String address) {
        return isPrivate(address) ? Boolean.FALSE : null;
    }

    /** Whether the address is one of a private network (RFC 1918, RFC 4193). */
    public static boolean isPrivate(String address) {
        return address.startsWith("10.")
                || address.startsWith("192.168.")
                || address.matches("172\\.(1[6-9]|2\\d|3[01])\\..*")
                || address.toLowerCase(Locale.ROOT).startsWith("fd");
    }

    /** Whether the target server exists. */
    public boolean existing() {
        return !serverId.isEmpty();
    }

    /** The target in a message. */
    public String text() {
        return "%s in region %s, project %s"
                .formatted(
                        existing() ? "existing server " + serverId : "new server from template " + template,
                        region,
                        project);
    }

    /** The target by the names of the inventory columns, for machines; a value that does not apply is null. */
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("target_server_id", existing() ? serverId : null);
        json.put("vm_template_id", existing() ? null : template);
        json.put("target_region", region);
        json.put("target_project_id", project);
        return json;
    }

    /** Compares with {@code current_task} of ListServers or ShowServer, which has no address. */
    public TargetComparison compare(CurrentTask task) {
        return compare(task, null);
    }

    /**
     * Compares with {@code current_task} of ListServers or ShowServer (API reference 2026-01-27); ShowTask and ListTasks show neither
     * {@code exist_server} nor {@code use_public_ip}.
     *
     * @param migrationIp of ShowTask, null when that was not asked
     */
    public TargetComparison compare(CurrentTask task, @Nullable String migrationIp) {
        var found = new Found();
        var vm = task.targetServer() == null ? "" : shown(task.targetServer().vmId());
        server(task.existServer(), vm, found);
        found.text(TargetField.TARGET_REGION, region, shown(task.regionId()));
        found.text(TargetField.TARGET_PROJECT_ID, project, shown(task.projectId()));
        if (!existing()) {
            found.text(TargetField.VM_TEMPLATE_ID, template, shown(task.vmTemplateId()));
        }
        found.text(TargetField.MIGRATION_TYPE, type, shown(task.type()));
        if (publicNetwork != null) {
            found.flag(TargetField.USE_PUBLIC_IP, publicNetwork, task.usePublicIp());
        }
        address(migrationIp).ifPresent(found.differences::add);
        return new TargetComparison(found.differences, found.complete);
    }

    /** The id of a target that SMS made of a template says nothing: only the kind counts for a new server. */
    private void server(@Nullable Boolean exists, String vm, Found found) {
        found.flag(TargetField.EXIST_SERVER, existing(), exists);
        if (existing()) {
            found.text(
                    TargetField.TARGET_SERVER_ID,
                    serverId,
                    vm.isEmpty() && Boolean.FALSE.equals(exists) ? NEW_SERVER : vm);
        } else if (Boolean.TRUE.equals(exists)) {
            found.add(TargetField.TARGET_SERVER_ID, NEW_SERVER, vm.isEmpty() ? "unnamed" : vm);
        }
    }

    /**
     * The difference of the address alone, which ShowTask and ListTasks show; empty when there is none.
     *
     * @param migrationIp null or blank when the service shows none
     */
    public Optional<TargetDifference> address(@Nullable String migrationIp) {
        var task = shown(migrationIp);
        return address.isEmpty() || task.isEmpty() || sameAddress(address, task)
                ? Optional.empty()
                : Optional.of(new TargetDifference(TargetField.MIGRATION_IP, address, task));
    }

    private static boolean sameAddress(String one, String other) {
        var parsed = IpAddress.parse(one);
        return one.equals(other) || parsed.isPresent() && parsed.equals(IpAddress.parse(other));
    }

    private static String shown(@Nullable String text) {
        return Objects.requireNonNullElse(text, "").strip();
    }

    /** What was found so far. */
    private static final class Found {

        private final List<TargetDifference> differences = new ArrayList<>();
        private boolean complete = true;

        /** A row that does not say something accepts whatever the task has. */
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
