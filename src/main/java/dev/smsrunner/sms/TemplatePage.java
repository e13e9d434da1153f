package dev.smsrunner.sms;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Page of ListTemplates (API reference 2026-01-27).
 *
 * @param count number of all matches, not only of this page; null when the service gives none
 */
@Payload
public record TemplatePage(
        @Nullable Integer count, @Nullable List<VmTemplate> templates) implements ListPage {

    public TemplatePage {
        templates = templates == null ? null : Elements.of(templates);
    }

    /** Elements of the page; empty when the answer has none. */
    @Override
    public List<VmTemplate> templates() {
        return Objects.requireNonNullElse(templates, List.of());
    }

    @Override
    public boolean hasList() {
        return templates != null;
    }
}
