package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.simulator.AuditEntry;
import dev.smsrunner.simulator.AuditEntry.Effect;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Kills of the packaged program at the edges of cutover windows. Runs by {@code -Dtrials=all}: its windows lie on the real clock. */
@EnabledIfSystemProperty(named = "trials", matches = "all")
class WindowKillIT extends ScenarioTest {

    private static final int SERVERS = 5;
    private static final int CAPACITY = 2;

    /** The windows lie some seconds ahead, so that a process starts between two edges. */
    @Test
    void killedAtEachEdgeTheRunKeepsItsWindows() {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var firstOpen = now.plusSeconds(12);
        var firstClose = now.plusSeconds(36);
        var secondOpen = now.plusSeconds(44);
        var scenario = scenario(SERVERS).speed(3000).job("cutover.windows.fri.capacity", String.valueOf(CAPACITY));
        window(scenario, "fri", firstOpen, firstClose);
        window(scenario, "sat", secondOpen, now.plusSeconds(76));
        for (var moment : List.of(
                firstOpen.minusSeconds(4),
                firstOpen,
                firstClose.minusSeconds(15),
                firstClose,
                firstClose.plusSeconds(4),
                secondOpen)) {
            try (var child = ChildProcess.run(scenario)) {
                child.until("it is " + moment, () -> !Instant.now().isBefore(moment));
                child.kill();
            }
        }

        try (var child = ChildProcess.run(scenario)) {
            var result = child.awaitEnd().exits(0);
            assertThat(result.outcomes()).containsOnly(entry("MIGRATED", SERVERS));
            assertThat(edges(result))
                    .doesNotHaveDuplicates()
                    .contains("WINDOW_OPEN fri", "LAST_CALL fri", "WINDOW_CLOSED fri", "WINDOW_OPEN sat");
        }
        scenario.cloud().assertNoDuplicates();
        var launches = launchTimes(scenario);
        assertThat(launches).hasSize(SERVERS);
        assertThat(launches.stream().filter(time -> time.isBefore(secondOpen)))
                .hasSize(CAPACITY)
                .allMatch(time -> !time.isBefore(firstOpen) && time.isBefore(firstClose));
    }

    private static void window(Scenario scenario, String name, Instant open, Instant close) {
        var key = "cutover.windows." + name;
        scenario.job(key + ".open", "'" + open + "'")
                .job(key + ".close", "'" + close + "'")
                .job(key + ".lockout", "15s");
    }

    private static List<Instant> launchTimes(Scenario scenario) {
        return scenario.audit().entries().stream()
                .filter(entry -> entry.operation().equals("test") && entry.effect() == Effect.EXECUTED)
                .map(AuditEntry::realTime)
                .toList();
    }

    /** Recorded edges, for example {@code WINDOW_OPEN fri}. */
    private static List<String> edges(CommandResult result) {
        var edges = new ArrayList<String>();
        for (var event : result.json("report.json").path("events")) {
            if (event.path("kind").asString("").equals("WINDOW")) {
                edges.add(event.path("after").asString("") + " "
                        + event.path("before").asString(""));
            }
        }
        return edges;
    }
}
