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

/** Secrets that must stand nowhere, each in every form in which it may have been written. */
public final class SecretPatterns {

    /** What is shorter is found in texts that have nothing to do with it. */
    private static final int SHORTEST = 8;

    /** What is shorter counts only where it stands alone, not as part of a longer word, and only when it is not a word itself. */
    private static final int LONG = 16;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Form> forms = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<String> ordinary = new TreeSet<>();
    private final boolean credentials;

    /**
     * A way to write a secret.
     *
     * @param how for people
     * @param alone whether it counts only where no letter or digit is before or after it
     */
    record Form(String secret, String how, String text, boolean alone) {

        /** What it is, without what it says. */
        String words() {
            return how.isEmpty() ? secret : "%s (%s)".formatted(secret, how);
        }

        /** Where it stands from that position on, -1 when it does not. */
        int in(String where, int from) {
            int at = where.indexOf(text, from);
            while (at >= 0 && alone && !standsAlone(where, at)) {
                at = where.indexOf(text, at + 1);
            }
            return at;
        }

        private boolean standsAlone(String where, int at) {
            int end = at + text.length();
            return (at == 0 || !Character.isLetterOrDigit(where.charAt(at - 1)))
                    && (end == where.length() || !Character.isLetterOrDigit(where.charAt(end)));
        }

        /** The same as it is found in bytes that are read as ISO 8859-1. */
        Form ofBytes() {
            var bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return new Form(secret, how, bytes, alone);
        }
    }

    /** Credentials by the names by which the operator knows them. */
    public SecretPatterns(Map<String, Secret> credentials) {
        this(credentials, Map.of());
    }

    /**
     * Secrets by the names by which the operator knows them.
     *
     * @param own secrets that the runner made itself
     */
    public SecretPatterns(Map<String, Secret> credentials, Map<String, Secret> own) {
        this.credentials = !credentials.isEmpty();
        addAll(credentials);
        addAll(own);
    }

    private void addAll(Map<String, Secret> secrets) {
        secrets.forEach((name, secret) -> {
            var text = secret.reveal();
            if (text.length() < SHORTEST || text.length() < LONG && isOrdinary(text)) {
                ordinary.add(name);
            } else {
                names.add(name);
                add(name, text);
            }
        });
    }

    private void add(String name, String text) {
        var known = new LinkedHashSet<String>();
        add(name, "", text, known);
        var json = JSON.writeValueAsString(text);
        add(name, "JSON-escaped", json.substring(1, json.length() - 1), known);
        var url = URLEncoder.encode(text, StandardCharsets.UTF_8);
        add(name, "URL-encoded", url, known);
        add(name, "URL-encoded", url.replace("+", "%20").replace("*", "%2A").replace("%7E", "~"), known);
        add(name, "URL-encoded", lowerHex(url), known);
        add(name, "HTML-escaped", html(text).replace("\"", "&quot;"), known);
        add(name, "HTML-escaped", html(text).replace("\"", "&#34;").replace("'", "&#39;"), known);
        add(name, "XML-escaped", html(text), known);
        add(name, "in CSV", text.replace("\"", "\"\""), known);
        for (int before = 0; before < 3; before++) {
            var inner = base64(text, before);
            add(name, "base64", inner, known);
            add(name, "base64", inner.replace('+', '-').replace('/', '_'), known);
        }
    }

    private void add(String name, String how, String text, Set<String> known) {
        if (text.length() >= SHORTEST && known.add(text)) {
            forms.add(new Form(name, how, text, text.length() < LONG && !how.equals("base64")));
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

    /** What of the text is the same whatever stands before and after it, when so many bytes are before it. */
    private static String base64(String text, int before) {
        var secret = text.getBytes(StandardCharsets.UTF_8);
        var bytes = new byte[before + secret.length];
        System.arraycopy(secret, 0, bytes, before, secret.length);
        var all = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        int whole = bytes.length * 8 / 6;
        return all.substring((before * 8 + 5) / 6, whole);
    }

    /** Whether there is any to look for. */
    boolean isAny() {
        return !forms.isEmpty();
    }

    /** Whether the operator gave credentials, whether or not they are looked for. */
    boolean hasCredentials() {
        return credentials;
    }

    List<Form> forms() {
        return forms;
    }

    /** What is looked for. */
    Set<String> names() {
        return names;
    }

    /** What is too short or too ordinary to be looked for. */
    Set<String> ordinary() {
        return ordinary;
    }

    /** A name or a word stands in many a text that has nothing to do with it. */
    private static boolean isOrdinary(String text) {
        return Stream.of("[a-z]", "[A-Z]", "[0-9]", "[^a-zA-Z0-9]")
                        .filter(kind -> text.matches(".*" + kind + ".*"))
                        .count()
                < 3;
    }

    /** The text with asterisks for each secret in it. */
    String hidden(String text) {
        var shown = text;
        for (var form : forms) {
            for (int at = form.in(shown, 0); at >= 0; at = form.in(shown, at)) {
                shown = shown.substring(0, at) + "****"
                        + shown.substring(at + form.text().length());
            }
        }
        return shown;
    }
}
