package dev.smsrunner.task;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the sources look like now, as far as it is needed: nothing is created on what was seen longer than a minute ago. A
 * preflight that is younger counts, so that most runs need no look of their own.
 */
final class SourceCache {

    private static final Duration KEPT = Duration.ofSeconds(60);

    private final SmsApi sms;
    private final Clock clock;
    private @Nullable Instant at;
    private @Nullable Map<String, SourceServer> sources;
    private boolean complete = true;

    SourceCache(SmsApi sms, Clock clock) {
        this.sms = sms;
        this.clock = clock;
    }

    /** Somebody else just looked and has judged what was to be seen. */
    void looked() {
        at = clock.instant();
        sources = null;
    }

    /** Looks at all sources when the last look is too old (ListServers, by pages of 200). */
    void refresh() {
        var now = clock.instant();
        if (at != null && now.isBefore(at.plus(KEPT))) {
            return;
        }
        var found = new HashMap<String, SourceServer>();
        complete = sms.eachSourcePage(page -> page.sourceServers().forEach(source -> found.put(source.id(), source)))
                .isComplete();
        at = now;
        sources = found;
    }

    /** Whether there is more to be known of the sources than what was judged already. */
    boolean tells() {
        return sources != null;
    }

    /**
     * The source as it was seen; empty when it was not to be seen. One that an incomplete list does not show is asked for alone
     * (ShowServer).
     */
    Optional<SourceServer> of(@Nullable String source) {
        if (sources == null || source == null) {
            return Optional.empty();
        }
        return complete || sources.containsKey(source) ? Optional.ofNullable(sources.get(source)) : alone(source);
    }

    private Optional<SourceServer> alone(String source) {
        try {
            return Optional.of(sms.showSource(source));
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.REFUSED) {
                return Optional.empty();
            }
            throw ex;
        }
    }
}
