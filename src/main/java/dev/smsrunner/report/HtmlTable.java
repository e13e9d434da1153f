package dev.smsrunner.report;

import java.util.List;

/**
 * A long table in blocks of equal columns, such that a browser lays out only what is in sight.
 *
 * @param id of the table in the page
 * @param columns from left to right
 */
record HtmlTable(String id, List<Column> columns) {

    private static final int BLOCK = 100;

    /**
     * One column.
     *
     * @param width class of the style sheet: {@code p7} for seven percent
     * @param kind how the script sorts it: {@code n} by number, {@code t} by text
     */
    record Column(String name, String width, String kind) {}

    /** Writes one row, the {@code tr} included. */
    @FunctionalInterface
    interface Rows<T> {
        /** Writes it. */
        void write(Html html, T row);
    }

    /** The header. */
    void begin(Html html) {
        html.open("div", "class", "long", "id", id);
        html.open("table", "class", "head");
        cols(html);
        html.open("thead").open("tr");
        columns.forEach(column ->
                html.element("th", column.name(), "scope", "col", "data-k", column.kind(), "class", look(column)));
        html.close(3).line();
    }

    private static String look(Column column) {
        return (column.kind().equals("n") ? "n " : "") + (column.width().endsWith("minor") ? "minor" : "");
    }

    /** One row, at its place from 0 on. */
    <T> void row(Html html, int at, T row, Rows<T> rows) {
        if (at % BLOCK == 0) {
            if (at > 0) {
                html.close(3);
            }
            html.open("div", "class", "later").open("table");
            cols(html);
            html.open("tbody").line();
        }
        rows.write(html, row);
        html.line();
    }

    /** The end, after so many rows. */
    void end(Html html, int rows) {
        html.close(rows == 0 ? 1 : 4).line();
    }

    private void cols(Html html) {
        html.open("colgroup");
        columns.forEach(column -> html.empty("col", "class", column.width()));
        html.close();
    }
}
