package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialSourcesTests {

    private static final ServiceEndpoint SERVICE = ServiceEndpoint.of("https://sms.ap-southeast-3.myhuaweicloud.com");

    private static final Map<String, String> LOGIN =
            Map.of("HUAWEICLOUD_DOMAIN_NAME", "account", "HUAWEICLOUD_USER_NAME", "user", "HUAWEICLOUD_PASSWORD", "pw");

    @TempDir
    Path home;

    @Test
    void theFirstNameWins() {
        ResolvedCredentials found = find(Map.of(
                "HW_ACCESS_KEY",
                "third",
                "HW_SECRET_KEY",
                "s3",
                "CLOUD_SDK_AK",
                "second",
                "CLOUD_SDK_SK",
                "s2",
                "HUAWEICLOUD_SDK_AK",
                "FIRSTKEY123456",
                "HUAWEICLOUD_SDK_SK",
                "s1",
                "HUAWEICLOUD_SDK_SECURITY_TOKEN",
                "t"));

        assertThat(found.source()).isEqualTo("HUAWEICLOUD_SDK_AK in the environment");
        assertThat(found.maskedKey()).isEqualTo("FIRS****56");
        assertThat(found.credentials())
                .isEqualTo(new Credentials.AccessKey("FIRSTKEY123456", Secret.of("s1"), Secret.of("t")));
    }

    @Test
    void toStringContainsNoSecret() {
        ResolvedCredentials found = find(Map.of("CLOUD_SDK_AK", "SECONDKEY12345", "CLOUD_SDK_SK", "very-secret"));

        assertThat(found.toString()).doesNotContain("very-secret", "SECONDKEY12345");
    }

    @Test
    void halfAPairIsRejectedByName() {
        assertThatThrownBy(() -> find(Map.of("CLOUD_SDK_AK", "x")))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("CLOUD_SDK_AK is set in the environment but CLOUD_SDK_SK is not");
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        assertThat(find(Map.of("HUAWEICLOUD_SDK_AK", " ", "HW_ACCESS_KEY", "a", "HW_SECRET_KEY", "s"))
                        .source())
                .isEqualTo("HW_ACCESS_KEY in the environment");
    }

    @Test
    void theFileInTheHomeDirectoryComesAfterTheEnvironment() throws IOException {
        Path file = home.resolve(".huaweicloud/credentials");
        Files.createDirectories(file.getParent());
        write(
                file,
                "\uFEFF# mine\r\n[basic]\r\nak = BASIC\r\nsk = b\r\n[global]\r\nak=GLOBALKEY12345\r\nsk = g=h\r\n",
                "rw-------");

        ResolvedCredentials found = find(Map.of());

        assertThat(found.source()).isEqualTo("ak in the file " + file);
        assertThat(found.credentials()).isEqualTo(new Credentials.AccessKey("GLOBALKEY12345", Secret.of("g=h"), null));
    }

    @Test
    void aFileReadableByOthersIsRejected() throws IOException {
        Path file = home.resolve("keys");
        write(file, "[global]\nak = a\nsk = very-secret\n", "rw-r--r--");

        assertThatThrownBy(() -> CredentialSources.find(AuthKind.AKSK, SERVICE, Map.of(), file, home))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("has mode rw-r--r-- (must be rw-------). Restrict it: chmod 600 " + file);
    }

    @Test
    void aFileWithoutKeysIsRefused() throws IOException {
        Path file = home.resolve("keys");
        write(file, "[global]\nak = a\n", "rw-------");

        assertThatThrownBy(() -> CredentialSources.find(AuthKind.AKSK, SERVICE, Map.of(), file, home))
                .hasMessageContaining("has an ak but no sk");
    }

    @Test
    void missingKeyMessageListsTheSources() {
        assertThatThrownBy(() -> find(Map.of()))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContainingAll(
                        "HUAWEICLOUD_SDK_AK",
                        "CLOUD_SDK_AK",
                        "HW_ACCESS_KEY",
                        home.resolve(".huaweicloud/credentials").toString());
    }

    @Test
    void aTokenIsTakenFromItsVariable() {
        ResolvedCredentials found =
                CredentialSources.find(AuthKind.TOKEN, SERVICE, Map.of("HUAWEICLOUD_AUTH_TOKEN", "tok"), null, home);

        assertThat(found.credentials()).isEqualTo(new Credentials.ReadyToken(Secret.of("tok")));
        assertThat(found.toString()).doesNotContain("tok]");
        assertThatThrownBy(() -> CredentialSources.find(AuthKind.TOKEN, SERVICE, Map.of(), null, home))
                .hasMessageContaining("HUAWEICLOUD_AUTH_TOKEN");
    }

    @Test
    void aPasswordLoginNeedsThreeVariables() {
        ResolvedCredentials found = CredentialSources.find(AuthKind.PASSWORD, SERVICE, LOGIN, null, home);

        assertThat(found.credentials())
                .isEqualTo(new Credentials.Password(
                        "https://iam.ap-southeast-3.myhuaweicloud.com",
                        "account",
                        "user",
                        Secret.of("pw"),
                        Credentials.TokenScope.DOMAIN));
        assertThatThrownBy(() -> CredentialSources.find(AuthKind.PASSWORD, SERVICE, Map.of(), null, home))
                .hasMessageContaining(
                        "HUAWEICLOUD_DOMAIN_NAME, HUAWEICLOUD_USER_NAME and HUAWEICLOUD_PASSWORD are not set. Set all three");
    }

    @ParameterizedTest
    @CsvSource({
        "https://sms.ap-southeast-3.myhuaweicloud.com, https://iam.ap-southeast-3.myhuaweicloud.com",
        "https://sms.cn-north-4.myhuaweicloud.com/, https://iam.cn-north-4.myhuaweicloud.com",
        "https://sms-api.ru-moscow-1.myhuaweicloud.com, https://iam.ru-moscow-1.myhuaweicloud.com",
        "https://dcs.ap-southeast-1.myhuaweicloud.com, https://iam.ap-southeast-1.myhuaweicloud.com",
        "https://SMS.myhuaweicloud.eu, https://iam.myhuaweicloud.eu",
        "https://sms.region-1.stack.example.com.cn, https://iam.region-1.stack.example.com.cn",
        "https://sms.stack.example:8443, https://iam.stack.example:8443",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "http://localhost:8080, http://localhost:8080"
    })
    void aPasswordGoesToTheIamOfTheDomainOfTheService(String service, String iam) {
        assertThat(login(service, LOGIN).iamEndpoint()).isEqualTo(iam);
        assertThat(CredentialSources.foreignIam(login(service, LOGIN), ServiceEndpoint.of(service)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.1.2.3",
                "https://[2001:db8::1]",
                "https://migration.example.com",
                "https://smsgateway.example.com",
                "https://sms"
            })
    void aPasswordIsNotSentWhenNothingNamesItsIam(String service) {
        assertThatThrownBy(() -> login(service, LOGIN))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining(service)
                .hasMessageContaining("Set HUAWEICLOUD_IAM_ENDPOINT")
                .hasMessageNotContaining("myhuaweicloud");
    }

    @ParameterizedTest
    @CsvSource({
        "https://iam.myhuaweicloud.com, https://iam.myhuaweicloud.com",
        "https://iam.cn-north-4.myhuaweicloud.com, https://iam.cn-north-4.myhuaweicloud.com",
        "https://iam.ap-southeast-3.myhuaweicloud.com.example.com, https://iam.ap-southeast-3.myhuaweicloud.com.example.com",
        "https://IAM.ap-southeast-3.myhuaweicloud.com/, ",
        "http://127.0.0.1:8080, "
    })
    void anIamOutsideTheDomainOfTheServiceIsReported(String iam, String reported) {
        var environment = new HashMap<>(LOGIN);
        environment.put("HUAWEICLOUD_IAM_ENDPOINT", iam);

        assertThat(CredentialSources.foreignIam(login(SERVICE.toString(), environment), SERVICE))
                .isEqualTo(Optional.ofNullable(reported));
    }

    private Credentials.Password login(String service, Map<String, String> environment) {
        var found = CredentialSources.find(AuthKind.PASSWORD, ServiceEndpoint.of(service), environment, null, home);
        return (Credentials.Password) found.credentials();
    }

    private ResolvedCredentials find(Map<String, String> environment) {
        return CredentialSources.find(AuthKind.AKSK, SERVICE, environment, null, home);
    }

    private static void write(Path file, String text, String mode) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
