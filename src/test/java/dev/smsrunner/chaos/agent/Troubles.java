package dev.smsrunner.chaos.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Faults of a living process: a wrong clock, an error at a point, a hanging thread. */
public final class Troubles {

    /** The property with the point of the fault, as in {@link Points#KILL}. */
    public static final String AT = "trial.trouble.at";

    /** The property with the fault: the simple name of an error, or {@value #HANGS}. */
    public static final String WHAT = "trial.trouble";

    /** The thread never returns. */
    public static final String HANGS = "hangs";

    /** The property with the file of the clock offset in seconds. */
    public static final String CLOCK = "trial.clock";

    /** The property with the limit of the watchdog in milliseconds. */
    public static final String STANDSTILL = "trial.standstill";

    private static final @Nullable String POINT = System.getProperty(AT);
    private static final @Nullable String OFFSET = System.getProperty(CLOCK);

    private Troubles() {}

    static boolean expected() {
        return POINT != null;
    }

    /** The process is at a point. */
    static void at(String point) {
        if (point.equals(POINT)) {
            switch (System.getProperty(WHAT, "")) {
                case "OutOfMemoryError" -> throw new OutOfMemoryError("requested by the trial");
                case "StackOverflowError" -> throw new StackOverflowError("requested by the trial");
                case HANGS -> hang();
                default -> throw new IllegalStateException("requested by the trial");
            }
        }
    }

    private static void hang() {
        while (true) {
            try {
                Thread.sleep(Duration.ofDays(1).toMillis());
            } catch (InterruptedException ex) {
                // continues to hang
            }
        }
    }

    /** The time of the machine with the offset. */
    public static Instant set(Instant now) {
        if (OFFSET == null) {
            return now;
        }
        try {
            return now.plusSeconds(
                    Long.parseLong(Files.readString(Path.of(OFFSET)).strip()));
        } catch (IOException | NumberFormatException ex) {
            return now;
        }
    }

    /** The limit of the watchdog. */
    public static Duration standstill(Duration usual) {
        return Duration.ofMillis(Long.getLong(STANDSTILL, usual.toMillis()));
    }
}
