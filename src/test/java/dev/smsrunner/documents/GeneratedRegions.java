package dev.smsrunner.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a page between {@code <!-- generated: NAME -->} and {@code <!-- end -->}. */
final class GeneratedRegions {

    private static final Pattern START = Pattern.compile("<!-- generated: (.+) -->");
    private static final String END = "<!-- end -->";

    private GeneratedRegions() {}

    /** The names of the regions of a page, in order. */
    static List<String> names(String page) {
        return page.lines()
                .map(START::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .toList();
    }

    /**
     * Replaces the content of each region of a page.
     *
     * @param content the lines of each region by its name
     * @throws IllegalArgumentException for a region without an end or a generator
     */
    static String filled(String page, Map<String, List<String>> content) {
        List<String> lines = new ArrayList<>();
        String open = null;
        for (String line : page.lines().toList()) {
            Matcher start = START.matcher(line);
            if (open == null) {
                lines.add(line);
            }
            if (start.matches()) {
                if (open != null || !content.containsKey(start.group(1))) {
                    throw new IllegalArgumentException("Nothing generates the region " + line);
                }
                open = start.group(1);
                lines.add("");
                lines.addAll(content.get(open));
                lines.add("");
            } else if (line.equals(END)) {
                open = null;
                lines.add(END);
            }
        }
        if (open != null) {
            throw new IllegalArgumentException("The region " + open + " has no end. Add the line " + END);
        }
        return String.join("\n", lines) + "\n";
    }
}
