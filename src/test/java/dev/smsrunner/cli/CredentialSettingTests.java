package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Missing, half and malformed credentials are bad input: nothing was sent. */
class CredentialSettingTests {

    private static final Map<String, String> LOGIN = Map.of(
            "HUAWEICLOUD_DOMAIN_NAME", "account",
            "HUAWEICLOUD_USER_NAME", "user",
            "HUAWEICLOUD_PASSWORD", "pw-canary");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aksk     |                                                     | No access key found in the environment",
                "aksk     | HUAWEICLOUD_SDK_AK=a                                | HUAWEICLOUD_SDK_AK is set in the environment but HUAWEICLOUD_SDK_SK is not",
                "aksk     | HW_SECRET_KEY=a                                     | HW_SECRET_KEY is set in the environment but HW_ACCESS_KEY is not",
                "token    |                                                     | No token found: HUAWEICLOUD_AUTH_TOKEN is not set",
                "password |                                                     | HUAWEICLOUD_DOMAIN_NAME, HUAWEICLOUD_USER_NAME and HUAWEICLOUD_PASSWORD are not set. Set all three",
                "password | HUAWEICLOUD_USER_NAME=a                             | HUAWEICLOUD_DOMAIN_NAME and HUAWEICLOUD_PASSWORD are not set",
                "password | HUAWEICLOUD_USER_NAME=a HUAWEICLOUD_DOMAIN_NAME=b   | HUAWEICLOUD_PASSWORD is not set"
            })
    void incompleteCredentialsAreNamed(String auth, String variables, String message) throws IOException {
        var environment = new HashMap<String, String>();
        Stream.ofNullable(variables)
                .flatMap(words -> Stream.of(words.split(" ")))
                .map(word -> word.split("="))
                .forEach(word -> environment.put(word[0], word[1]));

        assertBadInput(plan("https://sms.invalid", auth, environment), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "simulator              | HUAWEICLOUD_IAM_ENDPOINT: is not a URL with https; write an address with https://",
                "iam.example.com        | HUAWEICLOUD_IAM_ENDPOINT: is not a URL with https",
                "ftp://iam.example.com  | HUAWEICLOUD_IAM_ENDPOINT: is not a URL with https",
                "http://iam.example.com | HUAWEICLOUD_IAM_ENDPOINT: http is allowed for this machine only; write an address with https://",
                "https://iam example    | HUAWEICLOUD_IAM_ENDPOINT is not a URL; write an address with https://",
                "https://169.254.169.254| HUAWEICLOUD_IAM_ENDPOINT: '169.254.169.254' is the metadata service"
            })
    void malformedAddressOfIamIsNamed(String address, String message) throws IOException {
        var environment = new HashMap<>(LOGIN);
        environment.put("HUAWEICLOUD_IAM_ENDPOINT", address);

        var result = plan("https://sms.invalid", "password", environment);

        assertBadInput(result, message);
        assertThat(result.err().replace("endpoint simulator", "")).doesNotContain("neither simulator");
    }

    @Test
    void endpointThatDoesNotShowItsIamIsNamed() throws IOException {
        assertBadInput(
                plan("https://migration.example.com", "password", LOGIN),
                "The endpoint https://migration.example.com does not show where its IAM is");
    }

    private static void assertBadInput(Shell.Result result, String message) {
        assertThat(result.exit()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("error: ").contains(message).doesNotContain("canary");
    }

    private Shell.Result plan(String endpoint, String auth, Map<String, String> environment) throws IOException {
        Files.writeString(directory.resolve("inventory.csv"), "server_name,source_ip\nerp-db-01,10.0.0.1\n");
        var job = Files.writeString(directory.resolve("job.yaml"), """
                job: action
                service: {endpoint: '%s', auth: %s}
                inventory: inventory.csv
                action: {operation: start}
                """.formatted(endpoint, auth));
        var missing = directory.resolve("no-credentials");
        return Shell.execute(
                environment,
                "plan",
                job.toString(),
                "--data",
                directory.resolve("data").toString(),
                "--credentials-file",
                missing.toString());
    }
}
