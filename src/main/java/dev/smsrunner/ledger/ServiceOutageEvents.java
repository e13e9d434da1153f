package dev.smsrunner.ledger;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The two events of a run that tell other processes of an outage of the service: that it cannot be looked at, and that it can
 * again.
 */
public final class ServiceOutageEvents {

    static final String AWAY = "SERVICE AWAY";
    static final String BACK = "SERVICE BACK";

    private static final Pattern SINCE = Pattern.compile("since (\\S+): ");

    private ServiceOutageEvents() {}

    /** The service cannot be looked at since that time; what the last call met. */
    public static EventDraft begin(Instant since, String met) {
        return EventDraft.ofRun(AWAY, "since %s: %s".formatted(since, met));
    }

    /** The service was looked at again. */
    public static EventDraft end(Instant since) {
        return EventDraft.ofRun(BACK, "it was away since " + since);
    }

    /**
     * Since when the service cannot be looked at, by the latest of these events; null when it can.
     *
     * @param at when the event was written, for an event that does not tell
     */
    static @Nullable Instant since(@Nullable String after, @Nullable String detail, @Nullable Instant at) {
        if (!AWAY.equals(after)) {
            return null;
        }
        var matcher = SINCE.matcher(detail == null ? "" : detail);
        try {
            return matcher.lookingAt() ? Instant.parse(matcher.group(1)) : at;
        } catch (DateTimeParseException ex) {
            return at;
        }
    }
}
