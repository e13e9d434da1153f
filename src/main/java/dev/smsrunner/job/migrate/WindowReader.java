package dev.smsrunner.job.migrate;

import static dev.smsrunner.jobfile.MigrateSettings.*;

import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.support.Durations;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the cutover window: two times with an offset, or two local times and their zone. */
record WindowReader(EffectiveSettings settings) {

    /** Cutover window; null when there is none, or when it is invalid. */
    CutoverSettings.@Nullable Window read() {
        if (!isGiven()) {
            return null;
        }
        ZonedDateTime open = settings.find(OPEN);
        ZonedDateTime close = settings.find(CLOSE);
        Duration lockout = settings.value(LOCKOUT);
        if (open == null || close == null) {
            return null;
        }
        new OffsetCheck(settings).compare(CLOSE, close, open);
        if (!close.isAfter(open)) {
            settings.conflict(
                    CLOSE, QuotedText.of(close.toString()), OPEN.key() + " " + open, "write a close after the opening");
        } else if (!close.minus(lockout).isAfter(open)) {
            settings.conflict(
                    LOCKOUT,
                    Durations.write(lockout),
                    "a window from " + OPEN.key() + " to " + CLOSE.key() + " of only "
                            + Durations.write(Duration.between(open, close)),
                    "make the lockout shorter or the window longer");
        }
        return new CutoverSettings.Window(open.toInstant(), close.toInstant(), lockout, open.getZone());
    }

    private boolean isGiven() {
        return settings.hasBlock("cutover.window")
                || Stream.of(OPEN, CLOSE, ZONE, LOCKOUT).anyMatch(settings::has);
    }
}
