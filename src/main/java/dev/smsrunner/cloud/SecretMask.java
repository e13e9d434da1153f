package dev.smsrunner.cloud;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hides secrets in what a service sends, before anybody reads it: a service, or something before it, may repeat the request in its
 * answer. It finds each secret as it is, in base64 and hexadecimal digits, and behind up to three escapes of JSON, addresses and HTML.
 * Thread safe.
 */
final class SecretMask {

    /** An error text is cut to so many characters before it is looked at. */
    static final int LONGEST = 8 * 1024;

    /** A JSON error may be so long: {@code encoded_authorization_message} has up to 65,535 characters (API reference 2026-01-27). */
    static final int LONGEST_JSON = 128 * 1024;

    private static final String HIDDEN = "****";
    private static final int MOST_ESCAPES = 3;
    private static final int LONGEST_ESCAPE = 12;
    private static final int MOST_LEARNED = 8;

    /** What is shorter and of few kinds of characters may be a word of the service's own. */
    private static final int LONG = 16;

    private static final int SHORTEST_KEPT = 8;

    /** One secret in its forms. */
    private record Known(String secret, List<SecretForm> forms) {

        static Known of(String secret) {
            return new Known(secret, SecretForm.of(secret));
        }

        /** A word may be a state or a name of a server: it is not hidden in an answer that is acted upon. */
        boolean isAWord() {
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

    private record Secrets(List<Known> known, SecretAnchors anchors) {

        Secrets with(Known more) {
            var all = new ArrayList<>(known);
            all.add(more);
            return new Secrets(List.copyOf(all), more.isAWord() ? anchors : anchors.with(more.forms()));
        }

        static Secrets of(List<Known> known) {
            var all = new Secrets(List.of(), SecretAnchors.none());
            for (var secret : known) {
                all = all.with(secret);
            }
            return all;
        }
    }

    private final int given;
    private volatile Secrets secrets;

    private SecretMask(Secrets secrets, int given) {
        this.secrets = secrets;
        this.given = given;
    }

    /** Hides these; what is shorter than four characters is not hidden. */
    static SecretMask of(Collection<String> secrets) {
        var known = secrets.stream().distinct().map(Known::of).toList();
        return new SecretMask(Secrets.of(known), known.size());
    }

    /** Hides one more from now on, for example a new token; of those only the last few. */
    synchronized void learn(String secret) {
        var known = new ArrayList<>(secrets.known());
        if (known.stream().anyMatch(one -> one.secret().equals(secret))) {
            return;
        }
        if (known.size() == given + MOST_LEARNED) {
            known.remove(given);
        }
        secrets = Secrets.of(known).with(Known.of(secret));
    }

    /** The same, and hides the proof of one request. */
    SecretMask with(@Nullable String proof) {
        return proof == null ? this : new SecretMask(secrets.with(Known.of(proof)), given);
    }

    /** The body of an answer that is no success: cut, unless it is JSON of a bearable size. */
    String ofError(String body) {
        boolean json = body.length() <= LONGEST_JSON && (body.startsWith("{") || body.startsWith("["));
        return hidden(json ? body : cut(body, LONGEST), !json && body.length() > LONGEST, secrets.known());
    }

    /** The body of a success, whatever its size, in UTF-8; words that it may hold anyway are not hidden. */
    String ofSuccess(byte[] body) {
        var now = secrets;
        var text = new String(body, StandardCharsets.UTF_8);
        return now.anchors().mayBeIn(body)
                ? hidden(
                        text,
                        false,
                        now.known().stream().filter(one -> !one.isAWord()).toList())
                : text;
    }

    /** A short text: a header, or what the network said. */
    String ofText(String text) {
        return hidden(cut(text, LONGEST), text.length() > LONGEST, secrets.known());
    }

    /** The beginning of a text, which does not end within a character, or with half an escape. */
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

    private static String hidden(String text, boolean cut, List<Known> secrets) {
        var characters = new BitSet();
        var read = DecodedText.of(text);
        mark(read, cut, secrets, characters);
        for (int escapes = 0; escapes < MOST_ESCAPES; escapes++) {
            var inner = read.decoded();
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
        return characters.isEmpty() ? text : without(text, characters);
    }

    private static void mark(DecodedText text, boolean cut, List<Known> secrets, BitSet characters) {
        secrets.forEach(secret -> secret.forms().forEach(form -> form.mark(text, cut, characters)));
    }

    private static String without(String text, BitSet characters) {
        var shown = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int hidden = characters.nextSetBit(at);
            if (hidden < 0) {
                return shown.append(text, at, text.length()).toString();
            }
            shown.append(text, at, hidden).append(HIDDEN);
            at = characters.nextClearBit(hidden);
        }
        return shown.toString();
    }
}
