package dev.smsrunner.inventory;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the value of a JSON field must be; {@code null} is allowed wherever a value is not mandatory. */
public sealed interface FieldRule {

    /** A text of so many characters at most. */
    record Text(int most) implements FieldRule {}

    /** One of some words, in this letter case. */
    record Word(List<String> words) implements FieldRule {

        static Word of(String... words) {
            return new Word(List.of(words));
        }
    }

    /** The address of a server, or an empty text. */
    record Address() implements FieldRule {}

    /** The name of a migration task. */
    record TaskName() implements FieldRule {}

    /** A whole number. */
    record Whole(long least, long most) implements FieldRule {}

    /** {@code true} or {@code false}. */
    record Flag() implements FieldRule {}

    /** A list of objects, each of which one of its {@link Structure#keys()} names. */
    record Listing(Structure element, int most) implements FieldRule {}

    /**
     * An object.
     *
     * @param fields what it may have, by name
     * @param mandatory what it must have
     * @param keys by which of its fields an element of a list is told from the others, the best first; empty for an object that is
     *     no element
     * @param shown whether ShowTask shows it as an object, so that what is left out can be taken from there
     */
    record Structure(Map<String, FieldRule> fields, List<String> mandatory, List<String> keys, boolean shown)
            implements FieldRule {

        public Structure {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }

        /**
         * What an element must have that the task does not have yet. Where UpdateTask demands nothing, as of disks and volumes
         * (edition of 2024), that is a name and a size: without them SMS could not make it (inferred).
         */
        public List<String> neededToAdd() {
            return mandatory.isEmpty()
                    ? Stream.of("name", "size").filter(fields::containsKey).toList()
                    : mandatory;
        }
    }
}
