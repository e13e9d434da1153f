package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The tables as the events tell them. */
class ReplayedTablesTests {

    @Test
    void theIntentsOfARowAreThoseOfNoOther() {
        var told = new EventFixtures();
        var fold = new ReplayedTables();
        fold.apply(told.intake("{\"rows\":{\"1\":\"a\",\"2\":\"b\",\"10\":\"c\"}}"));
        fold.apply(told.call(1, "CREATE", 1, "DONE"));
        fold.apply(told.call(1, "START", 2, "OPEN"));
        fold.apply(told.call(10, "CREATE", 1, "DONE"));
        fold.apply(told.call(2, "CREATE", 1, "DONE"));

        assertThat(fold.intents(1)).containsOnlyKeys("1 CREATE 1", "1 START 2");
        assertThat(fold.intents(10)).containsOnlyKeys("10 CREATE 1");
        assertThat(fold.intents(100)).isEmpty();
    }
}
