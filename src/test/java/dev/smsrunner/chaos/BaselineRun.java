package dev.smsrunner.chaos;

import dev.smsrunner.scenario.CommandResult;
import dev.smsrunner.scenario.Scenario;
import java.util.List;
import java.util.Map;

/**
 * A night to which nothing was done.
 *
 * @param rows what its report says of each server
 * @param creates tasks per server
 * @param starts starts per server
 * @param launches launches per server
 * @param limited how often the speed limits by time of day were set per server
 * @param points those that it passed, in order
 */
record BaselineRun(
        Map<String, Map<String, String>> rows,
        Map<String, Integer> creates,
        Map<String, Integer> starts,
        Map<String, Integer> launches,
        Map<String, Integer> limited,
        List<String> points) {

    static BaselineRun of(Scenario night, CommandResult told, List<String> points) {
        return new BaselineRun(
                InvariantChecks.canonical(told),
                night.cloud().creates(),
                night.cloud().starts(),
                night.cloud().launches(),
                night.cloud().times("UpdateSpeed"),
                points);
    }
}
