package dev.smsrunner.job.migrate.task;

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
 * Cache of the source servers, at most a minute old. No task is created on older observations. A more recent preflight counts, so
 * most runs need no list of their own.
 */
final class SourceCache {

    private static final Duration MAX_AGE = Duration.ofSeconds(60);

    private final SmsApi sms;
    private final Clock clock;
    private @Nullable Instant readAt;
    private @Nullable Map<String, SourceServer> sources;
    private boolean complete = true;

    SourceCache(SmsApi sms, Clock clock) {
        this.sms = sms;
        this.clock = clock;
    }

    /** Records that another component just read and evaluated the sources. */
    void markFresh() {
        readAt = clock.instant();
        sources = null;
    }

    /** Reads all sources if the last read is too old (ListServers, in pages of 200). */
    void refresh() {
        var now = clock.instant();
        if (readAt != null && now.isBefore(readAt.plus(MAX_AGE))) {
            return;
        }
        var found = new HashMap<String, SourceServer>();
        complete = sms.eachSourcePage(page -> page.sourceServers().forEach(source -> found.put(source.id(), source)))
                .isComplete();
        readAt = now;
        sources = found;
    }

    /** Whether the cache has observations that no other component has evaluated. */
    boolean hasNewObservations() {
        return sources != null;
    }

    /** Source as observed; empty when it was not listed. A source that an incomplete list lacks is looked up by ShowServer. */
    Optional<SourceServer> find(@Nullable String source) {
        if (sources == null || source == null) {
            return Optional.empty();
        }
        return complete || sources.containsKey(source) ? Optional.ofNullable(sources.get(source)) : lookUpById(source);
    }

    private Optional<SourceServer> lookUpById(String source) {
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
