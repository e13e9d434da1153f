package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
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

    @Test
    void orderIsThatOfNamesWhoseNumbersHaveEqualLength() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String left = name(random);
            String right = name(random);

            int expected = Integer.signum(paddedName(left).compareTo(paddedName(right)));

            int actual = Integer.signum(WaveOrder.NATURAL.compare(left, right));
            assertThat(actual).as("%s, %s", left, right).isEqualTo(expected == 0 ? signum(left, right) : expected);
        }
    }

    private static int signum(String left, String right) {
        return Integer.signum(left.compareTo(right));
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder("w");
        for (int i = random.nextInt(7); i > 0; i--) {
            name.append("0019.-aAB".charAt(random.nextInt(9)));
        }
        return name.toString();
    }

    private static String paddedName(String name) {
        return Pattern.compile("\\d+")
                .matcher(name.toLowerCase(Locale.ROOT))
                .replaceAll(number -> "%09d".formatted(Integer.parseInt(number.group())));
    }
}
