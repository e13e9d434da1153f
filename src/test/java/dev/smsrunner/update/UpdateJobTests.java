package dev.smsrunner.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.act.Backoff;
import dev.smsrunner.act.Refusals;
import dev.smsrunner.drive.Decision;
import dev.smsrunner.drive.Observation;
import dev.smsrunner.drive.Policy;
import dev.smsrunner.jobfile.Cutover;
import dev.smsrunner.ledger.Call;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** An update that had no effect, and what a retry makes of it. */
class UpdateJobTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final Policy POLICY = new Policy(
            Cutover.When.MANUAL, null, 0, Duration.ofMinutes(30), null, Duration.ofSeconds(15), Duration.ofSeconds(1));

    /** A task that keeps its priority, whatever is sent. */
    private final SmsApi sms = (SmsApi) Proxy.newProxyInstance(
            SmsApi.class.getClassLoader(),
            new Class<?>[] {SmsApi.class},
            (proxy, method, values) ->
                    method.getName().equals("showTaskFields") ? JSON.readTree("{\"priority\": 1}") : null);

    @Test
    void aRetrySendsAgainWhatHadNoEffect() {
        var earlier = Intent.open(1, Operation.EDIT, 1, "t-1", NOW.minusSeconds(60))
                .answered(CallState.DONE, NOW.minusSeconds(60), 200, null, null, null);
        var job = job(List.of(earlier));
        var row = Migration.planned("run", 1, 2, "server", "", 1, List.of(), NOW)
                .matched("s-1", "t-1")
                .reached(Stage.STARTED, NOW)
                .withCall(new Call(Operation.EDIT, CallState.DONE, 1, NOW.minusSeconds(60)));

        var failed = (Decision.Close) job.decide(row, seen(), NOW);
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.reason()).contains("without effect on priority");

        job.retried(1);
        var again = row.closed(failed.outcome(), failed.reason(), NOW).reopened(Stage.PLANNED, NOW);
        assertThat(job.decide(again, seen(), NOW)).isEqualTo(new Decision.Send());
    }

    private UpdateJob job(List<Intent> earlier) {
        return new UpdateJob(
                sms,
                null,
                row -> "{\"fields\": {\"priority\": 2}, \"rules\": []}",
                Path.of("."),
                earlier,
                POLICY,
                new Refusals(new Backoff(Duration.ofSeconds(30), new Random(1))),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Observation seen() {
        var source = JSON.readValue(
                "{\"id\":\"s-1\",\"state\":\"waiting\",\"connected\":true,\"current_task\":{\"id\":\"t-1\",\"state\":\"READY\"}}",
                SourceServer.class);
        return Observation.of(source, NOW);
    }
}
