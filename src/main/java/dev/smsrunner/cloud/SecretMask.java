package dev.smsrunner.cloud;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Masks secrets in answers before anything else processes them, since a service or a proxy may repeat the request in
 * its answer. It finds each secret in plain text, in base64 and hexadecimal digits, and behind up to three escapes of
 * JSON, URLs and HTML. Thread-safe.
 */
final class SecretMask {

    /** Length in characters to which an error text is cut before masking. */
    static final int LONGEST = 8 * 1024;

    /** Maximum length of a JSON error: {@code encoded_authorization_message} has up to 65,535 characters (API reference 2026-01-27). */
    static final int LONGEST_JSON = 128 * 1024;

    private static final String HIDDEN = "****";
    private static final int MAX_ESCAPES = 3;
    private static final int LONGEST_ESCAPE = 12;
    private static final int MAX_LEARNED = 8;

    /** Shorter secrets with few kinds of characters may be ordinary values of the service. */
    private static final int LONG = 16;

    private static final int SHORTEST_KEPT = 8;

    /** Secret and its forms. */
    private record MaskedSecret(String secret, List<SecretForm> forms) {

        static MaskedSecret of(String secret) {
            return new MaskedSecret(secret, SecretForm.of(secret));
        }

        /** Whether the secret may equal a state or a server name. Such a secret is not masked in an answer that the runner evaluates. */
        boolean isOrdinaryWord() {
            return secret.length() < SHORTEST_KEPT || secret.length() < LONG && kinds() < 3;
        }

        private long kinds() {
            return Stream.of(
                            secret.chars().anyMatch(Character::isLowerCase),
                            secret.chars().anyMatch(Character::isUpperCase),
                            secret.chars().anyMatch(Character::isDigit),
                            !secret.chars().allMatch(Character::isLetterOrDigit))
                    .filter(kind -> kind)
                    .count();
        }
    }

    private record Secrets(List<MaskedSecret> known, SecretAnchors anchors) {

        Secrets with(MaskedSecret more) {
            var all = new ArrayList<>(known);
            all.add(more);
            return new Secrets(List.copyOf(all), more.isOrdinaryWord() ? anchors : anchors.with(more.forms()));
        }

        static Secrets of(List<MaskedSecret> known) {
            var all = new Secrets(List.of(), SecretAnchors.none());
            for (var secret : known) {
                all = all.with(secret);
            }
            return all;
        }
    }

    private final int fixedCount;
    private volatile Secrets secrets;

    private SecretMask(Secrets secrets, int fixedCount) {
        this.secrets = secrets;
        this.fixedCount = fixedCount;
    }

    /** Masks these secrets, except secrets shorter than four characters. */
    static SecretMask of(Collection<String> secrets) {
        var known = secrets.stream().distinct().map(MaskedSecret::of).toList();
        return new SecretMask(Secrets.of(known), known.size());
    }

    /** Adds a secret, for example a new token; keeps only the last few of these. */
    synchronized void learn(String secret) {
        var known = new ArrayList<>(secrets.known());
        if (known.stream().anyMatch(one -> one.secret().equals(secret))) {
            return;
        }
        if (known.size() == fixedCount + MAX_LEARNED) {
            known.remove(fixedCount);
        }
        secrets = Secrets.of(known).with(MaskedSecret.of(secret));
    }

    /** Copy that also masks the signature of one request. */
    SecretMask with(@Nullable String signature) {
        return signature == null ? this : new SecretMask(secrets.with(MaskedSecret.of(signature)), fixedCount);
    }

    /** Masks an error body; cuts it unless it is JSON of acceptable size. */
    String ofError(String body) {
        boolean json = body.length() <= LONGEST_JSON && (body.startsWith("{") || body.startsWith("["));
        return mask(json ? body : cut(body, LONGEST), !json && body.length() > LONGEST, secrets.known());
    }

    /** Masks a success body of any size, in UTF-8; ordinary words stay. */
    String ofSuccess(byte[] body) {
        var current = secrets;
        var text = new String(body, StandardCharsets.UTF_8);
        return current.anchors().mayBeIn(body)
                ? mask(
                        text,
                        false,
                        current.known().stream()
                                .filter(one -> !one.isOrdinaryWord())
                                .toList())
                : text;
    }

    /** Masks a short text: a header or a network error. */
    String ofText(String text) {
        return mask(cut(text, LONGEST), text.length() > LONGEST, secrets.known());
    }

    /** Cuts a text without splitting a character or an escape. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        for (int at = end - 1; at > end - LONGEST_ESCAPE; at--) {
            if ("\\%&".indexOf(text.charAt(at)) >= 0) {
                end = at;
            }
        }
        return text.substring(0, end);
    }

    private static String mask(String text, boolean cut, List<MaskedSecret> secrets) {
        var characters = new BitSet();
        var read = DecodedText.of(text);
        mark(read, cut, secrets, characters);
        for (int escapes = 0; escapes < MAX_ESCAPES; escapes++) {
            var inner = read.decode();
            if (inner == read) {
                break;
            }
            read = inner;
            mark(read, cut, secrets, characters);
        }
        var dense = read.withoutBlanks();
        if (dense != read) {
            mark(dense, cut, secrets, characters);
        }
        return characters.isEmpty() ? text : replaceMarked(text, characters);
    }

    private static void mark(DecodedText text, boolean cut, List<MaskedSecret> secrets, BitSet characters) {
        secrets.forEach(secret -> secret.forms().forEach(form -> form.mark(text, cut, characters)));
    }

    private static String replaceMarked(String text, BitSet characters) {
        var result = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int start = characters.nextSetBit(at);
            if (start < 0) {
                return result.append(text, at, text.length()).toString();
            }
            result.append(text, at, start).append(HIDDEN);
            at = characters.nextClearBit(start);
        }
        return result.toString();
    }
}
