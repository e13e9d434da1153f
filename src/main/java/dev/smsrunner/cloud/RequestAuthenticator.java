package dev.smsrunner.cloud;

import java.net.URI;
import java.util.Map;

/** Adds authentication headers to requests. */
interface RequestAuthenticator {

    /** Fetches credentials for the next request before it waits for the rate limiter. May block; throws {@link ApiException}. */
    default void prepare() throws InterruptedException {}

    /** Headers of the request, including secrets: never log them. */
    Map<String, String> headers(String method, URI uri, String authority, byte[] body);

    /**
     * Reacts to a 401 to these headers.
     *
     * @return true when newer headers are available for one retry
     */
    default boolean renew(Map<String, String> rejected) throws InterruptedException {
        return false;
    }

    /** Signs each request, and once more when its time turned out to be wrong. */
    static RequestAuthenticator signing(Credentials.AccessKey key, Signer signer) {
        return new RequestAuthenticator() {
            @Override
            public Map<String, String> headers(String method, URI uri, String authority, byte[] body) {
                return signer.headers(key, method, uri, authority, body);
            }

            @Override
            public boolean renew(Map<String, String> rejected) {
                return signer.isSignedAtAnotherTime(rejected);
            }
        };
    }

    /** Sends a token that cannot be renewed. */
    static RequestAuthenticator token(Credentials.ReadyToken credentials) {
        return (method, uri, authority, body) ->
                Map.of(IamTokens.HEADER, credentials.token().reveal());
    }
}
