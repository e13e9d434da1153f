package dev.smsrunner.chaos;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * One of several equal parts of all points. The name of a point decides its part, so that the parts together contain every
 * point, although two runs may differ in a few points.
 *
 * @param number number of the part, from 1
 * @param count number of parts
 */
record TrialShard(int number, int count) {

    private static final Pattern FORMAT = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

    TrialShard {
        if (number < 1 || number > count) {
            throw new IllegalArgumentException("No shard %d of %d".formatted(number, count));
        }
    }

    /** The shard of a text such as {@code 1/6}. */
    static TrialShard of(String text) {
        var parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a shard such as 1/6: " + text);
        }
        return new TrialShard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    boolean contains(DatabaseKind store, String point) {
        var checksum = new CRC32();
        checksum.update((store + " " + point).getBytes(StandardCharsets.UTF_8));
        return checksum.getValue() % count == number - 1;
    }

    boolean isWhole() {
        return count == 1;
    }

    @Override
    public String toString() {
        return number + "/" + count;
    }
}
