package dev.smsrunner.verify;

import java.util.Locale;
import java.util.Set;

/** Task states of a failed task (ListTasks, ShowTask, 2026-01-27). */
final class FailedTask {

    private static final Set<String> STATES = Set.of("MIGRATE_FAIL", "SYNC_FAIL", "SYNC_F_ROLLBACK_SUCCESS");

    private FailedTask() {}

    static boolean matches(String state) {
        return STATES.contains(state.strip().toUpperCase(Locale.ROOT));
    }
}
