package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals and warnings before a secret leaves the machine. */
class SafetyTests extends ScenarioTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254",
                "https://169.254.169.254/latest",
                "https://[::ffff:169.254.169.254]",
                "https://[64:ff9b::a9fe:a9fe]",
                "http://iam.example.com",
                "https://user:canary@iam.example.com",
                "https://iam.example.com?canary",
                "file:///etc/passwd",
                "canary"
            })
    void passwordIsNotSentToAnInvalidIamAddress(String endpoint) {
        var scenario = scenario(1)
                .job("service.auth", "password")
                .environment("HUAWEICLOUD_IAM_ENDPOINT", endpoint)
                .environment("HUAWEICLOUD_DOMAIN_NAME", "account-1")
                .environment("HUAWEICLOUD_USER_NAME", "migrator")
                .environment("HUAWEICLOUD_PASSWORD", "canary");

        var result = scenario.plan().exits(2).prints("IAM_ENDPOINT");

        assertThat(result.err()).doesNotContain("canary");
    }

    @Test
    void warningPrecedesAnUnverifiedDatabaseConnection() {
        var scenario =
                scenario(1).environment("SMS_RUNNER_DB_URL", "jdbc:postgresql://db.invalid:5432/x?sslmode=require");

        var result = scenario.run().exits(4);

        assertThat(result.err())
                .containsSubsequence("warning: The connection to the database at db.invalid", "verify-full", "error:");
    }
}
