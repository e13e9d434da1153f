package dev.smsrunner.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Authenticates callers by key pair or token. Without configured credentials every caller is accepted. */
record Authenticator(@Nullable SimulatorCredentials credentials, Tokens tokens, Clock clock) {

    private static final Pattern AUTHORIZATION =
            Pattern.compile("SDK-HMAC-SHA256 Access=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-fA-F]+)");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    /**
     * Returns the name of the caller for the audit, without secrets.
     *
     * @throws Refusal 401 APIG.0301, 0303 or 0307
     */
    String identify(SimulatedCall call) {
        if (credentials == null) {
            return "anonymous";
        }
        @Nullable String token = call.headers().getFirst("X-Auth-Token");
        if (token != null) {
            String owner = tokens.owner(token);
            if (call.path().startsWith("/v2/")) {
                tokens.requireProject(token, call.path().split("/")[2]);
            }
            return owner;
        }
        @Nullable String authorization = call.headers().getFirst("Authorization");
        if (authorization == null) {
            throw refusal("APIG.0301", "neither a token nor a signature found");
        }
        return checkSignature(call, authorization, credentials);
    }

    private String checkSignature(SimulatedCall call, String authorization, SimulatorCredentials known) {
        Matcher matcher = AUTHORIZATION.matcher(authorization);
        if (!matcher.matches()) {
            throw refusal("APIG.0301", "the Authorization header is malformed");
        }
        String accessKey = matcher.group(1);
        if (known.secretKey() == null || !accessKey.equals(known.accessKey())) {
            throw refusal("APIG.0301", "get secretKey failed, access key not found");
        }
        checkDate(call.headers().getFirst("X-Sdk-Date"));
        List<String> signed = List.of(matcher.group(2).split(";"));
        checkSecurityToken(call, signed, known.securityToken());
        String expected = SignatureCheck.signature(call, signed, known.secretKey());
        if (!signed.contains("x-sdk-date") || !isSame(expected, matcher.group(3))) {
            throw refusal("APIG.0303", "verify aksk signature fail");
        }
        return mask(accessKey);
    }

    /** Expires the token of the call and returns the answer for an expired token. */
    SimulatedResponse expireToken(SimulatedCall call) {
        @Nullable String token = call.headers().getFirst("X-Auth-Token");
        if (token != null) {
            tokens.expire(token);
        }
        return SimulatedResponse.of(refusal("APIG.0307", "the token must be updated"));
    }

    /** A temporary key pair requires its security token, which the signature covers. */
    private static void checkSecurityToken(SimulatedCall call, List<String> signed, @Nullable String required) {
        @Nullable String given = call.headers().getFirst("X-Security-Token");
        if (required != null && (given == null || !signed.contains("x-security-token") || !isSame(required, given))) {
            throw refusal("APIG.0301", "the security token of a temporary access key is missing or has expired");
        }
    }

    private void checkDate(@Nullable String text) {
        try {
            Instant signedAt = DATE.parse(text == null ? "" : text, Instant::from);
            if (Duration.between(signedAt, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
                throw refusal("APIG.0301", "the signature has expired, X-Sdk-Date is off by more than 15 minutes");
            }
        } catch (DateTimeException ex) {
            throw refusal("APIG.0301", "X-Sdk-Date is missing or malformed");
        }
    }

    static boolean isSame(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    static String mask(String key) {
        return key.substring(0, Math.min(4, key.length() / 2)) + "****";
    }

    static Refusal refusal(String code, String why) {
        return Refusal.of(401, code, "Incorrect IAM authentication information: " + why);
    }
}
