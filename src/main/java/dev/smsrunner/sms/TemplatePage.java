package dev.smsrunner.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of ListTemplates (API reference 2026-01-27).
 *
 * @param count all matches, not the ones of this page; null when the service did not say
 */
@Payload
public record TemplatePage(@Nullable Integer count, List<VmTemplate> templates) {

    public TemplatePage {
        templates = Elements.of(templates);
    }
}
