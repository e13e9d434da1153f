package dev.smsrunner.chaos.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What befalls a process that goes on: its clock is set, memory runs out at a point, a thread hangs there. */
public final class Troubles {

    /** The point at which it happens, as in {@link Points#KILL}. */
    public static final String AT = "trial.trouble.at";

    /** What happens there: the simple name of an error, or {@value #HANGS}. */
    public static final String WHAT = "trial.trouble";

    /** The thread never comes back. */
    public static final String HANGS = "hangs";

    /** A file with the seconds by which the clock of the machine is wrong. */
    public static final String CLOCK = "trial.clock";

    /** Milliseconds after which a process whose work stands still ends itself. */
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
                case "OutOfMemoryError" -> throw new OutOfMemoryError("as the trial wants it");
                case "StackOverflowError" -> throw new StackOverflowError("as the trial wants it");
                case HANGS -> hang();
                default -> throw new IllegalStateException("as the trial wants it");
            }
        }
    }

    private static void hang() {
        while (true) {
            try {
                Thread.sleep(Duration.ofDays(1).toMillis());
            } catch (InterruptedException ex) {
                // nothing brings it back
            }
        }
    }

    /** What the clock of the machine says. */
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

    /** After how long it ends itself. */
    public static Duration standstill(Duration usual) {
        return Duration.ofMillis(Long.getLong(STANDSTILL, usual.toMillis()));
    }
}
