package dev.smsrunner.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page of ListTemplates (API reference 2026-01-27).
 *
 * @param count number of all matches, not only of this page; null when the service gives none
 */
@Payload
public record TemplatePage(@Nullable Integer count, List<VmTemplate> templates) {

    public TemplatePage {
        templates = Elements.of(templates);
    }
}
