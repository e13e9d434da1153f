package dev.smsrunner.verify;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Memory-saving map of a few values by name; there is one instance per call. */
final class CompactMap extends AbstractMap<String, String> {

    private String[] pairs = {};

    private int place(@Nullable Object name) {
        int at = 0;
        while (at < pairs.length && !pairs[at].equals(name)) {
            at += 2;
        }
        return at;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return place(name) < pairs.length;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        int at = place(name);
        return at < pairs.length ? pairs[at + 1] : null;
    }

    @Override
    public @Nullable String put(String name, String value) {
        int at = place(name);
        if (at < pairs.length) {
            var before = pairs[at + 1];
            pairs[at + 1] = value;
            return before;
        }
        pairs = Arrays.copyOf(pairs, pairs.length + 2);
        pairs[at] = name;
        pairs[at + 1] = value;
        return null;
    }

    @Override
    public @Nullable String remove(@Nullable Object name) {
        int at = place(name);
        if (at >= pairs.length) {
            return null;
        }
        var before = pairs[at + 1];
        var rest = new String[pairs.length - 2];
        System.arraycopy(pairs, 0, rest, 0, at);
        System.arraycopy(pairs, at + 2, rest, at, rest.length - at);
        pairs = rest;
        return before;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, String>> iterator() {
                return IntStream.range(0, pairs.length / 2)
                        .mapToObj(at -> (Entry<String, String>)
                                new SimpleImmutableEntry<String, String>(pairs[2 * at], pairs[2 * at + 1]))
                        .iterator();
            }

            @Override
            public int size() {
                return pairs.length / 2;
            }
        };
    }
}
