package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.Plural;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of a job file: the first 100 in full, the rest as a number. */
final class Problems {

    private static final int MAX_LISTED = 100;

    private final String file;
    private final List<Problem> listed = new ArrayList<>();
    private int unlisted;

    Problems(String file) {
        this.file = file;
    }

    void add(YamlLocation place, String key, String what, String advice) {
        if (isFull()) {
            unlisted++;
        } else {
            listed.add(new Problem(place.file(), place.line(), place.column(), key, what, advice));
        }
    }

    /** Whether further problems are only counted, so that their texts are not needed. */
    boolean isFull() {
        return listed.size() >= MAX_LISTED;
    }

    void throwIfAny() throws JobFileException {
        if (listed.isEmpty()) {
            return;
        }
        listed.sort(Comparator.comparing((Problem problem) -> problem.line() == 0)
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column));
        if (unlisted > 0) {
            listed.add(new Problem(
                    file, 0, 0, "", "has " + Plural.of(unlisted, "more problem"), "correct the first ones"));
        }
        throw new JobFileException(listed);
    }
}
