package dev.smsrunner.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Credentials accepted by the simulator: a key pair, a token, or a user who fetches tokens.
 *
 * @param accessKey access key id, together with {@code secretKey}, or null
 * @param secretKey secret access key, or null
 * @param securityToken security token of a temporary key pair, or null for a permanent one
 * @param token value accepted in X-Auth-Token, or null
 * @param userName user of POST /v3/auth/tokens, together with {@code password}, or null
 * @param password that user's password, or null
 * @param domainName account of that user, or null for any
 */
public record SimulatorCredentials(
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable String securityToken,
        @Nullable String token,
        @Nullable String userName,
        @Nullable String password,
        @Nullable String domainName) {

    /** Only a key pair. */
    public static SimulatorCredentials ofKeys(String accessKey, String secretKey) {
        return new SimulatorCredentials(accessKey, secretKey, null, null, null, null, null);
    }

    /** A temporary key pair with its required security token. */
    public static SimulatorCredentials ofTemporaryKeys(String accessKey, String secretKey, String securityToken) {
        return new SimulatorCredentials(accessKey, secretKey, securityToken, null, null, null, null);
    }

    /** Only a token. */
    public static SimulatorCredentials ofToken(String token) {
        return new SimulatorCredentials(null, null, null, token, null, null, null);
    }

    /** A user who fetches tokens from POST /v3/auth/tokens. */
    public static SimulatorCredentials ofUser(String userName, String password, @Nullable String domainName) {
        return new SimulatorCredentials(null, null, null, null, userName, password, domainName);
    }

    /** Reads the environment variables of the callers. Null when none is set. */
    public static @Nullable SimulatorCredentials fromEnvironment(Map<String, String> variables) {
        String[] keys = keyPair(variables);
        SimulatorCredentials found = new SimulatorCredentials(
                keys[0],
                keys[1],
                keys[2],
                filled(variables, "HUAWEICLOUD_AUTH_TOKEN"),
                filled(variables, "HUAWEICLOUD_USER_NAME"),
                filled(variables, "HUAWEICLOUD_PASSWORD"),
                filled(variables, "HUAWEICLOUD_DOMAIN_NAME"));
        return found.hasKeys() || found.token != null || found.hasUser() ? found : null;
    }

    private static @Nullable String[] keyPair(Map<String, String> variables) {
        String[][] names = {
            {"HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN"},
            {"CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_SDK_SECURITY_TOKEN"},
            {"HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN"}
        };
        for (String[] pair : names) {
            String accessKey = filled(variables, pair[0]);
            String secretKey = filled(variables, pair[1]);
            if (accessKey != null && secretKey != null) {
                return new String[] {accessKey, secretKey, filled(variables, pair[2])};
            }
        }
        return new String[] {null, null, null};
    }

    private static @Nullable String filled(Map<String, String> variables, String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    boolean hasKeys() {
        return accessKey != null && secretKey != null;
    }

    boolean hasUser() {
        return userName != null && password != null;
    }

    /** Contains the configured methods, but no secret. */
    @Override
    public String toString() {
        return "SimulatorCredentials[keys=" + hasKeys() + ", token=" + (token != null) + ", user=" + hasUser() + "]";
    }
}
