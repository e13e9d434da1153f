package dev.smsrunner.cloud;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One encoding of a secret, found in a text in one pass (Knuth, Morris and Pratt). */
final class SecretForm {

    /** Shorter secrets occur in unrelated texts. */
    static final int SHORTEST = 4;

    /** Shorter secrets count only without a letter or digit before or after them. */
    private static final int LONG = 8;

    /** Length of the prefix of a long secret that is masked too: a service may truncate the text it repeats. */
    private static final int PREFIX = 16;

    private static final int LONGEST_ANCHOR = 12;

    private final byte[] form;
    private final int[] borders;
    private final int prefix;
    private final String anchor;

    private SecretForm(String text) {
        this.form = text.getBytes(StandardCharsets.UTF_8);
        this.borders = borders(form);
        this.prefix = form.length > PREFIX + LONG ? PREFIX : Integer.MAX_VALUE;
        this.anchor = anchor(text);
    }

    /** Forms of a secret without escapes: plain, with {@code +} for blanks, in hexadecimal digits, and in base64. */
    static List<SecretForm> of(String secret) {
        if (secret.length() < SHORTEST) {
            return List.of();
        }
        var texts = new LinkedHashSet<String>();
        texts.add(secret);
        texts.add(secret.replace(' ', '+'));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= LONG) {
            texts.add(HexFormat.of().formatHex(bytes));
            texts.add(HexFormat.of().withUpperCase().formatHex(bytes));
            base64(bytes, texts);
        }
        var forms = new ArrayList<SecretForm>();
        texts.forEach(text -> forms.add(new SecretForm(text)));
        return forms;
    }

    /** Base64 in both alphabets and at each alignment: only the digits that do not depend on neighbouring bytes. */
    private static void base64(byte[] secret, Set<String> texts) {
        for (int offset = 0; offset < 3; offset++) {
            byte[] padded = new byte[offset + secret.length];
            System.arraycopy(secret, 0, padded, offset, secret.length);
            int start = (offset * 8 + 5) / 6;
            int end = padded.length * 8 / 6;
            texts.add(Base64.getEncoder().encodeToString(padded).substring(start, end));
            texts.add(Base64.getUrlEncoder().encodeToString(padded).substring(start, end));
        }
    }

    /** Longest run of letters and digits, which no escape changes; at most 12. */
    String anchor() {
        return anchor;
    }

    private static String anchor(String text) {
        int best = 0;
        int length = 0;
        int start = 0;
        for (int at = 0; at <= text.length(); at++) {
            boolean plain = at < text.length() && isPlain(text.charAt(at));
            if (plain && at - start < LONGEST_ANCHOR) {
                continue;
            }
            if (at - start > length) {
                best = start;
                length = at - start;
            }
            start = plain ? at : at + 1;
        }
        return text.substring(best, best + length);
    }

    private static boolean isPlain(char character) {
        return character < 0x80 && Character.isLetterOrDigit(character);
    }

    /**
     * Marks every occurrence.
     *
     * @param cut whether the text was cut, so that a secret may start at its end
     */
    void mark(DecodedText text, boolean cut, BitSet characters) {
        int matched = 0;
        for (int at = 0; at < text.length(); at++) {
            if (matched >= prefix && matched < form.length && form[matched] != text.at(at)) {
                text.mark(at - matched, at, characters);
            }
            while (matched > 0 && (matched == form.length || form[matched] != text.at(at))) {
                matched = borders[matched - 1];
            }
            matched += form[matched] == text.at(at) ? 1 : 0;
            if (matched == form.length && counts(text, at + 1 - matched, at + 1)) {
                text.mark(at + 1 - matched, at + 1, characters);
            }
        }
        if (matched >= prefix || cut && matched >= 1) {
            text.mark(text.length() - matched, text.length(), characters);
        }
    }

    private boolean counts(DecodedText text, int start, int end) {
        return form.length >= LONG
                || (start == 0 || !isWordCharacter(text.at(start - 1)))
                        && (end == text.length() || !isWordCharacter(text.at(end)));
    }

    private static boolean isWordCharacter(byte character) {
        return character < 0 || Character.isLetterOrDigit(character);
    }

    /** Length of the longest prefix that is also a suffix, for each prefix of the form. */
    private static int[] borders(byte[] form) {
        int[] borders = new int[form.length];
        int border = 0;
        for (int at = 1; at < form.length; at++) {
            while (border > 0 && form[border] != form[at]) {
                border = borders[border - 1];
            }
            border += form[border] == form[at] ? 1 : 0;
            borders[at] = border;
        }
        return borders;
    }
}
