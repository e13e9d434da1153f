package dev.smsrunner.verify;

import java.util.HashMap;
import java.util.Map;

/** Gives the same text for equal ones, so that what stands in many places is held once. */
final class StringInterner {

    private static final int MOST = 50_000;
    private static final int LONGEST = 400;

    private final Map<String, String> known = new HashMap<>();

    String one(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        var same = known.get(text);
        if (same == null && known.size() < MOST) {
            known.put(text, text);
        }
        return same == null ? text : same;
    }
}
