package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Effective values: cell before default, typed. */
class InventoryRowTests {

    private static InventoryRow row(Map<String, String> defaults, String... cells) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i += 2) {
            byName.put(cells[i], cells[i + 1]);
        }
        return InventoryRow.restore(4, 9, byName, defaults);
    }

    @Test
    void everyColumnHasItsValue() {
        InventoryRow row = row(
                Map.of(),
                "wave_name",
                "W1",
                "app_name",
                "hr",
                "server_name",
                "a",
                "source_server_id",
                "s-1",
                "source_ip",
                "10.0.0.1",
                "server_os_family",
                "windows",
                "migration_type",
                "migrate_block",
                "target_region",
                "r",
                "target_region_name",
                "Region",
                "target_project_id",
                "p",
                "target_project_name",
                "Project",
                "vm_template_id",
                "t",
                "target_server_name",
                "a-new",
                "migration_ip",
                "10.0.0.2",
                "use_public_ip",
                "no",
                "syncing",
                "TRUE",
                "start_target_server",
                "1",
                "verify_consistency",
                "0",
                "speed_limit_mbit",
                "250",
                "priority",
                "2",
                "depends_on",
                "b; c ;",
                "tags",
                "Env = prod;Owner=x=y;",
                "note",
                "n");

        assertThat(row.row()).isEqualTo(4);
        assertThat(row.line()).isEqualTo(9);
        assertThat(row.waveName()).isEqualTo("W1");
        assertThat(row.appName()).isEqualTo("hr");
        assertThat(row.serverName()).isEqualTo("a");
        assertThat(row.sourceServerId()).isEqualTo("s-1");
        assertThat(row.sourceIp()).isEqualTo("10.0.0.1");
        assertThat(row.osFamily()).isEqualTo(OsFamily.WINDOWS);
        assertThat(row.migrationType()).isEqualTo(MigrationType.MIGRATE_BLOCK);
        assertThat(row.targetRegion()).isEqualTo("r");
        assertThat(row.targetRegionName()).isEqualTo("Region");
        assertThat(row.targetProjectId()).isEqualTo("p");
        assertThat(row.targetProjectName()).isEqualTo("Project");
        assertThat(row.vmTemplateId()).isEqualTo("t");
        assertThat(row.targetServerId()).isEmpty();
        assertThat(row.targetServerName()).isEqualTo("a-new");
        assertThat(row.migrationIp()).isEqualTo("10.0.0.2");
        assertThat(row.usePublicIp()).isFalse();
        assertThat(row.syncing()).isTrue();
        assertThat(row.startTargetServer()).isTrue();
        assertThat(row.verifyConsistency()).isFalse();
        assertThat(row.speedLimitMbit()).isEqualTo(250);
        assertThat(row.priority()).isEqualTo(2);
        assertThat(row.dependsOn()).containsExactly("b", "c");
        assertThat(row.tags()).containsExactly(Map.entry("Env", "prod"), Map.entry("Owner", "x=y"));
        assertThat(row.cells()).containsEntry("note", "n").hasSize(23);
    }

    @Test
    void unsetValueIsEmptyOrNull() {
        InventoryRow row = row(Map.of(), "server_name", "a", "target_region", "r", "target_project_id", "p");

        assertThat(row.osFamily()).isNull();
        assertThat(row.usePublicIp()).isNull();
        assertThat(row.syncing()).isNull();
        assertThat(row.startTargetServer()).isNull();
        assertThat(row.verifyConsistency()).isNull();
        assertThat(row.speedLimitMbit()).isNull();
        assertThat(row.priority()).isEqualTo(1);
        assertThat(row.dependsOn()).isEmpty();
        assertThat(row.tags()).isEmpty();
        assertThat(row.targetRegionName()).isEqualTo("r");
        assertThat(row.targetProjectName()).isEqualTo("p");
        assertThat(row.targetServerName()).isEqualTo("a");
        assertThatIllegalStateException().isThrownBy(row::migrationType).withMessageContaining("a (row 4)");
    }

    @Test
    void onlyEmptyCellInheritsDefault() {
        Map<String, String> defaults = Map.of("wave_name", "W9", "vm_template_id", "t", "use_public_ip", "true");

        InventoryRow inherits = row(defaults, "server_name", "a", "wave_name", " ");
        InventoryRow explicit = row(defaults, "server_name", "a", "wave_name", "W1", "target_server_id", "ecs-1");

        assertThat(inherits.waveName()).isEqualTo("W9");
        assertThat(inherits.cells()).containsEntry("wave_name", "").doesNotContainKey("vm_template_id");
        assertThat(inherits.vmTemplateId()).isEqualTo("t");
        assertThat(explicit.waveName()).isEqualTo("W1");
        assertThat(explicit.usePublicIp()).isTrue();
        assertThat(explicit.vmTemplateId()).isEmpty();
        assertThat(explicit.targetServerId()).isEqualTo("ecs-1");
    }

    @Test
    void rowWithoutNameUsesOtherIdentifier() {
        assertThat(row(Map.of(), "source_ip", "10.0.0.1", "task_id", "t-1").serverName())
                .isEqualTo("t-1");
    }

    @Test
    void restoredRowEqualsOriginal() {
        InventoryRow row = row(Map.of("app_name", "x"), "server_name", "a", "Note", "n, \"m\"", "app_name", "");

        InventoryRow restored = InventoryRow.restore(row.row(), row.line(), row.cells(), Map.of("app_name", "x"));

        assertThat(restored.cells()).isEqualTo(row.cells());
        assertThat(List.copyOf(restored.cells().keySet()))
                .isEqualTo(List.copyOf(row.cells().keySet()));
        assertThat(restored.appName()).isEqualTo("x");
    }
}
