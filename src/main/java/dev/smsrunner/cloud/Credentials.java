package dev.smsrunner.cloud;

import org.jspecify.annotations.Nullable;

/** What a run proves its identity with. */
public sealed interface Credentials {

    /**
     * Signs each request.
     *
     * @param securityToken only for temporary keys
     */
    record AccessKey(String ak, Secret sk, @Nullable Secret securityToken) implements Credentials {

        @Override
        public String toString() {
            return "AccessKey[" + Masked.key(ak) + "]";
        }
    }

    /** Sent as it is; cannot be renewed. */
    record ReadyToken(Secret token) implements Credentials {}

    /**
     * Exchanged for tokens at IAM.
     *
     * @param iamEndpoint for example {@code https://iam.myhuaweicloud.com}
     * @param domain name of the account
     */
    record Password(String iamEndpoint, String domain, String user, Secret password, TokenScope scope)
            implements Credentials {}

    /** What a token is good for: a project by id or name, or the whole account when both are null. */
    record TokenScope(@Nullable String projectId, @Nullable String projectName) {

        /** The whole account, which SMS accepts as a global service. */
        public static final TokenScope DOMAIN = new TokenScope(null, null);
    }
}
