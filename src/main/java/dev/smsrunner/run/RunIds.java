package dev.smsrunner.run;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Generator of run ids: short, sortable by time (UTC), printable, safe in file names. */
record RunIds(Clock clock, RandomGenerator random) {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.UTC);

    /** For example {@code 20261121-2200-7f3c}. */
    String next() {
        return "%s-%04x".formatted(MINUTE.format(clock.instant()), random.nextInt(0x10000));
    }
}
