package dev.smsrunner.cloud;

/**
 * Credentials and where they come from.
 *
 * @param source for a person, for example {@code HUAWEICLOUD_SDK_AK in the environment}
 * @param maskedKey for a person, safe to print
 */
public record ResolvedCredentials(Credentials credentials, String source, String maskedKey) {}
