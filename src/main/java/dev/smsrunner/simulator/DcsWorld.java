package dev.smsrunner.simulator;

import java.util.List;

/**
 * What DCS shows of its tasks.
 *
 * @param projects dealt the tasks in turn; when empty every project has them all
 * @param hidesPhase whether a running task shows MIGRATING in both phases, the only running status of the Java SDK 3.1.212
 */
record DcsWorld(List<String> projects, boolean hidesPhase) {

    static final DcsWorld PLAIN = new DcsWorld(List.of(), false);
}
