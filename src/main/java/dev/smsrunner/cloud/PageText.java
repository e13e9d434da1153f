package dev.smsrunner.cloud;

/** Text of an HTML page, as a proxy or a gateway sends one; extracted in one pass. */
final class PageText {

    private PageText() {}

    /** Returns the text between the tags, without scripts and styles. */
    static String of(String page) {
        var text = new StringBuilder(page.length());
        int at = 0;
        while (at < page.length()) {
            if (page.charAt(at) == '<') {
                at = afterTag(page, at);
                text.append(' ');
            } else {
                text.append(page.charAt(at++));
            }
        }
        return text.toString();
    }

    private static int afterTag(String page, int at) {
        for (String skipped : new String[] {"script", "style"}) {
            if (page.regionMatches(true, at + 1, skipped, 0, skipped.length())) {
                return afterEndTag(page, at, "</" + skipped);
            }
        }
        int end = page.indexOf('>', at);
        return end < 0 ? page.length() : end + 1;
    }

    /** Position after the end tag; the end of the page when there is none. */
    private static int afterEndTag(String page, int start, String endTag) {
        for (int at = page.indexOf("</", start); at >= 0; at = page.indexOf("</", at + 2)) {
            if (page.regionMatches(true, at, endTag, 0, endTag.length())) {
                int end = page.indexOf('>', at);
                return end < 0 ? page.length() : end + 1;
            }
        }
        return page.length();
    }
}
