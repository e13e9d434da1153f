package dev.smsrunner.ledger;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Events of a run about the start and the end of an outage of the service, for other processes. */
public final class ServiceOutageEvents {

    static final String AWAY = "SERVICE AWAY";
    static final String BACK = "SERVICE BACK";

    private static final Pattern SINCE = Pattern.compile("since (\\S+): ");

    private ServiceOutageEvents() {}

    /** Start of an outage, with the failure of the last call. */
    public static EventDraft begin(Instant since, String met) {
        return EventDraft.ofRun(AWAY, "since %s: %s".formatted(since, met));
    }

    /** End of an outage. */
    public static EventDraft end(Instant since) {
        return EventDraft.ofRun(BACK, "the service was away since " + since);
    }

    /**
     * Start of an outage, from the latest of these events; null when there is none.
     *
     * @param at time of the event, for an event without a start time
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
