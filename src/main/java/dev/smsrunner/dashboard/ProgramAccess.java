package dev.smsrunner.dashboard;

import com.sun.net.httpserver.HttpExchange;
import dev.smsrunner.support.CallCounts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Access of programs to the server of the live page: the API by a token of the environment, and metrics. */
public final class ProgramAccess {

    /** Environment variable with the token. */
    public static final String VARIABLE = "SMS_RUNNER_API_TOKEN";

    private static final int MIN_LENGTH = 32;
    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] token;
    private final boolean metrics;
    private final Supplier<Map<CallCounts.Key, Long>> calls;

    private ProgramAccess(byte @Nullable [] token, boolean metrics, Supplier<Map<CallCounts.Key, Long>> calls) {
        this.token = token;
        this.metrics = metrics;
        this.calls = calls;
    }

    /** No API and no metrics. */
    public static ProgramAccess none() {
        return new ProgramAccess(null, false, Map::of);
    }

    /**
     * Access by the token of the environment; without the variable there is no API.
     *
     * @throws IllegalArgumentException when the token is too short or has other characters; its message does not contain it
     */
    public static ProgramAccess of(Map<String, String> environment) {
        var text = environment.getOrDefault(VARIABLE, "").strip();
        if (text.isEmpty()) {
            return none();
        }
        if (text.length() < MIN_LENGTH || !text.matches("[A-Za-z0-9._~+/=-]+")) {
            throw new IllegalArgumentException(
                    "%s must have at least %d characters of A-Z, a-z, 0-9 and . _ ~ + / = -. Nothing was changed. Set a random one, for example of 'openssl rand -hex 32', or unset it."
                            .formatted(VARIABLE, MIN_LENGTH));
        }
        return new ProgramAccess(text.getBytes(StandardCharsets.UTF_8), false, Map::of);
    }

    /**
     * The same access, with metrics.
     *
     * @param callCounts exchanges of this process with the service so far
     */
    public ProgramAccess withMetrics(Supplier<Map<CallCounts.Key, Long>> callCounts) {
        return new ProgramAccess(token, true, callCounts);
    }

    /** Whether the API has a token. */
    boolean hasToken() {
        return token != null;
    }

    boolean hasMetrics() {
        return metrics;
    }

    Map<CallCounts.Key, Long> calls() {
        return calls.get();
    }

    /** Whether the request carries a token, right or wrong. */
    static boolean hasAuthorization(HttpExchange request) {
        return request.getRequestHeaders().containsKey("Authorization");
    }

    /** Whether the request carries the token. Compares in constant time. */
    boolean isAuthorized(HttpExchange request) {
        var headers = request.getRequestHeaders().get("Authorization");
        if (token == null || headers == null || headers.size() != 1) {
            return false;
        }
        var header = headers.get(0);
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        token, header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
