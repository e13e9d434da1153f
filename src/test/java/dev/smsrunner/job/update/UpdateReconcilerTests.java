package dev.smsrunner.job.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.preflight.Finding;
import dev.smsrunner.preflight.SourceMatcher;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Plan of a task, an update without effect, and its retry. */
class UpdateReconcilerTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final DecisionPolicy POLICY = new DecisionPolicy(
            CutoverSettings.LaunchMode.MANUAL,
            CutoverWindows.NONE,
            0,
            Duration.ofMinutes(30),
            null,
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            CutoverSettings.OnDifference.WARN,
            Duration.ofMinutes(5));

    /** A task that keeps its priority, whatever the call contains. */
    private final SmsApi sms = (SmsApi) Proxy.newProxyInstance(
            SmsApi.class.getClassLoader(),
            new Class<?>[] {SmsApi.class},
            (proxy, method, values) ->
                    method.getName().equals("showTaskFields") ? JSON.readTree("{\"priority\": 1}") : null);

    @Test
    void retrySendsIneffectiveUpdateAgain() {
        var earlier = Intent.open(1, Operation.EDIT, 1, "t-1", NOW.minusSeconds(60))
                .withAnswer(CallState.DONE, NOW.minusSeconds(60), 200, null, null, null);
        var job = job(List.of(earlier));
        var row = LedgerRow.planned("run", 1, 2, "server", "", 1, List.of(), NOW)
                .withSource("s-1", "t-1")
                .withStage(Stage.STARTED, NOW)
                .withCall(new RowCall(Operation.EDIT, CallState.DONE, 1, NOW.minusSeconds(60)));

        var failed = (Decision.Finish) job.decide(row, observe(), NOW);
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.reason()).contains("without effect on priority");

        job.onRetry(1);
        var again = row.end(failed.outcome(), failed.reason(), NOW).reopen(Stage.PLANNED, NOW);
        assertThat(job.decide(again, observe(), NOW)).isEqualTo(new Decision.Send());
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, priority, 2, true",
        "SYNCING, priority, 2, true",
        "SKIPPING, priority, 2, true",
        "READY, priority, 2, false",
        "MIGRATE_SUCCESS, priority, 2, false",
        "RUNNING, speed_limit_rules, 08:00-18:00=50, false"
    })
    void planWarnsAboutTaskUnderWay(String state, String column, String cell, boolean warned) {
        var judged = judged("{\"state\": \"%s\", \"priority\": 1}".formatted(state), Map.of(column, cell));

        assertThat(judged.plannedChange()).startsWith("update task t-1: ");
        assertThat(judged.findings())
                .isEqualTo(
                        warned
                                ? List.of(Finding.warning(
                                        "Its task t-1 is %s. The update is sent nevertheless; SMS may refuse it, or accept it without effect, and then the row ends FAILED. Wait until the task is idle, or pause it (job action, operation stop).",
                                        state))
                                : List.of());
    }

    @Test
    void newElementNeedsAllFields() {
        var shown = "{\"state\": \"READY\", \"target_server\": {\"ip\": \"10.0.0.7\", \"name\": \"x\","
                + " \"os_type\": \"LINUX\", \"vm_id\": \"ecs-1\", \"disks\": [{\"name\": \"/dev/vda\", \"size\": 5}]}}";
        var cell = "{\"target_server\": {\"disks\": [{\"name\": \"/dev/vdz\"%s}]}}";

        assertThat(judged(shown, Map.of("update_json", cell.formatted(""))).findings())
                .containsExactly(
                        Finding.error(
                                "update_json: target_server.disks[0]: the task has no disk /dev/vdz (it has /dev/vda). Correct the name, or set size too, to add it."));
        assertThat(judged(shown, Map.of("update_json", cell.formatted(", \"size\": 9"))))
                .isEqualTo(
                        new SourceMatcher.Assessment(
                                List.of(),
                                "update task t-1: adds disk /dev/vdz",
                                "{\"fields\":{\"target_server\":{\"disks\":[{\"name\":\"/dev/vdz\",\"size\":9}]}},\"rules\":[]}"));
    }

    @Test
    void planWarnsAboutTaskWithoutTarget() {
        var shown =
                "{\"state\": \"READY\", \"priority\": 1, \"target_server\": {\"ip\": \"10.0.0.7\", \"vm_id\": null}}";

        assertThat(judged(shown, Map.of("priority", "2")).findings())
                .containsExactly(
                        Finding.warning(
                                "Its task t-1 shows neither a template nor an existing target server, so SMS may refuse its update. Set vm_template_id in the row, or vm_id of target_server in update_json."));
        assertThat(judged(shown, Map.of("vm_template_id", "template-1")).findings())
                .isEmpty();
    }

    private static SourceMatcher.Assessment judged(String shown, Map<String, String> cells) {
        var sms = (SmsApi) Proxy.newProxyInstance(
                SmsApi.class.getClassLoader(),
                new Class<?>[] {SmsApi.class},
                (proxy, method, values) ->
                        JSON.readTree(method.getName().equals("showTaskFields") ? shown : "{\"speed_limit\": []}"));
        var source = JSON.readValue("{\"id\":\"s-1\"}", SourceServer.class);
        var row = InventoryRow.restore(1, 2, cells, Map.of());
        return UpdatePlan.judge(sms, Path.of("."), new SourceMatcher.Candidate(row, source, "t-1"));
    }

    private UpdateReconciler job(List<Intent> earlier) {
        return new UpdateReconciler(
                sms,
                null,
                row -> "{\"fields\": {\"priority\": 2}, \"rules\": []}",
                Path.of("."),
                earlier,
                POLICY,
                new CallFailurePolicy(CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(1))),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Observation observe() {
        var source = JSON.readValue(
                "{\"id\":\"s-1\",\"state\":\"waiting\",\"connected\":true,\"current_task\":{\"id\":\"t-1\",\"state\":\"READY\"}}",
                SourceServer.class);
        return Observation.of(source, NOW);
    }
}
