package dev.smsrunner.cloud;

import java.net.URI;
import java.util.Map;

/** Puts the proof of identity on a request. */
interface RequestAuthenticator {

    /** Fetches what the next request needs, before it waits for its turn. May block; throws {@link ApiException}. */
    default void prepare() throws InterruptedException {}

    /** Headers of the request, the secret ones included: never log them. */
    Map<String, String> headers(String method, URI uri, String authority, byte[] body);

    /**
     * The service answered 401 to these headers.
     *
     * @return true when there is something newer to try once
     */
    default boolean renew(Map<String, String> rejected) throws InterruptedException {
        return false;
    }

    /** Signature per request; one of a time that has turned out to be wrong is made once more. */
    static RequestAuthenticator signing(Credentials.AccessKey key, Signer signer) {
        return new RequestAuthenticator() {
            @Override
            public Map<String, String> headers(String method, URI uri, String authority, byte[] body) {
                return signer.headers(key, method, uri, authority, body);
            }

            @Override
            public boolean renew(Map<String, String> rejected) {
                return signer.isOfAnotherTime(rejected);
            }
        };
    }

    /** A token that cannot be renewed. */
    static RequestAuthenticator token(Credentials.ReadyToken ready) {
        return (method, uri, authority, body) ->
                Map.of(IamTokens.HEADER, ready.token().reveal());
    }
}
