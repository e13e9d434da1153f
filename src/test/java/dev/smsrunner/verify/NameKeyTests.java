package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.inventory.ServerName;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equality of the two implementations of the server name key. */
class NameKeyTests {

    private static final List<String> PARTS = List.of(
            "a", "B", "-", ".", " ", "\u00a0", "\u200b", "\ufeff", "\t", "u\u0308", "\u00dc", "I", "\u0130", "\u0131",
            "\u00df", "\u03c2", "\u03a3", "\u212a", "\uff21", "@", "\u3000", "\u007f", "9");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db-01",
                "DB-01.",
                " db-01 . ",
                "zu\u0308rich-db",
                "Z\u00dcRICH-DB",
                "",
                "...",
                ". db",
                "a b",
                "\u0130stanbul",
                "\ufeffdb-01\u200b",
                "\u039f\u03b4\u03cc\u03c2",
                "\u212a-server"
            })
    void keysOfExamplesAreEqual(String name) {
        assertThat(NameKey.of(name)).isEqualTo(ServerName.key(name));
    }

    @Test
    void keysOfRandomNamesAreEqual() {
        var random = new Random(20_261_130);
        for (int name = 0; name < 20_000; name++) {
            var text = random.ints(1 + random.nextInt(6), 0, PARTS.size())
                    .mapToObj(PARTS::get)
                    .collect(Collectors.joining());

            assertThat(NameKey.of(text)).as(text).isEqualTo(ServerName.key(text));
        }
    }
}
