package dev.smsrunner.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of ListServers (API reference 2026-01-27).
 *
 * @param count all matches, not the ones of this page; null when the service did not say
 */
@Payload
public record SourcePage(@Nullable Integer count, List<SourceServer> sourceServers) {

    public SourcePage {
        sourceServers = Elements.of(sourceServers);
    }
}
