package dev.smsrunner.cloud;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One way to write a secret, found in a text in one pass (Knuth, Morris and Pratt). */
final class SecretForm {

    /** What is shorter stands in texts that have nothing to do with it. */
    static final int SHORTEST = 4;

    /** What is shorter counts only where no letter or digit is before or after it. */
    private static final int LONG = 8;

    /** So much of the beginning of a long secret is hidden too: a service may cut what it repeats. */
    private static final int BEGINNING = 16;

    private static final int LONGEST_ANCHOR = 12;

    private final byte[] form;
    private final int[] borders;
    private final int beginning;
    private final String anchor;

    private SecretForm(String text) {
        this.form = text.getBytes(StandardCharsets.UTF_8);
        this.borders = borders(form);
        this.beginning = form.length > BEGINNING + LONG ? BEGINNING : Integer.MAX_VALUE;
        this.anchor = anchor(text);
    }

    /** The forms of a secret that are no escapes: as it is, with {@code +} for blanks, in hexadecimal digits, and in base64. */
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

    /** In both alphabets, and whatever stands before and after it: the digits that its neighbours have no part in. */
    private static void base64(byte[] secret, Set<String> texts) {
        for (int before = 0; before < 3; before++) {
            byte[] padded = new byte[before + secret.length];
            System.arraycopy(secret, 0, padded, before, secret.length);
            int begin = (before * 8 + 5) / 6;
            int end = padded.length * 8 / 6;
            texts.add(Base64.getEncoder().encodeToString(padded).substring(begin, end));
            texts.add(Base64.getUrlEncoder().encodeToString(padded).substring(begin, end));
        }
    }

    /** Letters and digits of it, which no escape changes; at most 12. */
    String anchor() {
        return anchor;
    }

    private static String anchor(String text) {
        int best = 0;
        int length = 0;
        int begin = 0;
        for (int at = 0; at <= text.length(); at++) {
            boolean plain = at < text.length() && isPlain(text.charAt(at));
            if (plain && at - begin < LONGEST_ANCHOR) {
                continue;
            }
            if (at - begin > length) {
                best = begin;
                length = at - begin;
            }
            begin = plain ? at : at + 1;
        }
        return text.substring(best, best + length);
    }

    private static boolean isPlain(char one) {
        return one < 0x80 && Character.isLetterOrDigit(one);
    }

    /**
     * Marks every place of it.
     *
     * @param cut whether the text continues behind its end, so that a secret may begin there
     */
    void mark(DecodedText text, boolean cut, BitSet characters) {
        int matched = 0;
        for (int at = 0; at < text.length(); at++) {
            if (matched >= beginning && matched < form.length && form[matched] != text.at(at)) {
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
        if (matched >= beginning || cut && matched >= 1) {
            text.mark(text.length() - matched, text.length(), characters);
        }
    }

    private boolean counts(DecodedText text, int begin, int end) {
        return form.length >= LONG
                || (begin == 0 || !isPartOfAWord(text.at(begin - 1)))
                        && (end == text.length() || !isPartOfAWord(text.at(end)));
    }

    private static boolean isPartOfAWord(byte one) {
        return one < 0 || Character.isLetterOrDigit(one);
    }

    /** How long the longest beginning is that is also the end, for each beginning of the form. */
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
