package dev.smsrunner.inventory;

import java.text.Normalizer;
import java.util.Locale;

/** Brings names of servers into the form in which they are compared: case, trailing dot and composition aside. */
final class Names {

    private Names() {}

    static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return Normalizer.isNormalized(bare, Normalizer.Form.NFC)
                ? bare
                : Normalizer.normalize(bare, Normalizer.Form.NFC);
    }
}
