package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventVolumeCheckTests {

    private final EventFixtures events = new EventFixtures();
    private final ReplayedTables replayed = new ReplayedTables();
    private final Findings findings = new Findings(Map.of());
    private final EventVolumeCheck check = new EventVolumeCheck(findings);

    @Test
    void stateChangeAtEachPollHasNoViolation() {
        start("1s");
        states(300);

        assertThat(found()).isEmpty();
        assertThat(findings.result("run", null).notes())
                .singleElement()
                .satisfies(text -> assertThat(text).contains("300.0 on average, at most 300 (row 1)"));
    }

    @Test
    void moreEventsThanPollsAndCallsExplainAreFound() {
        start("1h");
        states(300);

        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo("I18");
            assertThat(violation.row()).isEqualTo(1);
            assertThat(violation.what()).contains("300 events", "polls and 0 calls explain");
        });
    }

    @Test
    void withoutPollIntervalTheCheckIsOmitted() {
        states(10);

        assertThat(found()).isEmpty();
        assertThat(findings.result("run", null).notChecked())
                .extracting(VerificationResult.Remark::invariant)
                .containsExactly("I18");
    }

    private void start(String every) {
        apply(events.run(
                "RUN", "", "ADDED", "{\"run\":{\"settings\":\"{\\\"watch.every\\\":\\\"%s\\\"}\"}}".formatted(every)));
    }

    private void states(int count) {
        for (int at = 0; at < count; at++) {
            apply(events.row(1, "STATE", "", "state " + at, "", ""));
        }
    }

    private void apply(RecordedEvent event) {
        check.event(event, replayed);
        replayed.apply(event);
    }

    private List<Violation> found() {
        check.end(replayed);
        return findings.result("run", null).violations();
    }
}
