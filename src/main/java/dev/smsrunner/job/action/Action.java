package dev.smsrunner.job.action;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.sms.TaskAction;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Operation that a row requests, and its request body.
 *
 * @param body of UpdateTaskStatus; fields with default values are left out
 */
public record Action(TaskAction body) {

    /** Operation of the row; the job file supplies missing values. */
    static Action of(InventoryRow row) {
        var operation = row.value(Column.OPERATION).toLowerCase(Locale.ROOT);
        boolean takesTemplate = operation.equals("clone_test") || !ActionRule.isKnown(operation);
        return new Action(new TaskAction(
                operation,
                takesTemplate ? filled(row.value(Column.TEMPLATE_ID)) : null,
                yes(row.value(Column.SWITCH_HCE)),
                yes(row.value(Column.IS_NEED_CONSISTENCY_CHECK))));
    }

    ActionRule rule() {
        return ActionRule.of(body.operation());
    }

    String operation() {
        return body.operation();
    }

    private static @Nullable String filled(String value) {
        return value.isEmpty() ? null : value;
    }

    private static @Nullable Boolean yes(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> Boolean.TRUE;
            default -> null;
        };
    }
}
