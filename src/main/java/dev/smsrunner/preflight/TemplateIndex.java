package dev.smsrunner.preflight;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.VmTemplate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which virtual machine templates there are; asked once, and once more for each that the list does not show. */
final class TemplateIndex {

    private final SmsApi sms;
    private final Map<String, Optional<Finding>> confirmed = new HashMap<>();
    private @Nullable Set<String> listed;

    TemplateIndex(SmsApi sms) {
        this.sms = sms;
    }

    /** What is wrong with the template, empty when it is there. */
    Optional<Finding> check(String templateId) {
        if (listed == null) {
            listed = list();
        }
        return listed.contains(templateId) ? Optional.empty() : confirmed.computeIfAbsent(templateId, this::confirm);
    }

    private Set<String> list() {
        var ids = new HashSet<String>();
        try {
            sms.eachTemplatePage(
                    page -> page.templates().stream().map(VmTemplate::id).forEach(ids::add));
            return ids;
        } catch (ApiException ex) {
            return passOnDenial(ex, ids);
        }
    }

    /** A temporary template is not in every list, so the one call that knows is asked before a row is rejected. */
    private Optional<Finding> confirm(String templateId) {
        try {
            sms.showTemplate(templateId);
            return Optional.empty();
        } catch (ApiException ex) {
            return Optional.of(passOnDenial(ex, absent(templateId, ex)));
        }
    }

    private static Finding absent(String templateId, ApiException failure) {
        if ("SMS.7101".equals(failure.errorCode())) {
            return Finding.error(
                    "There is no template %s (SMS.7101). Correct vm_template_id, or create the template.", templateId);
        }
        return Finding.warning("The template %s could not be checked: %s", templateId, failure.getMessage());
    }

    private static <T> T passOnDenial(ApiException failure, T otherwise) {
        if (failure.kind() == CallFailureKind.DENIED) {
            throw failure;
        }
        return otherwise;
    }
}
