package dev.smsrunner.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatesTests {

    private static final Set<String> OURS = Set.of("UNKNOWN", "ABSENT");

    @ParameterizedTest
    @EnumSource(CopyState.class)
    void copyStatesAreReadInAnyLetterCase(CopyState state) {
        CopyState expected = OURS.contains(state.name()) ? CopyState.UNKNOWN : state;

        assertThat(CopyState.of(state.name())).isEqualTo(expected);
        assertThat(CopyState.of(" " + state.name().toLowerCase(Locale.ROOT) + "\n"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(MigrationCycle.class)
    void cyclesAreReadInAnyLetterCase(MigrationCycle cycle) {
        MigrationCycle expected = OURS.contains(cycle.name()) ? MigrationCycle.UNKNOWN : cycle;

        assertThat(MigrationCycle.of(cycle.name())).isEqualTo(expected);
        assertThat(MigrationCycle.of(cycle.name().toLowerCase(Locale.ROOT))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void taskStatesAreReadInAnyLetterCase(TaskState state) {
        TaskState expected = OURS.contains(state.name()) ? TaskState.UNKNOWN : state;

        assertThat(TaskState.of(state.name())).isEqualTo(expected);
        assertThat(TaskState.of(state.name().toLowerCase(Locale.ROOT))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"init", "INIT", "Initialize", "initialize"})
    void initialisingHasTwoSpellings(String text) {
        assertThat(CopyState.of(text)).isEqualTo(CopyState.INITIALIZE);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, MIGRATE_SUCCESS",
        "fail, MIGRATE_FAIL",
        "RESETTING, RESETING",
        "CUTOVER_READY, UNKNOWN",
        "sync_f_rollbacking, SYNC_F_ROLLBACKING",
        "SYNC_F_ROLLBACK_SUCCESS, SYNC_F_ROLLBACK_SUCCESS"
    })
    void taskStatesOfOtherEditionsAreParsed(String text, TaskState expected) {
        assertThat(TaskState.of(text)).isEqualTo(expected);
    }

    @Test
    void aTaskIsStartableOnlyAfterItsRollback() {
        assertThat(TaskState.SYNC_F_ROLLBACK_SUCCESS.isStartable()).isTrue();
        assertThat(TaskState.SYNC_F_ROLLBACKING.isStartable()).isFalse();
        assertThat(TaskState.SYNC_F_ROLLBACKING.isFailure()).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void aMissingStateIsAbsentAndNotUnknown(String text) {
        assertThat(CopyState.of(text)).isEqualTo(CopyState.ABSENT);
        assertThat(MigrationCycle.of(text)).isEqualTo(MigrationCycle.ABSENT);
        assertThat(TaskState.of(text)).isEqualTo(TaskState.ABSENT);
    }

    @Test
    void parsingIsIndependentOfTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(CopyState.of("finished")).isEqualTo(CopyState.FINISHED);
        } finally {
            Locale.setDefault(before);
        }
    }
}
