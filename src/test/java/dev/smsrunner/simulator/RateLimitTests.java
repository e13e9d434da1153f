package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The throttling of the gateway. */
class RateLimitTests {

    private final ManualClock clock = new ManualClock();

    @Test
    void callAboveTheLimitIsRefusedAndNotExecuted() throws IOException {
        try (Simulator simulator = start(3.0)) {
            SimulatorClient caller = new SimulatorClient(simulator);
            for (int i = 0; i < 3; i++) {
                assertThat(caller.get("/v3/sources").status()).isEqualTo(200);
            }

            SimulatorClient.Reply refused = caller.get("/v3/sources");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("APIG.0308");
            assertThat(SimulatorJson.text(refused.json(), "error_msg"))
                    .isEqualTo("The throttling threshold has been reached: policy user over ratelimit,limit:3,"
                            + "time:1 second");
            assertThat(refused.response().headers().firstValue("Retry-After")).isEmpty();
            clock.pass(Duration.ofSeconds(1));
            assertThat(caller.get("/v3/sources").status()).isEqualTo(200);
        }
    }

    @Test
    void rateBelowOneMeansALongerWindow() throws IOException {
        try (Simulator simulator = start(0.2)) {
            SimulatorClient caller = new SimulatorClient(simulator);
            assertThat(caller.get("/v3/sources").status()).isEqualTo(200);
            clock.pass(Duration.ofSeconds(4));
            assertThat(caller.get("/v3/sources").text()).contains("limit:1,time:5 second");
            clock.pass(Duration.ofSeconds(1));
            assertThat(caller.get("/v3/sources").status()).isEqualTo(200);
        }
    }

    private Simulator start(double rate) throws IOException {
        return Simulator.start(SimulatorSettings.defaults().withClock(clock).withRequestsPerSecond(rate));
    }
}
