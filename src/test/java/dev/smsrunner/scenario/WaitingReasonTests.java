package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/** A run with many waiting reasons: every waiting row shows its reason on every surface. */
class WaitingReasonTests extends ScenarioTest {

    private static final Map<String, String> EXPECTED = Map.ofEntries(
            entry("erp-app-01", "WINDOW"),
            entry("erp-app-02", "AGENT"),
            entry("erp-app-03", "UNKNOWN_STATE"),
            entry("erp-db-01", "COPY"),
            entry("erp-db-02", "BACKOFF"),
            entry("erp-web-01", "DEPENDS_ON"),
            entry("crm-app-01", "AFTER"),
            entry("crm-app-02", "CAP"),
            entry("crm-app-03", "WAVE"),
            entry("crm-db-01", "START"));

    @Test
    void everyWaitingRowHasItsObstacle() {
        var scenario = waiting();
        var running = scenario.startRun();
        var last = new AtomicReference<Map<String, String>>(Map.of());
        try {
            scenario.untilStatus("every row waits for its own thing", status -> {
                last.set(kinds(status));
                return last.get().equals(EXPECTED);
            });
        } catch (ConditionTimeoutException ex) {
            assertThat(last.get()).isEqualTo(EXPECTED);
        }

        var status = scenario.command("status", "last").exits(0).out();
        assertThat(status)
                .contains("Open rows by reason for waiting:", "Places: 6 of 7 taken, 3 by servers in sync (1 wait for")
                .containsPattern(
                        "1 +CAP +crm-app-02: 6 of 7 under way, 3 of them in sync, 1 kept for servers that others wait for, 1st in line")
                .containsPattern("1 +START +crm-db-01: not before 2099-01-01 00:00 \\+08:00");
        var why = scenario.command("status", "last", "--why", "CRM-APP-01.")
                .exits(0)
                .out();
        assertThat(why.lines())
                .first()
                .asString()
                .startsWith("crm-app-01 (row 7, task ")
                .endsWith("): AFTER wave-1, 6 rows open");
        assertThat(why.lines()).hasSize(2);
        assertThat(scenario.command("status", "last", "--why", "erp-web-01")
                        .exits(0)
                        .out())
                .contains("DEPENDS_ON erp-db-01, REPLICATING", "  erp-db-01 (row 4");

        scenario.command("control", "last", "pause").exits(0);
        scenario.untilStatus(
                "waiting starts are paused", each -> "PAUSED".equals(kinds(each).get("crm-app-02")));
        scenario.stop("last").exits(0);
        var result = running.join().exits(5);

        assertThat(result.report().get("erp-web-01").get("reason")).startsWith("DEPENDS_ON erp-db-01, REPLICATING");
        assertThat(result.report().values())
                .allSatisfy(row -> assertThat(row.get("reason")).isNotBlank());
    }

    private Scenario waiting() {
        return scenario(10)
                .job("cutover.window", "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}")
                .job("limits.concurrent", "7")
                .job("retry.backoff", "1h")
                .job("watch.stalled-after", "1h")
                .job("waves.wave-2", "{after: [wave-1]}")
                .job("waves.wave-5", "{start: '2099-01-01T00:00+08:00'}")
                .server("erp-app-02", "disconnect-at: 50%")
                .server("erp-app-03", "unknown-state: {at: 10%, for: 9000h, value: dancing}")
                .server("erp-db-01", "duration: 9000h")
                .server("erp-db-02", "fail-times: 1, fail-code: SMS.0203")
                .row("erp-web-01", "depends_on", "erp-db-01")
                .row("erp-app-01", "wave_name", "wave-1")
                .row("erp-app-02", "wave_name", "wave-1")
                .row("erp-app-03", "wave_name", "wave-1")
                .row("erp-db-01", "wave_name", "wave-1")
                .row("erp-db-02", "wave_name", "wave-1")
                .row("erp-web-01", "wave_name", "wave-1")
                .row("crm-app-01", "wave_name", "wave-2")
                .row("crm-app-02", "wave_name", "wave-3")
                .row("crm-app-03", "wave_name", "wave-4")
                .row("crm-db-01", "wave_name", "wave-5");
    }

    private static Map<String, String> kinds(String status) {
        var kinds = new TreeMap<String, String>();
        CommandResult.parsed(status).path("rows").forEach(row -> {
            var obstacle = row.path("obstacle");
            kinds.put(row.path("server_name").asString(), obstacle.path("kind").asString(""));
        });
        return kinds;
    }
}
