package dev.smsrunner.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of all points. */
class TrialShardTests {

    @Test
    void eachPointIsInOneShard() {
        for (int number = 1; number <= 100; number++) {
            var point = "outcomes committed#" + number;

            assertThat(IntStream.rangeClosed(1, 6)
                            .filter(shard -> TrialShard.of(shard + "/6").contains(DatabaseKind.H2, point)))
                    .as(point)
                    .hasSize(1);
        }
    }

    @Test
    void shardsOfConsecutivePointsHaveEqualSizes() {
        assertThat(IntStream.rangeClosed(1, 6))
                .allSatisfy(shard -> assertThat(IntStream.rangeClosed(100, 159)
                                .filter(number -> new TrialShard(shard, 6)
                                        .contains(DatabaseKind.POSTGRESQL, "before the call#" + number)))
                        .hasSizeBetween(5, 15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/6", "7/6", "1", "1/0", "one/6", "1/6 "})
    void textThatNamesNoShardIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrialShard.of(text))
                .withMessageContaining("shard");
    }
}
