package dev.smsrunner.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writer of HTML that is also well-formed XML. It nests elements correctly and escapes every text, so that a value never
 * becomes markup.
 */
final class Html {

    private final Writer out;
    private final Deque<String> open = new ArrayDeque<>();

    Html(Writer out) {
        this.out = out;
    }

    /** Opens an element; attributes are alternating names and values, and a null value omits the attribute. */
    Html open(String tag, @Nullable String... attributes) {
        startTag(tag, attributes);
        put(">");
        open.push(tag);
        return this;
    }

    /** Closes the innermost open element. */
    Html close() {
        put("</" + open.pop() + ">");
        return this;
    }

    /** Closes this number of elements. */
    Html close(int elements) {
        for (int at = 0; at < elements; at++) {
            close();
        }
        return this;
    }

    /** Writes an element without content. */
    Html empty(String tag, @Nullable String... attributes) {
        startTag(tag, attributes);
        put("/>");
        return this;
    }

    /** Writes an element with fixed text. */
    Html element(String tag, String text, @Nullable String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** Writes fixed text. */
    Html text(String text) {
        put(escape(text));
        return this;
    }

    /** Writes a foreign value with isolated text direction; nothing for null and the empty text. */
    Html value(@Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            put("<bdi>" + escape(value.toString()) + "</bdi>");
        }
        return this;
    }

    /** Writes a table cell with a number or fixed text. */
    Html cell(Object value) {
        return element("td", value.toString(), "class", value instanceof Number ? "n" : null);
    }

    /** Writes an instant to the second, UTC; nothing for null. */
    Html time(@Nullable Instant at) {
        return at == null ? this : element("time", ReportFormats.plain(at));
    }

    /** Opens a chart of this height, 1,000 wide, with its text for readers that do not show it. */
    Html chart(int height, String label) {
        return open("svg", "viewBox", "0 0 1000 " + height, "class", "chart", "role", "img", "aria-label", label);
    }

    /** Writes a line break for a readable source. */
    Html line() {
        put("\n");
        return this;
    }

    /** Writes the product's own style or script unescaped. */
    Html raw(String content) {
        put(content);
        return this;
    }

    /** The page as a writer of the product's own content, unescaped. */
    Writer out() {
        return out;
    }

    private void startTag(String tag, @Nullable String... attributes) {
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

    /** Escapes a text so that it can neither end an attribute nor start an element. */
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

    /** Formats a coordinate in its shortest form. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        long whole = Math.abs(tenths / 10);
        return (tenths < 0 ? "-" : "") + whole + (tenths % 10 == 0 ? "" : "." + Math.abs(tenths % 10));
    }
}
