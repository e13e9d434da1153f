package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialSourcesTests {

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

        assertThatThrownBy(() -> CredentialSources.find(AuthKind.AKSK, Map.of(), file, home))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("has mode rw-r--r-- (must be rw-------): run chmod 600 " + file);
    }

    @Test
    void aFileWithoutKeysIsRefused() throws IOException {
        Path file = home.resolve("keys");
        write(file, "[global]\nak = a\n", "rw-------");

        assertThatThrownBy(() -> CredentialSources.find(AuthKind.AKSK, Map.of(), file, home))
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
                CredentialSources.find(AuthKind.TOKEN, Map.of("HUAWEICLOUD_AUTH_TOKEN", "tok"), null, home);

        assertThat(found.credentials()).isEqualTo(new Credentials.ReadyToken(Secret.of("tok")));
        assertThat(found.toString()).doesNotContain("tok]");
        assertThatThrownBy(() -> CredentialSources.find(AuthKind.TOKEN, Map.of(), null, home))
                .hasMessageContaining("HUAWEICLOUD_AUTH_TOKEN");
    }

    @Test
    void aPasswordLoginNeedsThreeVariables() {
        Map<String, String> login = Map.of(
                "HUAWEICLOUD_DOMAIN_NAME", "account", "HUAWEICLOUD_USER_NAME", "user", "HUAWEICLOUD_PASSWORD", "pw");

        ResolvedCredentials found = CredentialSources.find(AuthKind.PASSWORD, login, null, home);

        assertThat(found.credentials())
                .isEqualTo(new Credentials.Password(
                        "https://iam.myhuaweicloud.com",
                        "account",
                        "user",
                        Secret.of("pw"),
                        Credentials.TokenScope.DOMAIN));
        assertThatThrownBy(() -> CredentialSources.find(AuthKind.PASSWORD, Map.of(), null, home))
                .hasMessageContainingAll("HUAWEICLOUD_DOMAIN_NAME", "HUAWEICLOUD_USER_NAME", "HUAWEICLOUD_PASSWORD");
    }

    private ResolvedCredentials find(Map<String, String> environment) {
        return CredentialSources.find(AuthKind.AKSK, environment, null, home);
    }

    private static void write(Path file, String text, String mode) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
