package dev.smsrunner.inventory;

/** Formats counts with their nouns. */
public final class Plural {

    private Plural() {}

    /** {@code 1 disk}, {@code 2 disks}; the noun takes a plain {@code s}. */
    public static String of(long count, String noun) {
        return "%d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }
}
