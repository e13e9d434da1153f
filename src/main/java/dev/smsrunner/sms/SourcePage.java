package dev.smsrunner.sms;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Page of ListServers (API reference 2026-01-27).
 *
 * @param count number of all matches, not only of this page; null when the service gives none
 */
@Payload
public record SourcePage(@Nullable Integer count, @Nullable List<SourceServer> sourceServers) implements ListPage {

    public SourcePage {
        sourceServers = sourceServers == null ? null : Elements.of(sourceServers);
    }

    /** Elements of the page; empty when the answer has none. */
    @Override
    public List<SourceServer> sourceServers() {
        return Objects.requireNonNullElse(sourceServers, List.of());
    }

    @Override
    public boolean hasList() {
        return sourceServers != null;
    }
}
