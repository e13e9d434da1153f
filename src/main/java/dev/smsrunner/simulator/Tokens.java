package dev.smsrunner.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * IAM in miniature: POST /v3/auth/tokens with user, password and account. A token carries its own expiry and proof, so
 * one issued before the simulator was killed is still good afterwards.
 */
final class Tokens {

    private static final Duration LIFE = Duration.ofHours(24);

    private final @Nullable SimulatorCredentials credentials;
    private final Clock clock;

    Tokens(@Nullable SimulatorCredentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Answers 201 with the token in X-Subject-Token, or 401 in the error body of IAM. */
    Answer issue(Request request) {
        JsonNode user =
                request.body().path("auth").path("identity").path("password").path("user");
        if (!isKnown(user)) {
            return refuse();
        }
        String name = Json.text(user, "name");
        Instant expires = clock.instant().plus(LIFE);
        ObjectNode body = Json.object();
        ObjectNode token = body.putObject("token");
        token.put("issued_at", clock.instant().toString()).put("expires_at", expires.toString());
        token.putArray("methods").add("password");
        token.putObject("user").put("name", name).put("id", request.trace().operation() + "-" + name);
        return new Answer(201, body, Map.of("X-Subject-Token", make(name, expires)));
    }

    private boolean isKnown(JsonNode user) {
        if (credentials == null) {
            return true;
        }
        String domain = Json.text(user.path("domain"), "name");
        return credentials.hasUser()
                && Callers.same(String.valueOf(credentials.userName()), Json.text(user, "name"))
                && Callers.same(String.valueOf(credentials.password()), Json.text(user, "password"))
                && (credentials.domainName() == null || credentials.domainName().equals(domain));
    }

    private static Answer refuse() {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("code", 401)
                .put("message", "The username or password is wrong.")
                .put("title", "Unauthorized");
        return new Answer(401, body, Map.of());
    }

    /**
     * The user a token was issued to.
     *
     * @throws Refusal 401 APIG.0301 for a token it did not issue, APIG.0307 for an expired one
     */
    String owner(String token) {
        if (credentials != null && credentials.token() != null && Callers.same(credentials.token(), token)) {
            return "token";
        }
        String[] parts = token.split("\\.");
        boolean issuesTokens = credentials != null && credentials.hasUser();
        if (!issuesTokens || parts.length != 3 || !Callers.same(proof(parts[0], parts[1]), parts[2])) {
            throw Callers.refused("APIG.0301", "decrypt token fail");
        }
        if (clock.instant().isAfter(Instant.ofEpochSecond(Long.parseLong(parts[1])))) {
            throw Callers.refused("APIG.0307", "the token must be updated");
        }
        return "token:" + new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
    }

    private String make(String name, Instant expires) {
        String user = Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        String until = String.valueOf(expires.getEpochSecond());
        return user + "." + until + "." + proof(user, until);
    }

    private String proof(String user, String until) {
        String secret = credentials == null ? null : credentials.password();
        return SignatureCheck.hmac(secret == null ? "no password" : secret, user + "." + until);
    }
}
