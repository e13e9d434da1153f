package dev.smsrunner.verify;

import java.util.HashMap;
import java.util.Map;

/** Bounded interner that keeps equal texts in memory once. */
final class StringInterner {

    private static final int MAX_ENTRIES = 50_000;
    private static final int MAX_LENGTH = 400;

    private final Map<String, String> interned = new HashMap<>();

    String intern(String text) {
        if (text.length() > MAX_LENGTH) {
            return text;
        }
        var same = interned.get(text);
        if (same == null && interned.size() < MAX_ENTRIES) {
            interned.put(text, text);
        }
        return same == null ? text : same;
    }
}
