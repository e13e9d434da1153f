package dev.smsrunner.cli;

import dev.smsrunner.inventory.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Suggestions for misspelled arguments. */
final class DidYouMean {

    private static final int MAX_SUGGESTIONS = 3;

    private DidYouMean() {}

    /** {@code " Did you mean 'runs' or 'run'?"}, empty without a similar candidate. */
    static String question(String argument, Collection<String> candidates) {
        var similar = similar(argument, candidates);
        return similar.isEmpty()
                ? ""
                : similar.stream()
                        .map(each -> "'" + each + "'")
                        .collect(Collectors.joining(" or ", " Did you mean ", "?"));
    }

    /** Similar candidates, the nearest first, then candidates that start with the argument; at most three. */
    static List<String> similar(String argument, Collection<String> candidates) {
        var similar = new ArrayList<String>();
        var left = new ArrayList<>(candidates);
        for (var next = Suggestions.nearest(argument, left);
                next.isPresent();
                next = Suggestions.nearest(argument, left)) {
            similar.add(next.get());
            left.remove(next.get());
        }
        left.stream()
                .filter(each -> argument.length() > 1 && each.startsWith(argument))
                .forEach(similar::add);
        return similar.subList(0, Math.min(MAX_SUGGESTIONS, similar.size()));
    }
}
