package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayedTablesTests {

    @Test
    void intentsAreSeparatedByRow() {
        var events = new EventFixtures();
        var replayed = new ReplayedTables();
        replayed.apply(events.intake("{\"rows\":{\"1\":\"a\",\"2\":\"b\",\"10\":\"c\"}}"));
        replayed.apply(events.call(1, "CREATE", 1, "DONE"));
        replayed.apply(events.call(1, "START", 2, "OPEN"));
        replayed.apply(events.call(10, "CREATE", 1, "DONE"));
        replayed.apply(events.call(2, "CREATE", 1, "DONE"));

        assertThat(replayed.intents(1)).containsOnlyKeys("1 CREATE 1", "1 START 2");
        assertThat(replayed.intents(10)).containsOnlyKeys("10 CREATE 1");
        assertThat(replayed.intents(100)).isEmpty();
    }
}
