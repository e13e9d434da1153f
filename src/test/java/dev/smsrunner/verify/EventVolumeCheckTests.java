package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many events a row may have. */
class EventVolumeCheckTests {

    private final EventFixtures told = new EventFixtures();
    private final ReplayedTables fold = new ReplayedTables();
    private final Findings findings = new Findings(Map.of());
    private final EventVolumeCheck check = new EventVolumeCheck(findings);

    /** The events of this test are a second apart. */
    @Test
    void aStateThatChangesAtEachLookIsFine() {
        begins("1s");
        states(300);

        assertThat(found()).isEmpty();
        assertThat(findings.result("run", null).told())
                .singleElement()
                .satisfies(text -> assertThat(text).contains("300.0 on average, at most 300 (row 1)"));
    }

    @Test
    void moreEventsThanLooksAndCallsAccountForAreFound() {
        begins("1h");
        states(300);

        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo("I18");
            assertThat(violation.row()).isEqualTo(1);
            assertThat(violation.what()).contains("300 events", "looks and 0 calls account for");
        });
    }

    @Test
    void withoutTheTimeBetweenTwoLooksOnlyTheFiguresAreTold() {
        states(10);

        assertThat(found()).isEmpty();
        assertThat(findings.result("run", null).notChecked())
                .extracting(VerificationResult.Remark::invariant)
                .containsExactly("I18");
    }

    private void begins(String every) {
        happens(told.run(
                "RUN", "", "ADDED", "{\"run\":{\"settings\":\"{\\\"watch.every\\\":\\\"%s\\\"}\"}}".formatted(every)));
    }

    private void states(int count) {
        for (int at = 0; at < count; at++) {
            happens(told.row(1, "STATE", "", "state " + at, "", ""));
        }
    }

    private void happens(RecordedEvent event) {
        check.event(event, fold);
        fold.apply(event);
    }

    private List<Violation> found() {
        check.end(fold);
        return findings.result("run", null).violations();
    }
}
