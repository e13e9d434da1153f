package dev.smsrunner.cloud;

/** The words of a page for a browser, as a proxy or a gateway sends one; found in one pass. */
final class PageText {

    private PageText() {}

    /** What stands between the tags, without scripts and styles. */
    static String of(String page) {
        var words = new StringBuilder(page.length());
        int at = 0;
        while (at < page.length()) {
            if (page.charAt(at) == '<') {
                at = behindTag(page, at);
                words.append(' ');
            } else {
                words.append(page.charAt(at++));
            }
        }
        return words.toString();
    }

    private static int behindTag(String page, int at) {
        for (String unread : new String[] {"script", "style"}) {
            if (page.regionMatches(true, at + 1, unread, 0, unread.length())) {
                return behind(page, at, "</" + unread);
            }
        }
        int end = page.indexOf('>', at);
        return end < 0 ? page.length() : end + 1;
    }

    /** Behind the end tag; behind everything when there is none. */
    private static int behind(String page, int begin, String endTag) {
        for (int at = page.indexOf("</", begin); at >= 0; at = page.indexOf("</", at + 2)) {
            if (page.regionMatches(true, at, endTag, 0, endTag.length())) {
                int end = page.indexOf('>', at);
                return end < 0 ? page.length() : end + 1;
            }
        }
        return page.length();
    }
}
