package dev.smsrunner.cloud;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All secrets in the operator's environment and credentials file, whichever a run uses: patterns for secret scans. */
public final class KnownSecrets {

    private static final List<String> IN_ENVIRONMENT = List.of(
            "HUAWEICLOUD_SDK_AK",
            "HUAWEICLOUD_SDK_SK",
            "HUAWEICLOUD_SDK_SECURITY_TOKEN",
            "CLOUD_SDK_AK",
            "CLOUD_SDK_SK",
            "CLOUD_SDK_SECURITY_TOKEN",
            "HW_ACCESS_KEY",
            "HW_SECRET_KEY",
            "HW_SECURITY_TOKEN",
            "HUAWEICLOUD_AUTH_TOKEN",
            "HUAWEICLOUD_PASSWORD",
            "SMS_RUNNER_DB_PASSWORD",
            "SMS_RUNNER_API_TOKEN",
            "SMS_RUNNER_WEBHOOK_URL");

    private static final List<String> IN_FILE = List.of("ak", "sk", "security_token");

    private KnownSecrets() {}

    /** Secrets of the environment by variable name. */
    public static Map<String, Secret> ofEnvironment(Map<String, String> environment) {
        var secrets = new LinkedHashMap<>(select(IN_ENVIRONMENT, "", environment));
        secrets.putAll(ProxySettings.secrets(environment));
        return secrets;
    }

    /**
     * Secrets of the credentials file.
     *
     * @param credentialsFile the operator's file; null means {@code .huaweicloud/credentials} in the home directory
     * @return empty when there is no such file
     * @throws CredentialsException when the file is unreadable, or other users can read it
     */
    public static Map<String, Secret> ofFile(@Nullable Path credentialsFile, Path home) {
        var path = credentialsFile != null
                ? credentialsFile
                : home.resolve(".huaweicloud").resolve("credentials");
        return Files.exists(path)
                ? new CredentialsFile(path)
                        .keys()
                        .map(keys -> select(IN_FILE, " in " + path, keys))
                        .orElse(Map.of())
                : Map.of();
    }

    private static Map<String, Secret> select(List<String> names, String where, Map<String, String> values) {
        var secrets = new LinkedHashMap<String, Secret>();
        for (var name : names) {
            var value = values.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                secrets.put(name + where, Secret.of(value));
            }
        }
        return secrets;
    }
}
