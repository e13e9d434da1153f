package dev.smsrunner.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the words that a person may have meant. */
final class Nearest {

    private static final int AT_MOST = 3;

    private Nearest() {}

    /** The words that differ little from the given one, the nearest first, at most three. */
    static List<String> to(String word, Collection<String> words) {
        int tolerance = Math.max(2, word.length() / 3);
        return words.stream()
                .filter(each -> distance(word, each) <= tolerance || (word.length() > 1 && each.startsWith(word)))
                .sorted(Comparator.comparingInt((String each) -> distance(word, each))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(AT_MOST)
                .toList();
    }

    /** {@code " Did you mean 'runs' or 'run'?"}, or nothing when no word is near. */
    static String question(String word, Collection<String> words) {
        var near = to(word, words);
        return near.isEmpty()
                ? ""
                : near.stream()
                        .map(each -> "'" + each + "'")
                        .collect(Collectors.joining(" or ", " Did you mean ", "?"));
    }

    /** How many letters have to be added, removed, changed or swapped with their neighbour. */
    private static int distance(String from, String to) {
        var left = from.toLowerCase(Locale.ROOT);
        var right = to.toLowerCase(Locale.ROOT);
        var steps = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(steps, left, right, i, j);
            }
        }
        return steps[left.length()][right.length()];
    }

    private static int cheapest(int[][] steps, String left, String right, int i, int j) {
        int change = steps[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int best = Math.min(change, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}
