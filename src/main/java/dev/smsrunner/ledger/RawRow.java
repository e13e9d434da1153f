package dev.smsrunner.ledger;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a row with their values, in their order. All rows of a table share the array of names, since there may be many
 * rows.
 */
final class RawRow extends AbstractMap<String, @Nullable Object> {

    private final String[] names;
    private final @Nullable Object[] values;

    RawRow(String[] names, @Nullable Object[] values) {
        this.names = names;
        this.values = values;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        for (int at = 0; at < names.length; at++) {
            if (names[at].equals(name)) {
                return values[at];
            }
        }
        return null;
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, @Nullable Object>> iterator() {
                return IntStream.range(0, names.length)
                        .mapToObj(at -> (Map.Entry<String, @Nullable Object>)
                                new SimpleImmutableEntry<String, @Nullable Object>(names[at], values[at]))
                        .iterator();
            }

            @Override
            public int size() {
                return names.length;
            }
        };
    }
}
