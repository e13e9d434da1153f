package dev.smsrunner.job.action;

import static dev.smsrunner.jobfile.SettingTypes.*;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.Operations;
import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.JobSettings;
import dev.smsrunner.jobfile.SettingDefinition;
import dev.smsrunner.jobfile.SettingList;
import dev.smsrunner.jobfile.SettingType;
import java.util.List;

/** Settings of the job {@code action} (UpdateTaskStatus). A column of the same name overrides each value. */
final class ActionSettings {

    private static final SettingList LIST = new SettingList();

    private static final SettingDefinition<String> OPERATION =
            LIST.add(SettingDefinition.of("action.operation", cell("an operation"), "The operation for each task.")
                    .shownAs("column `operation`"));

    private static final SettingDefinition<String> TEMPLATE_ID =
            LIST.add("action.template_id", cell("id"), "The template that `clone_test` needs.");

    private static final SettingDefinition<Boolean> SWITCH_HCE =
            LIST.add("action.switch_hce", flag(), "false", "Change the system to Huawei Cloud EulerOS (Linux only).");

    private static final SettingDefinition<Boolean> CONSISTENCY_CHECK =
            LIST.add("action.is_need_consistency_check", flag(), "false", "Verify the consistency of the copy.");

    private static final SettingDefinition<String> ALLOW_OPERATIONS = LIST.add(
            "action.allow-operations",
            text("list of operations").in(SettingType.Form.LIST),
            "Operations that this version does not know and that are sent nevertheless.");

    private ActionSettings() {}

    /** Definitions in the order of the documentation. */
    static List<SettingDefinition<?>> all() {
        return LIST.all();
    }

    static JobSettings bind(EffectiveSettings settings) {
        String allowed = settings.find(ALLOW_OPERATIONS);
        if (allowed != null) {
            settings.problem(ALLOW_OPERATIONS, Operations.checkList(allowed));
            settings.fill(Operations.ALLOWED, allowed);
        }
        String operation = settings.fill(OPERATION);
        if (operation != null
                && Column.OPERATION.faults(operation, settings.cellLimits()).isEmpty()) {
            settings.problem(OPERATION, Operations.check(operation, allowed == null ? "" : allowed));
        }
        settings.fill(TEMPLATE_ID);
        settings.fill(Column.SWITCH_HCE.label(), settings.value(SWITCH_HCE).toString());
        settings.fill(
                Column.IS_NEED_CONSISTENCY_CHECK.label(),
                settings.value(CONSISTENCY_CHECK).toString());
        return JobSettings.withDefaults(settings);
    }
}
