package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of secrets, suggestions, and values in messages. */
class WordsTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "PASSWD",
                "db_password",
                "dbPassword",
                "secret",
                "client-secret",
                "ak",
                "SK",
                "my_ak",
                "userSk",
                "access_key",
                "accesskey",
                "ACCESS KEY ID",
                "secret_access_key",
                "token",
                "X-Auth-Token",
                "securityToken",
                "apiKey",
                "private_key",
                "credentials",
                "passphrase",
                "pwd",
                "\u5bc6\u7801"
            })
    void namesOfSecretsAreKnown(String name) {
        assertThat(SecretNames.isSecretName(name)).isTrue();
    }

    @Test
    void ownKeysAreNoSecrets() {
        assertThat(Column.labels()).noneMatch(SecretNames::isSecretName);
        assertThat(List.of("disk", "task", "risk", "break", "secretary", "key_contact", "monkey", ""))
                .noneMatch(SecretNames::isSecretName);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"root_pw", "ssh_key", "pwd", "passwd", "secret_key", "private_key", "credential", "db_passcode"})
    void usualNamesOfSecretsAreKnown(String name) {
        assertThat(SecretNames.isSecretName(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "ab, ba, 1", "'', abc, 3", "same, same, 0", "target_regoin, target_region, 1"})
    void distanceCountsEditsAndSwaps(String a, String b, int distance) {
        assertThat(Suggestions.distance(a, b)).isEqualTo(distance);
    }

    @Test
    void onlySimilarNamesAreSuggested() {
        assertThat(Suggestions.nearest("Server-Nmae", Column.labels())).hasValue("server_name");
        assertThat(Suggestions.nearest("note", Column.labels())).isEmpty();
        assertThat(Suggestions.nearest("x".repeat(100_000), Column.labels())).isEmpty();
    }

    @Test
    void valuesInMessagesAreShortAndEscaped() {
        assertThat(QuotedText.of("a\u001b[31m\u202eb\n")).isEqualTo("'a\\u001b[31m\\u202eb\\u000a'");
        assertThat(QuotedText.of("x".repeat(41))).isEqualTo("'" + "x".repeat(40) + "...'");
        assertThat(QuotedText.of("\ud83d\ude00")).isEqualTo("'\ud83d\ude00'");
    }

    @Test
    void keyIndexKeepsFirstLineOfManyKeys() {
        KeyIndex index = new KeyIndex();
        for (int i = 1; i <= 20_000; i++) {
            assertThat(index.firstLine("key-" + i, i)).isZero();
        }
        for (int i = 1; i <= 20_000; i++) {
            assertThat(index.firstLine("key-" + i, -1)).isEqualTo(i);
        }
        assertThat(index.contains("key-0")).isFalse();
    }
}
