package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import java.util.List;
import java.util.Map;

/** One bad server does not touch the others: a night with some bad ones is, for all others, the night without. */
final class BadRowTrials {

    private static final List<String> TROUBLE = List.of(
            "fail-times: 9, fail-code: SMS.6617",
            "fail-times: 9, fail-code: SMS.0203",
            "disconnected: true",
            "unknown-state: {at: 30%, for: 20h, value: rebalancing, on: both}",
            "delete-task-at: 40%");

    private static final List<String> BAD = List.of("erp-app-02", "crm-app-01", "erp-db-01");

    private BadRowTrials() {}

    static void unharmed(TrialSetup ground, TrialFindings findings) {
        var random = ground.random();
        try (var night = ground.quiet().job("watch.stalled-after", "5s").job("watch.give-up-after", "20s")) {
            for (var server : BAD) {
                night.server(server, TROUBLE.get(random.nextInt(TROUBLE.size())));
            }
            night.row("nobody-01", "source_ip", "10.99.99.99");
            var with = rows(ground, night, findings);
            try (var other = Scenario.of(
                    TrialSetup.SERVERS,
                    ground.directory().resolve("without"),
                    ground.store().home())) {
                var without = rows(ground, other, findings);
                without.keySet().removeAll(BAD);
                findings.holds(without.size() == TrialSetup.SERVERS - BAD.size(), "the others", without);
                without.forEach((server, row) -> findings.same(with.getOrDefault(server, Map.of()), row, server));
            }
        }
    }

    private static Map<String, Map<String, String>> rows(TrialSetup ground, Scenario night, TrialFindings findings) {
        try (var child = InstrumentedProgram.run(night, ground.switches())) {
            var told = child.ended();
            findings.holds(told.exitCode() == 0 || told.exitCode() == 1, "it ends", told.exitCode() + told.err());
            return InvariantChecks.canonical(told);
        }
    }
}
