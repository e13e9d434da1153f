package dev.smsrunner.job.migrate.preflight;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.preflight.Finding;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.VmTemplate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Index of the virtual machine templates. The list is read once; a template that it lacks is queried once. */
final class TemplateIndex {

    private final SmsApi sms;
    private final Map<String, Optional<Finding>> findings = new HashMap<>();
    private @Nullable Set<String> listed;

    TemplateIndex(SmsApi sms) {
        this.sms = sms;
    }

    /** Finding about the template; empty when the template exists. */
    Optional<Finding> check(String templateId) {
        if (listed == null) {
            listed = list();
        }
        return listed.contains(templateId) ? Optional.empty() : findings.computeIfAbsent(templateId, this::confirm);
    }

    private Set<String> list() {
        var ids = new HashSet<String>();
        try {
            sms.eachTemplatePage(
                    page -> page.templates().stream().map(VmTemplate::id).forEach(ids::add));
            return ids;
        } catch (ApiException ex) {
            return rethrowDenial(ex, ids);
        }
    }

    /** Queries one template before a row is rejected, since the list may omit a temporary template. */
    private Optional<Finding> confirm(String templateId) {
        try {
            sms.showTemplate(templateId);
            return Optional.empty();
        } catch (ApiException ex) {
            return Optional.of(rethrowDenial(ex, absenceFinding(templateId, ex)));
        }
    }

    private static Finding absenceFinding(String templateId, ApiException failure) {
        if ("SMS.7101".equals(failure.errorCode())) {
            return Finding.error(
                    "Template %s does not exist (SMS.7101). Correct vm_template_id, or create the template.",
                    templateId);
        }
        return Finding.warning("Cannot check template %s: %s", templateId, failure.getMessage());
    }

    private static <T> T rethrowDenial(ApiException failure, T fallback) {
        if (failure.kind() == CallFailureKind.DENIED) {
            throw failure;
        }
        return fallback;
    }
}
