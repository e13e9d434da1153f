package dev.smsrunner.cloud;

/**
 * Credentials and their source.
 *
 * @param source text for the operator, for example {@code HUAWEICLOUD_SDK_AK in the environment}
 * @param maskedKey text for the operator, safe to print
 */
public record ResolvedCredentials(Credentials credentials, String source, String maskedKey) {}
