package dev.smsrunner.cloud;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run proves its identity with. */
public sealed interface Credentials {

    /** The secrets that only the service may learn. */
    List<Secret> secrets();

    /**
     * Signs each request.
     *
     * @param securityToken only for temporary keys
     */
    record AccessKey(String ak, Secret sk, @Nullable Secret securityToken) implements Credentials {

        @Override
        public List<Secret> secrets() {
            var keys = List.of(Secret.of(ak), sk);
            return securityToken == null ? keys : List.of(keys.get(0), sk, securityToken);
        }

        @Override
        public String toString() {
            return "AccessKey[" + KeyMask.key(ak) + "]";
        }
    }

    /** Sent as it is; cannot be renewed. */
    record ReadyToken(Secret token) implements Credentials {

        @Override
        public List<Secret> secrets() {
            return List.of(token);
        }
    }

    /**
     * Exchanged for tokens at IAM.
     *
     * @param iamEndpoint for example {@code https://iam.myhuaweicloud.com}
     * @param domain name of the account
     */
    record Password(String iamEndpoint, String domain, String user, Secret password, TokenScope scope)
            implements Credentials {

        @Override
        public List<Secret> secrets() {
            return List.of(password);
        }

        /** The same login, with tokens for something else. */
        public Password withScope(TokenScope other) {
            return new Password(iamEndpoint, domain, user, password, other);
        }
    }

    /**
     * What a token is good for: the first of these that is not null, the account of the login when all are (a project goes before an
     * account: KeystoneCreateUserTokenByPassword).
     */
    record TokenScope(
            @Nullable String projectId,
            @Nullable String projectName,
            @Nullable String domainId,
            @Nullable String domainName) {

        /** The whole account of the login, which SMS accepts as a global service. */
        public static final TokenScope DOMAIN = new TokenScope(null, null, null, null);

        /** A project by id, else by name, else the account of the login. */
        public static TokenScope project(@Nullable String id, @Nullable String name) {
            return new TokenScope(id, name, null, null);
        }
    }
}
