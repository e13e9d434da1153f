package dev.smsrunner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.sms.TaskError;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text of a failed task. */
class ObservationTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SMS.0205 | The migration of a failed., 10.0.0.3 | The clock or time zone of the source is wrong (SMS.0205)",
                "SMS.1404 | disk vdb      | A disk of the target is not in a usable state (SMS.1404). SMS: disk vdb",
                "SMS.9876 | something new | MIGRATE_FAIL with SMS.9876: something new",
                "         | disk full     | MIGRATE_FAIL: disk full"
            })
    void failureStatesTheMeaningOfItsCode(String code, String text, String expected) {
        var failed = RowFixtures.with(
                RowFixtures.seeing("MIGRATE_FAIL", "error", "replicating"), Optional.of(new TaskError(code, text)));

        assertThat(failed.failure().text()).isEqualTo(expected);
        assertThat(failed.failure().code()).isEqualTo(code);
    }

    @Test
    void failureWithoutErrorStatesTheTaskState() {
        var failed = RowFixtures.with(RowFixtures.seeing("MIGRATE_FAIL", "error", "replicating"), Optional.empty());

        assertThat(failed.failure().text()).isEqualTo("MIGRATE_FAIL, no reason given");
    }
}
