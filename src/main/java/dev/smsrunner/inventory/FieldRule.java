package dev.smsrunner.inventory;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Rule for the value of a JSON field. {@code null} is allowed unless the field is mandatory. */
public sealed interface FieldRule {

    /** Text with a maximum number of characters. */
    record Text(int max) implements FieldRule {}

    /** One of several values; case-sensitive. */
    record Choice(List<String> values) implements FieldRule {

        static Choice of(String... values) {
            return new Choice(List.of(values));
        }
    }

    /** Address of a server, or an empty text. */
    record Address() implements FieldRule {}

    /** Name of a migration task. */
    record TaskName() implements FieldRule {}

    /** Whole number in a range. */
    record WholeNumber(long min, long max) implements FieldRule {}

    /** {@code true} or {@code false}. */
    record Flag() implements FieldRule {}

    /** List of objects, each identified by one of its {@link Structure#keys()}. */
    record Listing(Structure element, int max) implements FieldRule {}

    /**
     * Object with fields.
     *
     * @param fields allowed fields by name
     * @param mandatory required fields
     * @param keys fields that identify an element of a list, in order of preference; empty for an object that is not an element
     * @param shownAsObject whether ShowTask shows it as an object, so that missing fields can be read from there
     */
    record Structure(Map<String, FieldRule> fields, List<String> mandatory, List<String> keys, boolean shownAsObject)
            implements FieldRule {

        public Structure {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }

        /**
         * Required fields of an element that the task does not have yet. If UpdateTask requires none, as for disks and volumes
         * (edition of 2024), a name and a size are required: without them SMS could not create it (inferred).
         */
        public List<String> requiredToAdd() {
            return mandatory.isEmpty()
                    ? Stream.of("name", "size").filter(fields::containsKey).toList()
                    : mandatory;
        }
    }
}
