package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.job.BulkJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.MissingNode;

/** Limits of a run, which a resume may change, against the audit. */
class AuditCheckTests {

    private static final Instant CHANGED = EventFixtures.BEGUN.plus(Duration.ofMinutes(1));

    private final List<AuditLine> entries = new ArrayList<>();
    private final List<Map<String, @Nullable Object>> intents = new ArrayList<>();

    @Test
    void tasksAboveTheLimitOfThatTimeAreFound() {
        for (int task = 1; task <= 3; task++) {
            record(EventFixtures.BEGUN.plusSeconds(task), "start", "task-" + task, "RUNNING/replicate/0");
        }

        assertThat(violations(limits("limits.concurrent", "3", "2"))).isEmpty();
        assertThat(violations(limits("limits.concurrent", "2", "3")))
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).isEqualTo("3 concurrent tasks, the limit is 2"));
    }

    @Test
    void taskStartedAfterALoweredLimitIsFound() {
        for (int task = 1; task <= 3; task++) {
            record(CHANGED.plusSeconds(task - 3), "start", "task-" + task, "RUNNING/replicate/0");
        }

        assertThat(violations(limits("limits.concurrent", "3", "2"))).hasSize(1);
    }

    @Test
    void callsAboveTheRateOfThatTimeAreFound() {
        for (int call = 0; call < 30; call++) {
            record(EventFixtures.BEGUN.plusMillis(call), "ShowTask", "task-1", "");
        }

        assertThat(violations(limits("limits.requests-per-second", "10", "1"))).isEmpty();
        assertThat(violations(limits("limits.requests-per-second", "1", "10")))
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.what()).isEqualTo("22 calls within 10 s, the limit is 1 per second"));
    }

    @Test
    void callsDuringAChangeOfTheRateMayFollowThePreviousRate() {
        for (int call = 0; call < 30; call++) {
            record(CHANGED.plusMillis(call - 29), "ShowTask", "task-1", "");
        }

        assertThat(violations(limits("limits.requests-per-second", "10", "1"))).isEmpty();
    }

    @Test
    void deletionWithoutAnIntentIsFound() {
        record(EventFixtures.BEGUN.plusSeconds(1), "DeleteTask", "task-1", "DELETING/deleting/cutovered");

        assertThat(violations("I8", limits("limits.concurrent", "3", "3")))
                .singleElement()
                .satisfies(violation -> assertThat(violation.what())
                        .isEqualTo("DeleteTask of task-1 arrived without an intent before it"));
    }

    @Test
    void automaticLaunchOfAManualCutoverIsFound() {
        intents.add(new HashMap<>(Map.of(
                "row_no",
                1L,
                "operation",
                "START",
                "state",
                "DONE",
                "attempt",
                1L,
                "target",
                "task-1",
                "intended_at",
                EventFixtures.BEGUN.toString(),
                "done_at",
                EventFixtures.BEGUN.toString())));
        record(EventFixtures.BEGUN.plusSeconds(9), "launch", "task-1", "MIGRATE_SUCCESS/finished/100");
        entries.add(new AuditLine(
                9,
                EventFixtures.BEGUN,
                EventFixtures.BEGUN,
                "launch",
                "",
                "task-2",
                "",
                "EXECUTED",
                "",
                "MIGRATE_SUCCESS/finished/100",
                "",
                MissingNode.getInstance()));

        assertThat(violations("I4", at -> new RecordedSettings(Map.of("cutover.when", "manual"))))
                .as("a third party started the task of row 2")
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).endsWith("but cutover.when is manual"));
        assertThat(violations("I4", at -> new RecordedSettings(Map.of("cutover.when", "synced"))))
                .isEmpty();
    }

    private static Function<Instant, RecordedSettings> limits(String key, String before, String after) {
        return at -> new RecordedSettings(Map.of(key, at.isBefore(CHANGED) ? before : after));
    }

    private List<Violation> violations(Function<Instant, RecordedSettings> settingsAt) {
        return violations("I10", settingsAt);
    }

    private List<Violation> violations(String invariant, Function<Instant, RecordedSettings> settingsAt) {
        var findings = new Findings(Map.of());
        new AuditCheck(
                        entries,
                        tables(),
                        new JobCalls(BulkJobs.calls()),
                        settingsAt,
                        (row, from, to) -> false,
                        findings)
                .check();
        return findings.result("run", null).violations().stream()
                .filter(violation -> violation.invariant().equals(invariant))
                .toList();
    }

    private Tables tables() {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (long row = 1; row <= 3; row++) {
            rows.add(new HashMap<>(Map.of("row_no", row, "source_id", "source-" + row, "task_id", "task-" + row)));
        }
        return new Tables(
                new HashMap<>(Map.of("job", "migrate", "created_at", EventFixtures.BEGUN.toString())),
                rows,
                List.of(),
                intents,
                List.of(),
                List.of());
    }

    /** Records a call with a poll before it. */
    private void record(Instant at, String operation, String task, String after) {
        if (!operation.equals("ShowTask")) {
            record(at, "ShowTask", task, "");
        }
        long seq = entries.size() + 1L;
        entries.add(new AuditLine(
                seq,
                at,
                at,
                operation,
                "",
                task,
                "request-" + seq,
                "EXECUTED",
                "",
                after,
                "us",
                MissingNode.getInstance()));
    }
}
