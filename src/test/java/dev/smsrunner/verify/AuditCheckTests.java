package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The limits of a run, which a person may change when it goes on, against what a service heard. */
class AuditCheckTests {

    private static final Instant CHANGED = EventFixtures.BEGUN.plus(Duration.ofMinutes(1));

    private final List<AuditLine> heard = new ArrayList<>();
    private final List<Map<String, @Nullable Object>> intents = new ArrayList<>();

    @Test
    void tasksBeyondTheLimitOfThenAreFound() {
        for (int task = 1; task <= 3; task++) {
            hear(EventFixtures.BEGUN.plusSeconds(task), "start", "task-" + task, "RUNNING/replicate/0");
        }

        assertThat(found(limits("limits.concurrent", "3", "2"))).isEmpty();
        assertThat(found(limits("limits.concurrent", "2", "3")))
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).isEqualTo("3 tasks ran at once, 2 are allowed"));
    }

    @Test
    void aTaskThatIsStartedAfterTheLimitWasLoweredIsHeldAgainstTheLowerOne() {
        for (int task = 1; task <= 3; task++) {
            hear(CHANGED.plusSeconds(task - 3), "start", "task-" + task, "RUNNING/replicate/0");
        }

        assertThat(found(limits("limits.concurrent", "3", "2"))).hasSize(1);
    }

    @Test
    void callsBeyondTheRateOfThenAreFound() {
        for (int call = 0; call < 30; call++) {
            hear(EventFixtures.BEGUN.plusMillis(call), "ShowTask", "task-1", "");
        }

        assertThat(found(limits("limits.requests-per-second", "10", "1"))).isEmpty();
        assertThat(found(limits("limits.requests-per-second", "1", "10")))
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.what()).isEqualTo("22 calls within 10 s, 1 a second are allowed"));
    }

    @Test
    void callsThatWentByTheRateOfBeforeAreFineWhileTheNewOneBegins() {
        for (int call = 0; call < 30; call++) {
            hear(CHANGED.plusMillis(call - 29), "ShowTask", "task-1", "");
        }

        assertThat(found(limits("limits.requests-per-second", "10", "1"))).isEmpty();
    }

    @Test
    void aLaunchBySmsItselfIsFoundWhereThisRunStartedTheTaskAndThePersonWasToLaunchIt() {
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
        hear(EventFixtures.BEGUN.plusSeconds(9), "launch", "task-1", "MIGRATE_SUCCESS/finished/100");
        heard.add(new AuditLine(
                9,
                EventFixtures.BEGUN,
                EventFixtures.BEGUN,
                "launch",
                "",
                "task-2",
                "",
                "EXECUTED",
                "",
                "",
                "MIGRATE_SUCCESS/finished/100",
                ""));

        assertThat(found("I4", at -> new RecordedSettings(Map.of("cutover.when", "manual"))))
                .as("somebody else started the task of row 2")
                .singleElement()
                .satisfies(violation -> assertThat(violation.what())
                        .endsWith("the launch was left to a person (cutover.when: manual)"));
        assertThat(found("I4", at -> new RecordedSettings(Map.of("cutover.when", "synced"))))
                .isEmpty();
    }

    private static Function<Instant, RecordedSettings> limits(String key, String before, String after) {
        return at -> new RecordedSettings(Map.of(key, at.isBefore(CHANGED) ? before : after));
    }

    private List<Violation> found(Function<Instant, RecordedSettings> agreedAt) {
        return found("I10", agreedAt);
    }

    private List<Violation> found(String invariant, Function<Instant, RecordedSettings> agreedAt) {
        var findings = new Findings(Map.of());
        new AuditCheck(heard, tables(), agreedAt, (row, from, to) -> false, findings).check();
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

    /** We look at it, and then do it. */
    private void hear(Instant at, String operation, String task, String after) {
        if (!operation.equals("ShowTask")) {
            hear(at, "ShowTask", task, "");
        }
        long seq = heard.size() + 1L;
        heard.add(new AuditLine(seq, at, at, operation, "", task, "request-" + seq, "EXECUTED", "", "", after, "us"));
    }
}
