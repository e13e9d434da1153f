package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The order of waves by their names. */
class WaveOrderTests {

    @Test
    void numbersSortByValueAndNoWaveIsLast() {
        var ordered =
                List.of("1", "2", "10", "Wave-1", "wave-1b", "wave-2", "wave-2.9", "wave-2.10", "wave-10", "zeta", "");
        for (int seed = 0; seed < 20; seed++) {
            var shuffled = new ArrayList<>(ordered);
            Collections.shuffle(shuffled, new Random(seed));

            shuffled.sort(WaveOrder.NATURAL);

            assertThat(shuffled).containsExactlyElementsOf(ordered);
        }
    }

    @Test
    void differentNamesAreNeverEqual() {
        assertThat(WaveOrder.NATURAL.compare("wave-1", "Wave-1")).isNotZero();
        assertThat(WaveOrder.NATURAL.compare("wave-01", "wave-1")).isNotZero();
        assertThat(WaveOrder.NATURAL.compare("wave-1", "wave-1")).isZero();
    }

    @Test
    void manyDigitsAreHandled() {
        assertThat(WaveOrder.NATURAL.compare("w" + "9".repeat(60), "w" + "8".repeat(60)))
                .isPositive();
    }
}
