package dev.smsrunner.simulator;

import java.util.List;

/**
 * Rules of a world that differ by region, account or edition of the service.
 *
 * @param dcsProjects projects that share the DCS tasks round-robin; when empty, every project has all tasks
 * @param hidesDcsPhase whether a running DCS task shows MIGRATING in both phases (the only running status of the Java SDK
 *     3.1.212)
 * @param speedLimits with the highest speed limit, which is higher in some regions
 * @param deleteBatchRule what an id that cannot be deleted does to the other ids of its call
 */
record WorldRules(
        List<String> dcsProjects, boolean hidesDcsPhase, SpeedLimitRules speedLimits, DeleteBatchRule deleteBatchRule) {

    static final WorldRules USUAL =
            new WorldRules(List.of(), false, SpeedLimitRules.USUAL, DeleteBatchRule.REFUSES_ALL);
}
