package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import java.util.List;
import java.util.Map;

/** Bad servers do not affect the others: their rows equal the rows of a run without bad servers. */
final class BadRowTrials {

    private static final List<String> TROUBLE = List.of(
            "fail-times: 9, fail-code: SMS.6617",
            "fail-times: 9, fail-code: SMS.0203",
            "disconnected: true",
            "unknown-state: {at: 30%, for: 20h, value: rebalancing, on: both}",
            "delete-task-at: 40%");

    private static final List<String> BAD = List.of("erp-app-02", "crm-app-01", "erp-db-01");

    private BadRowTrials() {}

    static void unharmed(TrialSetup setup, TrialFindings findings) {
        var random = setup.random();
        try (var scenario = setup.quiet().job("watch.stalled-after", "5s").job("watch.give-up-after", "20s")) {
            for (var server : BAD) {
                scenario.server(server, TROUBLE.get(random.nextInt(TROUBLE.size())));
            }
            scenario.row("unknown-01", "source_ip", "10.99.99.99");
            var with = rows(setup, scenario, findings);
            try (var other = Scenario.of(
                    TrialSetup.SERVERS,
                    setup.directory().resolve("without"),
                    setup.store().home())) {
                var without = rows(setup, other, findings);
                without.keySet().removeAll(BAD);
                findings.holds(without.size() == TrialSetup.SERVERS - BAD.size(), "the others", without);
                without.forEach((server, row) -> findings.same(with.getOrDefault(server, Map.of()), row, server));
            }
        }
    }

    private static Map<String, Map<String, String>> rows(TrialSetup setup, Scenario scenario, TrialFindings findings) {
        try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
            var result = child.awaitEnd();
            findings.holds(
                    result.exitCode() == 0 || result.exitCode() == 1, "it ends", result.exitCode() + result.err());
            return InvariantChecks.canonical(result);
        }
    }
}
