package dev.smsrunner.cloud;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Credentials of a run. */
public sealed interface Credentials {

    /** Secrets that only the service may receive. */
    List<Secret> secrets();

    /**
     * Access key that signs each request.
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
            return "AccessKey[" + KeyMask.mask(ak) + "]";
        }
    }

    /** Existing token, sent unchanged and never renewed. */
    record ReadyToken(Secret token) implements Credentials {

        @Override
        public List<Secret> secrets() {
            return List.of(token);
        }
    }

    /**
     * User name and password, exchanged for tokens at IAM.
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

        /** Copy with another scope. */
        public Password withScope(TokenScope other) {
            return new Password(iamEndpoint, domain, user, password, other);
        }
    }

    /**
     * Scope of a token: the first component that is not null; without one, the account of the login. A project takes
     * precedence over an account (KeystoneCreateUserTokenByPassword).
     */
    record TokenScope(
            @Nullable String projectId,
            @Nullable String projectName,
            @Nullable String domainId,
            @Nullable String domainName) {

        /** The account of the login, which SMS accepts as a global service. */
        public static final TokenScope DOMAIN = new TokenScope(null, null, null, null);

        /** A project by id, else by name, else the account of the login. */
        public static TokenScope project(@Nullable String id, @Nullable String name) {
            return new TokenScope(id, name, null, null);
        }
    }
}
