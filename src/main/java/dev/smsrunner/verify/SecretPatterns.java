package dev.smsrunner.verify;

import dev.smsrunner.cloud.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Search patterns for secrets: each secret in every encoding in which it may occur. */
public final class SecretPatterns {

    /** Minimum length of a pattern; shorter ones occur in unrelated texts. */
    private static final int MIN_LENGTH = 8;

    /** Length below which a pattern matches only as a whole word, and only if it is not an ordinary word. */
    private static final int WHOLE_WORD_LENGTH = 16;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Form> forms = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<String> ordinary = new TreeSet<>();
    private final boolean credentials;

    /**
     * A secret in one encoding.
     *
     * @param encoding display name of the encoding
     * @param wholeWord whether it matches only without adjacent letters or digits
     */
    record Form(String secret, String encoding, String text, boolean wholeWord) {

        /** The name of the secret with its encoding, without its value. */
        String label() {
            return encoding.isEmpty() ? secret : "%s (%s)".formatted(secret, encoding);
        }

        /** The first position at or after {@code from}, -1 for none. */
        int indexIn(String where, int from) {
            int at = where.indexOf(text, from);
            while (at >= 0 && wholeWord && !isWholeWord(where, at)) {
                at = where.indexOf(text, at + 1);
            }
            return at;
        }

        private boolean isWholeWord(String where, int at) {
            int end = at + text.length();
            return (at == 0 || !Character.isLetterOrDigit(where.charAt(at - 1)))
                    && (end == where.length() || !Character.isLetterOrDigit(where.charAt(end)));
        }

        /** The form for a search in bytes that are decoded as ISO 8859-1. */
        Form toLatin1() {
            var bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return new Form(secret, encoding, bytes, wholeWord);
        }
    }

    /** @param credentials secrets by their names for the operator */
    public SecretPatterns(Map<String, Secret> credentials) {
        this(credentials, Map.of());
    }

    /**
     * Patterns for credentials and for the runner's own secrets.
     *
     * @param credentials secrets by their names for the operator
     * @param own secrets that the runner generated
     */
    public SecretPatterns(Map<String, Secret> credentials, Map<String, Secret> own) {
        this.credentials = !credentials.isEmpty();
        addAll(credentials);
        addAll(own);
    }

    private void addAll(Map<String, Secret> secrets) {
        secrets.forEach((name, secret) -> {
            var text = secret.reveal();
            if (text.length() < MIN_LENGTH || text.length() < WHOLE_WORD_LENGTH && isOrdinary(text)) {
                ordinary.add(name);
            } else {
                names.add(name);
                add(name, text);
            }
        });
    }

    private void add(String name, String text) {
        var added = new LinkedHashSet<String>();
        add(name, "", text, added);
        var json = JSON.writeValueAsString(text);
        add(name, "JSON-escaped", json.substring(1, json.length() - 1), added);
        var url = URLEncoder.encode(text, StandardCharsets.UTF_8);
        add(name, "URL-encoded", url, added);
        add(name, "URL-encoded", url.replace("+", "%20").replace("*", "%2A").replace("%7E", "~"), added);
        add(name, "URL-encoded", lowerHex(url), added);
        add(name, "HTML-escaped", html(text).replace("\"", "&quot;"), added);
        add(name, "HTML-escaped", html(text).replace("\"", "&#34;").replace("'", "&#39;"), added);
        add(name, "XML-escaped", html(text), added);
        add(name, "in CSV", text.replace("\"", "\"\""), added);
        for (int before = 0; before < 3; before++) {
            var inner = base64(text, before);
            add(name, "base64", inner, added);
            add(name, "base64", inner.replace('+', '-').replace('/', '_'), added);
        }
    }

    private void add(String name, String encoding, String text, Set<String> added) {
        if (text.length() >= MIN_LENGTH && added.add(text)) {
            forms.add(new Form(name, encoding, text, text.length() < WHOLE_WORD_LENGTH && !encoding.equals("base64")));
        }
    }

    private static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String lowerHex(String url) {
        return java.util.regex.Pattern.compile("%[0-9A-F]{2}")
                .matcher(url)
                .replaceAll(code -> code.group().toLowerCase(java.util.Locale.ROOT));
    }

    /** The part of the base64 text that does not depend on the bytes around it, after {@code before} preceding bytes. */
    private static String base64(String text, int before) {
        var secret = text.getBytes(StandardCharsets.UTF_8);
        var bytes = new byte[before + secret.length];
        System.arraycopy(secret, 0, bytes, before, secret.length);
        var all = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        int whole = bytes.length * 8 / 6;
        return all.substring((before * 8 + 5) / 6, whole);
    }

    /** Whether there is any pattern. */
    boolean isAny() {
        return !forms.isEmpty();
    }

    /** Whether the operator provided credentials, searchable or not. */
    boolean hasCredentials() {
        return credentials;
    }

    List<Form> forms() {
        return forms;
    }

    /** Names of the secrets with patterns. */
    Set<String> names() {
        return names;
    }

    /** Names of the secrets that are too short or too common to search for. */
    Set<String> ordinary() {
        return ordinary;
    }

    /** Names and ordinary words occur in many unrelated texts. */
    private static boolean isOrdinary(String text) {
        return Stream.of("[a-z]", "[A-Z]", "[0-9]", "[^a-zA-Z0-9]")
                        .filter(kind -> text.matches(".*" + kind + ".*"))
                        .count()
                < 3;
    }

    /** Replaces each secret in the text by asterisks. */
    String mask(String text) {
        var shown = text;
        for (var form : forms) {
            for (int at = form.indexIn(shown, 0); at >= 0; at = form.indexIn(shown, at)) {
                shown = shown.substring(0, at) + "****"
                        + shown.substring(at + form.text().length());
            }
        }
        return shown;
    }
}
