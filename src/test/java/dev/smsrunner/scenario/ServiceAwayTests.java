package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** An outage of the service during a run: open rows report it, and the run continues afterwards. */
class ServiceAwayTests extends ScenarioTest {

    @Test
    void openRowsReportTheOutage() throws IOException {
        var way = new AtomicReference<NetworkRelay>();
        var scenario = scenario(2)
                .job("watch.stalled-after", "2s")
                .job("watch.give-up-after", "5s")
                .server("erp-app-01", "duration: 90m")
                .server("erp-app-02", "duration: 90m")
                .through(cloud -> relay(cloud, way).address());
        try (var relay = way.get()) {
            var running = scenario.startRun();
            scenario.until("both are started", cloud -> ServiceProbe.sum(cloud.starts()) == 2);
            relay.cut();
            var result = running.join().exits(4);

            var kinds = new ArrayList<String>();
            var status = scenario.command("status", result.runId(), "--json")
                    .exits(0)
                    .json();
            status.path("rows")
                    .forEach(row -> kinds.add(row.path("obstacle").path("kind").asString("")));
            assertThat(kinds).containsExactly("API", "API");
            assertThat(scenario.command("status", result.runId()).exits(0).out())
                    .containsPattern("2 +API +erp-app-01: away since 20\\d\\d-");

            relay.restore();
            assertThat(scenario.resume(result.runId()).exits(0).outcomes()).containsExactly(entry("MIGRATED", 2));
        }
    }

    private static NetworkRelay relay(String cloud, AtomicReference<NetworkRelay> way) {
        try {
            way.set(new NetworkRelay(cloud));
            return way.get();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
