package dev.smsrunner.job.migrate.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.preflight.Finding;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.FakeSms;
import org.junit.jupiter.api.Test;

/** Existing templates, and the number of queries. */
class TemplateIndexTests {

    private final FakeSms sms = new FakeSms();
    private final TemplateIndex templates = new TemplateIndex(sms);

    @Test
    void listIsReadOnceInPages() {
        for (int i = 1; i <= 150; i++) {
            sms.template("template-" + i);
        }

        assertThat(templates.check("template-1")).isEmpty();
        assertThat(templates.check("template-150")).isEmpty();
        assertThat(sms.calls()).containsExactly("ListTemplates 0", "ListTemplates 100");
    }

    @Test
    void unlistedTemplateIsQueriedOnce() {
        assertThat(templates.check("nowhere")).hasValueSatisfying(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.text()).startsWith("Template nowhere does not exist (SMS.7101)");
        });
        templates.check("nowhere");

        assertThat(sms.calls()).containsExactly("ListTemplates 0", "ShowTemplate nowhere");
    }

    @Test
    void temporaryTemplateOutsideListIsAccepted() {
        assertThat(templates.check("other")).isPresent();
        sms.template("temporary");

        assertThat(templates.check("temporary")).isEmpty();
    }

    @Test
    void uncheckableTemplateIsAWarning() {
        sms.refuse("ListTemplates", Failures.unknown("ListTemplates"));
        sms.refuse("ShowTemplate", Failures.unknown("ShowTemplate"));

        assertThat(templates.check("template-1")).hasValueSatisfying(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.text()).startsWith("Cannot check template template-1: ShowTemplate");
        });
    }

    @Test
    void deniedCredentialsAreRethrown() {
        sms.refuse("ListTemplates", Failures.denied("ListTemplates"));

        assertThatThrownBy(() -> templates.check("template-1")).isInstanceOf(ApiException.class);
    }
}
