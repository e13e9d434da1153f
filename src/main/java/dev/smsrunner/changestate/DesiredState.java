package dev.smsrunner.changestate;

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
 * What a row wants its source to have on record; pure.
 *
 * @param copystate as the row writes it, null to leave it
 * @param migrationcycle as the row writes it, null to leave it
 */
record DesiredState(@Nullable String copystate, @Nullable String migrationcycle) {

    /** Even the edition in capitals writes these in small letters (Java SDK 3.1.143). */
    private static final Set<String> ALWAYS_SMALL = Set.of("clearing", "cleared", "clearfailed");

    static DesiredState of(InventoryRow row) {
        return new DesiredState(filled(row.value(Column.COPYSTATE)), filled(row.value(Column.MIGRATIONCYCLE)));
    }

    /** Whether that is what was seen. */
    boolean isIn(Observation seen) {
        return (copystate == null || CopyState.of(copystate) == seen.copy())
                && (migrationcycle == null || MigrationCycle.of(migrationcycle) == seen.cycle());
    }

    /**
     * {@code copystate} as it is sent. The edition of 2024 writes capitals and {@code INIT}; the later ones small letters and
     * {@code initialize} or {@code init}, of which the word in the row is kept.
     */
    @Nullable
    String writtenState(CopystateStyle style) {
        if (copystate == null) {
            return null;
        }
        var small = copystate.toLowerCase(Locale.ROOT);
        if (style == CopystateStyle.LOWERCASE || ALWAYS_SMALL.contains(small)) {
            return small;
        }
        return CopyState.of(copystate) == CopyState.INITIALIZE ? "INIT" : style.write(copystate);
    }

    /** {@code migrationcycle} as it is sent: in small letters in every edition. */
    @Nullable
    String writtenCycle() {
        return migrationcycle == null ? null : migrationcycle.toLowerCase(Locale.ROOT);
    }

    /** What is wanted, for messages. */
    String words() {
        if (copystate == null) {
            return "cycle " + writtenCycle();
        }
        var state = "copy state " + copystate.toLowerCase(Locale.ROOT);
        return migrationcycle == null ? state : state + ", cycle " + writtenCycle();
    }

    private static @Nullable String filled(String value) {
        return value.isEmpty() ? null : value;
    }
}
