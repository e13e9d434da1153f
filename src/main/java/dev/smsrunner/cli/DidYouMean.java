package dev.smsrunner.cli;

import dev.smsrunner.inventory.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the words that a person may have meant. */
final class DidYouMean {

    private static final int AT_MOST = 3;

    private DidYouMean() {}

    /** {@code " Did you mean 'runs' or 'run'?"}, or nothing when no word is near. */
    static String question(String word, Collection<String> words) {
        var near = to(word, words);
        return near.isEmpty()
                ? ""
                : near.stream()
                        .map(each -> "'" + each + "'")
                        .collect(Collectors.joining(" or ", " Did you mean ", "?"));
    }

    /** The words that differ little from the given one, the nearest first, then those that it begins; at most three. */
    static List<String> to(String word, Collection<String> words) {
        var near = new ArrayList<String>();
        var left = new ArrayList<>(words);
        for (var next = Suggestions.nearest(word, left); next.isPresent(); next = Suggestions.nearest(word, left)) {
            near.add(next.get());
            left.remove(next.get());
        }
        left.stream().filter(each -> word.length() > 1 && each.startsWith(word)).forEach(near::add);
        return near.subList(0, Math.min(AT_MOST, near.size()));
    }
}
