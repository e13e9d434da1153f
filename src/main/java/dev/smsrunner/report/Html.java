package dev.smsrunner.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes HTML that is well-formed XML too: elements are closed in the order in which they were opened, and every text is
 * escaped. There is no way to put a value into a page as markup.
 */
final class Html {

    private final Writer out;
    private final Deque<String> open = new ArrayDeque<>();

    Html(Writer out) {
        this.out = out;
    }

    /** An element begins; its attributes are names and values in turn, one without value (null) is left out. */
    Html open(String tag, @Nullable String... attributes) {
        begin(tag, attributes);
        put(">");
        open.push(tag);
        return this;
    }

    /** The element that was opened last ends. */
    Html close() {
        put("</" + open.pop() + ">");
        return this;
    }

    /** As many elements end. */
    Html close(int elements) {
        for (int at = 0; at < elements; at++) {
            close();
        }
        return this;
    }

    /** An element without content. */
    Html empty(String tag, @Nullable String... attributes) {
        begin(tag, attributes);
        put("/>");
        return this;
    }

    /** An element with a text of ours. */
    Html element(String tag, String text, @Nullable String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** Some words of ours. */
    Html text(String text) {
        put(escape(text));
        return this;
    }

    /** A value from outside: its direction of writing does not reach beyond it. Nothing for null and the empty text. */
    Html value(@Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            put("<bdi>" + escape(value.toString()) + "</bdi>");
        }
        return this;
    }

    /** A number or word of ours in a cell. */
    Html cell(Object value) {
        return element("td", value.toString(), "class", value instanceof Number ? "n" : null);
    }

    /** A line's end, for people who read the source. */
    Html line() {
        put("\n");
        return this;
    }

    /** The content of a style or script element that belongs to the product. */
    Html ours(String content) {
        put(content);
        return this;
    }

    private void begin(String tag, @Nullable String... attributes) {
        put("<" + tag);
        for (int at = 0; at < attributes.length; at += 2) {
            if (attributes[at + 1] != null) {
                put(" " + attributes[at] + "=\"" + escape(attributes[at + 1]) + "\"");
            }
        }
    }

    private void put(String text) {
        try {
            out.write(text);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The text such that it can neither end an attribute nor begin an element. */
    static String escape(String text) {
        var visible = ControlCharEscaper.text(text);
        StringBuilder escaped = null;
        for (int at = 0; at < visible.length(); at++) {
            var entity = entity(visible.charAt(at));
            if (entity != null && escaped == null) {
                escaped = new StringBuilder(visible.length() + 16).append(visible, 0, at);
            }
            if (escaped != null) {
                escaped = entity == null ? escaped.append(visible.charAt(at)) : escaped.append(entity);
            }
        }
        return escaped == null ? visible : escaped.toString();
    }

    private static @Nullable String entity(char letter) {
        return switch (letter) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            case '`' -> "&#96;";
            case '\n' -> "&#10;";
            default -> null;
        };
    }

    /** A coordinate, as short as it can be. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        long whole = Math.abs(tenths / 10);
        return (tenths < 0 ? "-" : "") + whole + (tenths % 10 == 0 ? "" : "." + Math.abs(tenths % 10));
    }
}
