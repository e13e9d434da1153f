package dev.smsrunner.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.FakeSms;
import org.junit.jupiter.api.Test;

/** Which templates there are, and how often that is asked. */
class TemplateIndexTests {

    private final FakeSms sms = new FakeSms();
    private final TemplateIndex templates = new TemplateIndex(sms);

    @Test
    void theListIsReadOnceByPages() {
        for (int i = 1; i <= 150; i++) {
            sms.template("template-" + i);
        }

        assertThat(templates.check("template-1")).isEmpty();
        assertThat(templates.check("template-150")).isEmpty();
        assertThat(sms.calls()).containsExactly("ListTemplates 0", "ListTemplates 100");
    }

    @Test
    void oneThatIsNotListedIsAskedForOnce() {
        assertThat(templates.check("nowhere")).hasValueSatisfying(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.text()).startsWith("There is no template nowhere (SMS.7101)");
        });
        templates.check("nowhere");

        assertThat(sms.calls()).containsExactly("ListTemplates 0", "ShowTemplate nowhere");
    }

    @Test
    void aTemporaryOneThatTheListLeavesOutIsFine() {
        assertThat(templates.check("other")).isPresent();
        sms.template("temporary");

        assertThat(templates.check("temporary")).isEmpty();
    }

    @Test
    void whatCannotBeCheckedIsAWarning() {
        sms.refuse("ListTemplates", Failures.unknown("ListTemplates"));
        sms.refuse("ShowTemplate", Failures.unknown("ShowTemplate"));

        assertThat(templates.check("template-1")).hasValueSatisfying(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.text()).startsWith("The template template-1 could not be checked: ShowTemplate");
        });
    }

    @Test
    void refusedCredentialsAreNotSwallowed() {
        sms.refuse("ListTemplates", Failures.denied("ListTemplates"));

        assertThatThrownBy(() -> templates.check("template-1")).isInstanceOf(ApiException.class);
    }
}
