package dev.smsrunner.simulator;

import java.util.List;

/**
 * Projects and visible details of the DCS tasks.
 *
 * @param projects projects that share the tasks round-robin; when empty, every project has all tasks
 * @param hidesPhase whether a running task shows MIGRATING in both phases (the only running status of the Java SDK 3.1.212)
 */
record DcsWorld(List<String> projects, boolean hidesPhase) {

    static final DcsWorld PLAIN = new DcsWorld(List.of(), false);
}
