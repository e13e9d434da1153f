package dev.smsrunner.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.ServerRef;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparison of the target of a row with the target of its task. */
class RowTargetTests {

    private static final List<String> NEW = List.of("region-1", "project-1", "template-1", "", "");
    private static final List<String> EXISTING = List.of("region-1", "project-1", "", "ECS-1", "10.0.0.9");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            new      | false | -     | region-1 | project-1 | template-1 |
            new      | false | new-1 | region-1 | project-1 | template-1 |
            new      | true  | PROD  | region-1 | project-1 | -          | exist_server: row false, task true; target_server_id: row none (new server), task PROD
            new      | -     | PROD  | region-1 | project-1 | template-1 |
            new      | false | -     | region-2 | project-1 | template-1 | target_region: row region-1, task region-2
            new      | false | -     | region-2 | project-2 | template-1 | target_region: row region-1, task region-2; target_project_id: row project-1, task project-2
            new      | false | -     | region-1 | project-1 | template-2 | vm_template_id: row template-1, task template-2
            existing | true  | ECS-1 | region-1 | project-1 | -          |
            existing | true  | ecs-1 | REGION-1 | project-1 | -          |
            existing | -     | ECS-1 | region-1 | project-1 | -          |
            existing | true  | PROD  | region-1 | project-1 | -          | target_server_id: row ECS-1, task PROD
            existing | -     | PROD  | region-1 | project-1 | -          | target_server_id: row ECS-1, task PROD
            existing | false | -     | region-1 | project-1 | template-2 | exist_server: row true, task false; target_server_id: row ECS-1, task none (new server)
            existing | false | new-1 | region-1 | project-1 | template-2 | exist_server: row true, task false; target_server_id: row ECS-1, task new-1
            existing | true  | PROD  | region-2 | project-2 | -          | target_server_id: row ECS-1, task PROD; target_region: row region-1, task region-2; target_project_id: row project-1, task project-2
            """)
    void everyDifferenceHasBothValues(
            String kind,
            @Nullable Boolean exists,
            @Nullable String vm,
            String region,
            String project,
            @Nullable String template,
            @Nullable String differences) {
        var row = target(kind.equals("new") ? NEW : EXISTING, "");

        var compared = row.compare(task(exists, vm, region, project, template, "MIGRATE_FILE", null));

        assertThat(TargetDifference.text(compared.differences())).isEqualTo(differences == null ? "" : differences);
        assertThat(compared.isOtherTarget())
                .isEqualTo(differences != null && !differences.startsWith("vm_template_id"));
        assertThat(compared.differences()).containsAll(compared.identity()).containsAll(compared.form());
    }

    /** All combinations of equal, different and missing properties, for both kinds of target. */
    @Test
    void propertiesAreComparedIndependently() {
        for (var kind : List.of(NEW, EXISTING)) {
            boolean existing = kind == EXISTING;
            for (int combination = 0; combination < 729; combination++) {
                var states = digits(combination);
                var task = task(
                        pick(states[0], existing, !existing, null),
                        pick(states[1], existing ? "ECS-1" : "", "ECS-2", ""),
                        pick(states[2], "region-1", "region-2", ""),
                        pick(states[3], "project-1", "project-2", null),
                        pick(states[4], "template-1", "template-2", ""),
                        "MIGRATE_FILE",
                        pick(states[5], Boolean.FALSE, Boolean.TRUE, null));

                var compared = target(kind, "false").compare(task);

                var found = EnumSet.noneOf(TargetField.class);
                compared.differences().forEach(difference -> found.add(difference.field()));
                assertThat(found).as("%s against %s", kind, task).isEqualTo(expected(existing, states));
                assertThat(compared.isOtherTarget()).isEqualTo(found.stream().anyMatch(TargetField::isIdentity));
            }
        }
    }

    private static EnumSet<TargetField> expected(boolean existing, int[] states) {
        var fields = EnumSet.noneOf(TargetField.class);
        add(fields, states[0] == 1, TargetField.EXIST_SERVER);
        boolean otherKind = states[0] == 1;
        boolean otherServer = states[1] == 1;
        add(fields, existing ? otherServer || otherKind && states[1] == 2 : otherKind, TargetField.TARGET_SERVER_ID);
        add(fields, states[2] == 1, TargetField.TARGET_REGION);
        add(fields, states[3] == 1, TargetField.TARGET_PROJECT_ID);
        add(fields, !existing && states[4] == 1, TargetField.VM_TEMPLATE_ID);
        add(fields, states[5] == 1, TargetField.USE_PUBLIC_IP);
        return fields;
    }

    private static void add(EnumSet<TargetField> fields, boolean differs, TargetField field) {
        if (differs) {
            fields.add(field);
        }
    }

    @Test
    void formIsComparedOnlyForFieldsSetInTheRow() {
        var onlyPublic = task(false, null, "region-1", "project-1", "template-1", "MIGRATE_FILE", true);

        assertThat(target(NEW, "").compare(onlyPublic).differences()).isEmpty();
        assertThat(texts(target(NEW, "no").compare(onlyPublic))).containsExactly("use_public_ip: row false, task true");
    }

    @Test
    void existingServerAtAPrivateAddressIsNotPublic() {
        var task = task(true, "ECS-1", "region-1", "project-1", null, "MIGRATE_BLOCK", true);

        assertThat(texts(target(EXISTING, "").compare(task, "10.0.0.10")))
                .containsExactly(
                        "migration_type: row MIGRATE_FILE, task MIGRATE_BLOCK",
                        "use_public_ip: row false, task true",
                        "migration_ip: row 10.0.0.9, task 10.0.0.10");
    }

    @Test
    void spellingsOfOneAddressAreEqual() {
        var row = target(List.of("region-1", "project-1", "", "ECS-1", "2001:db8::1"), "");
        var task = task(true, "ECS-1", "region-1", "project-1", null, "MIGRATE_FILE", null);

        assertThat(row.compare(task, "2001:0DB8:0:0::1").differences()).isEmpty();
    }

    @Test
    void missingFieldsMakeTheComparisonIncomplete() {
        var missing = task(null, null, null, null, null, null, null);
        var whole = task(false, null, "region-1", "project-1", "template-1", "MIGRATE_FILE", false);

        assertThat(target(NEW, "no").compare(missing)).isEqualTo(TargetComparison.NONE);
        assertThat(target(NEW, "no").compare(whole)).isEqualTo(new TargetComparison(List.of(), true));
    }

    private static RowTarget target(List<String> kind, String publicIp) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("server_name", "erp-db-02");
        cells.put("migration_type", "MIGRATE_FILE");
        cells.put("target_region", kind.get(0));
        cells.put("target_project_id", kind.get(1));
        cells.put("vm_template_id", kind.get(2));
        cells.put("target_server_id", kind.get(3));
        cells.put("migration_ip", kind.get(4));
        cells.put("use_public_ip", publicIp);
        return RowTarget.of(InventoryRow.restore(1, 2, cells, Map.of()));
    }

    private static CurrentTask task(
            @Nullable Boolean exists,
            @Nullable String vm,
            @Nullable String region,
            @Nullable String project,
            @Nullable String template,
            @Nullable String type,
            @Nullable Boolean publicIp) {
        return new CurrentTask(
                "task-1",
                "any",
                "READY",
                type,
                template,
                new ServerRef(vm, null),
                null,
                exists,
                publicIp,
                region,
                project);
    }

    private static List<String> texts(TargetComparison compared) {
        var texts = new ArrayList<String>();
        compared.differences().forEach(difference -> texts.add(difference.text()));
        return texts;
    }

    private static int[] digits(int combination) {
        var digits = new int[6];
        for (int at = 0, left = combination; at < digits.length; at++, left /= 3) {
            digits[at] = left % 3;
        }
        return digits;
    }

    private static <T> @Nullable T pick(int state, @Nullable T same, @Nullable T other, @Nullable T missing) {
        return state == 0 ? same : state == 1 ? other : missing;
    }
}
