package dev.smsrunner.inventory;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the most similar known name for an unknown one. */
public final class Suggestions {

    /** Letters of a word in which two edits are a misspelling. */
    private static final int LONG_WORD = 8;

    private Suggestions() {}

    /** Candidate most similar to the input, if one is similar enough. */
    public static Optional<String> nearest(String input, Collection<String> candidates) {
        if (input.length() > 64) {
            return Optional.empty();
        }
        String normalized = normalize(input);
        return candidates.stream()
                .filter(candidate -> distance(normalized, normalize(candidate)) <= Math.max(1, candidate.length() / 4))
                .min(Comparator.comparingInt(candidate -> distance(normalized, normalize(candidate))));
    }

    /** Advice, preceded by {@code did you mean NAME?} if a candidate is similar enough. */
    public static String advice(String input, Collection<String> candidates, String advice) {
        return nearest(input, candidates)
                .map(candidate -> "did you mean " + candidate + "? Otherwise " + advice)
                .orElse(advice);
    }

    /**
     * Whether a name is a misspelling of a known one: each of its words is, by one edit, or by two in a long word with the same
     * first letter. So {@code wav_name} is one of {@code wave_name}, but {@code base_name} is not.
     */
    static boolean isMisspelling(String name, String known) {
        String[] words = normalize(name).split("-+");
        String[] others = normalize(known).split("-+");
        if (words.length != others.length) {
            return distance(String.join("", words), String.join("", others)) <= 1;
        }
        for (int i = 0; i < words.length; i++) {
            if (!isMisspelledWord(words[i], others[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMisspelledWord(String word, String known) {
        int edits = distance(word, known);
        return edits <= 1 || edits == 2 && known.length() >= LONG_WORD && word.charAt(0) == known.charAt(0);
    }

    private static String normalize(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }

    /** Edit distance: insertions, deletions, replacements and swaps of neighbours. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, d);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] d) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
