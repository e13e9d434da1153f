package dev.smsrunner.job.changestate;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.ServiceSettings.CopystateStyle;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.MigrationCycle;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Desired copy state and cycle of a source; pure.
 *
 * @param copystate as the row writes it, null to leave it unchanged
 * @param migrationcycle as the row writes it, null to leave it unchanged
 */
record DesiredState(@Nullable String copystate, @Nullable String migrationcycle) {

    /** Values that even the edition in capitals writes in lower case (Java SDK 3.1.143). */
    private static final Set<String> ALWAYS_LOWERCASE = Set.of("clearing", "cleared", "clearfailed");

    static DesiredState of(InventoryRow row) {
        return new DesiredState(
                emptyToNull(row.value(Column.COPYSTATE)), emptyToNull(row.value(Column.MIGRATIONCYCLE)));
    }

    /** Whether the observation shows this state. */
    boolean matches(Observation observed) {
        return (copystate == null || CopyState.of(copystate) == observed.copy())
                && (migrationcycle == null || MigrationCycle.of(migrationcycle) == observed.cycle());
    }

    /**
     * {@code copystate} as it is sent. The edition of 2024 writes capitals and {@code INIT}. Later editions write lower case
     * and either {@code initialize} or {@code init}, as in the row.
     */
    @Nullable
    String copystateToSend(CopystateStyle style) {
        if (copystate == null) {
            return null;
        }
        var small = copystate.toLowerCase(Locale.ROOT);
        if (style == CopystateStyle.LOWERCASE || ALWAYS_LOWERCASE.contains(small)) {
            return small;
        }
        return CopyState.of(copystate) == CopyState.INITIALIZE ? "INIT" : style.write(copystate);
    }

    /** {@code migrationcycle} as it is sent: in lower case in every edition. */
    @Nullable
    String cycleToSend() {
        return migrationcycle == null ? null : migrationcycle.toLowerCase(Locale.ROOT);
    }

    /** Desired state for messages. */
    String text() {
        if (copystate == null) {
            return "cycle " + cycleToSend();
        }
        var state = "copy state " + copystate.toLowerCase(Locale.ROOT);
        return migrationcycle == null ? state : state + ", cycle " + cycleToSend();
    }

    private static @Nullable String emptyToNull(String value) {
        return value.isEmpty() ? null : value;
    }
}
