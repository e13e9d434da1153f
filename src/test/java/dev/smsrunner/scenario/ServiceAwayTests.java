package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The service goes away in the middle of a night: every open row says so, and the run goes on when it is back. */
class ServiceAwayTests extends Story {

    @Test
    void everyOpenRowSaysThatTheServiceIsAway() throws IOException {
        var way = new AtomicReference<NetworkRelay>();
        var night = night(2).job("watch.stalled-after", "2s")
                .job("watch.give-up-after", "5s")
                .server("erp-app-01", "duration: 90m")
                .server("erp-app-02", "duration: 90m")
                .through(cloud -> relay(cloud, way).address());
        try (var relay = way.get()) {
            var running = night.running();
            night.until("both are started", cloud -> ServiceProbe.sum(cloud.starts()) == 2);
            relay.cut();
            var told = running.join().exits(4);

            var kinds = new ArrayList<String>();
            var status =
                    night.command("status", told.runId(), "--json").exits(0).json();
            status.path("rows")
                    .forEach(row -> kinds.add(row.path("obstacle").path("kind").asString("")));
            assertThat(kinds).containsExactly("API", "API");
            assertThat(night.command("status", told.runId()).exits(0).out())
                    .containsPattern("2 +API +erp-app-01: away since 20\\d\\d-");

            relay.restore();
            assertThat(night.resume(told.runId()).exits(0).outcomes()).containsExactly(entry("MIGRATED", 2));
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
