package dev.smsrunner.chaos;

import dev.smsrunner.scenario.CommandResult;
import dev.smsrunner.scenario.Scenario;
import java.util.List;
import java.util.Map;

/**
 * Results of an undisturbed run.
 *
 * @param rows rows of the report by server
 * @param creates tasks per server
 * @param starts starts per server
 * @param launches launches per server
 * @param limited number of speed limit calls per server
 * @param points passed points, in order
 */
record BaselineRun(
        Map<String, Map<String, String>> rows,
        Map<String, Integer> creates,
        Map<String, Integer> starts,
        Map<String, Integer> launches,
        Map<String, Integer> limited,
        List<String> points) {

    static BaselineRun of(Scenario scenario, CommandResult result, List<String> points) {
        return new BaselineRun(
                InvariantChecks.canonical(result),
                scenario.cloud().creates(),
                scenario.cloud().starts(),
                scenario.cloud().launches(),
                scenario.cloud().times("UpdateSpeed"),
                points);
    }
}
