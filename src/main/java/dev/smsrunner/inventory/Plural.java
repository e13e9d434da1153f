package dev.smsrunner.inventory;

/** Formats counts with their nouns. */
public final class Plural {

    private Plural() {}

    /** {@code 1 disk}, {@code 2 disks}, {@code 2 launches}. */
    public static String of(long count, String noun) {
        return "%d %s%s".formatted(count, noun, count == 1 ? "" : noun.endsWith("ch") ? "es" : "s");
    }
}
