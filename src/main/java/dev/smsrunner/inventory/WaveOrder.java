package dev.smsrunner.inventory;

import java.util.Comparator;

/** Order of waves: by name without regard to case, with numbers by value, and rows without a wave last. */
public final class WaveOrder {

    /** Compares the names of waves. Allocates nothing, since every progress report sorts all rows with it. */
    public static final Comparator<String> NATURAL = Comparator.comparing(String::isEmpty)
            .thenComparing(WaveOrder::compareNames)
            .thenComparing(Comparator.naturalOrder());

    private WaveOrder() {}

    private static int compareNames(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            int result;
            if (isDigit(left, i) && isDigit(right, j)) {
                int leftEnd = endOfNumber(left, i);
                int rightEnd = endOfNumber(right, j);
                result = compareNumbers(left, i, leftEnd, right, j, rightEnd);
                i = leftEnd;
                j = rightEnd;
            } else {
                result = Character.compare(
                        Character.toLowerCase(left.charAt(i++)), Character.toLowerCase(right.charAt(j++)));
            }
            if (result != 0) {
                return result;
            }
        }
        return Integer.compare(left.length() - i, right.length() - j);
    }

    private static int compareNumbers(String left, int from, int end, String right, int rightFrom, int rightEnd) {
        int i = firstDigit(left, from, end);
        int j = firstDigit(right, rightFrom, rightEnd);
        if (end - i != rightEnd - j) {
            return Integer.compare(end - i, rightEnd - j);
        }
        while (i < end && left.charAt(i) == right.charAt(j)) {
            i++;
            j++;
        }
        return i == end ? 0 : Character.compare(left.charAt(i), right.charAt(j));
    }

    /** Index of the first digit that is not a leading zero. */
    private static int firstDigit(String text, int from, int end) {
        int i = from;
        while (i < end && text.charAt(i) == '0') {
            i++;
        }
        return i;
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text, end)) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(String text, int index) {
        return text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }
}
