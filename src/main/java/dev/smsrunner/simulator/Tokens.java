package dev.smsrunner.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Simulated IAM: POST /v3/auth/tokens with user, password and account. A token contains its expiry and proof, so a token
 * issued before a kill of the simulator stays valid.
 */
final class Tokens {

    private static final String ACCOUNT = "account";
    private static final String ANY_PROJECT = "any";
    private static final Duration LIFE = Duration.ofHours(24);

    private final @Nullable SimulatorCredentials credentials;
    private final Clock clock;
    private final AtomicLong issued = new AtomicLong();
    private final Set<String> expired = ConcurrentHashMap.newKeySet();

    Tokens(@Nullable SimulatorCredentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Answers 201 with the token in X-Subject-Token, or 401 in the error body of IAM. */
    SimulatedResponse issue(Request request) {
        JsonNode user =
                request.body().path("auth").path("identity").path("password").path("user");
        if (!isKnown(user)) {
            return refuse();
        }
        String name = SimulatorJson.text(user, "name");
        Instant expires = clock.instant().plus(LIFE);
        ObjectNode body = SimulatorJson.object();
        ObjectNode token = body.putObject("token");
        token.put("issued_at", clock.instant().toString()).put("expires_at", expires.toString());
        token.putArray("methods").add("password");
        token.putObject("user").put("name", name).put("id", request.trace().operation() + "-" + name);
        String scope = scopeOf(request.body().path("auth").path("scope"));
        return new SimulatedResponse(201, body, Map.of("X-Subject-Token", make(name, expires, scope)));
    }

    /** A project has precedence over an account. A project given by name may be any project. */
    private static String scopeOf(JsonNode scope) {
        if (scope.has("project")) {
            String id = SimulatorJson.text(scope.path("project"), "id");
            return id.isEmpty() ? ANY_PROJECT : id;
        }
        return ACCOUNT;
    }

    private boolean isKnown(JsonNode user) {
        if (credentials == null) {
            return true;
        }
        String domain = SimulatorJson.text(user.path("domain"), "name");
        return credentials.hasUser()
                && Authenticator.isSame(String.valueOf(credentials.userName()), SimulatorJson.text(user, "name"))
                && Authenticator.isSame(String.valueOf(credentials.password()), SimulatorJson.text(user, "password"))
                && (credentials.domainName() == null || credentials.domainName().equals(domain));
    }

    private static SimulatedResponse refuse() {
        ObjectNode body = SimulatorJson.object();
        body.putObject("error")
                .put("code", 401)
                .put("message", "The username or password is wrong.")
                .put("title", "Unauthorized");
        return new SimulatedResponse(401, body, Map.of());
    }

    /**
     * The user of a token.
     *
     * @throws Refusal 401 APIG.0301 for an unknown token, APIG.0307 for an expired one
     */
    String owner(String token) {
        if (credentials != null && credentials.token() != null && Authenticator.isSame(credentials.token(), token)) {
            return "token";
        }
        String[] parts = token.split("\\.");
        boolean issuesTokens = credentials != null && credentials.hasUser();
        if (!issuesTokens
                || parts.length != 4
                || !Authenticator.isSame(proof(parts[0], parts[1], parts[2]), parts[3])) {
            throw Authenticator.refusal("APIG.0301", "decrypt token fail");
        }
        boolean over = clock.instant().isAfter(Instant.ofEpochSecond(Long.parseLong(parts[1])));
        if (over || expired.contains(token)) {
            throw Authenticator.refusal("APIG.0307", "the token must be updated");
        }
        return "token:" + decoded(parts[0]).replaceFirst("#\\d+$", "");
    }

    /** Marks the token as expired. */
    void expire(String token) {
        expired.add(token);
    }

    /**
     * Requires a token scoped to the project, as DCS does.
     *
     * @throws Refusal 401 Common.0013 for a token of the account or another project
     */
    void requireProject(String token, String project) {
        String[] parts = token.split("\\.");
        String scope = parts.length == 4 ? decoded(parts[2]) : ANY_PROJECT;
        if (!scope.equals(ANY_PROJECT) && !scope.equals(project)) {
            throw Refusal.of(401, "Common.0013", "The token is not scoped to project " + project + ".");
        }
    }

    /** Every token differs, also within one second. */
    private String make(String name, Instant expires, String scope) {
        String user = encoded(name + "#" + issued.incrementAndGet());
        String until = String.valueOf(expires.getEpochSecond());
        String where = encoded(scope);
        return String.join(".", user, until, where, proof(user, until, where));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }

    private String proof(String user, String until, String scope) {
        String secret = credentials == null ? null : credentials.password();
        return SignatureCheck.hmac(secret == null ? "no password" : secret, user + "." + until + "." + scope);
    }
}
