package dev.smsrunner.report;

import java.util.List;

/**
 * Long table in blocks of equal columns, so that a browser lays out only the visible part.
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
     * @param kind sort order of the script: {@code n} by number, {@code t} by text
     */
    record Column(String name, String width, String kind) {}

    /** Writer of one row, including the {@code tr}. */
    @FunctionalInterface
    interface RowWriter<T> {
        /** Writes the row. */
        void write(Html html, T row);
    }

    /** Writes the header. */
    void start(Html html) {
        html.open("div", "class", "long", "id", id);
        html.open("table", "class", "head");
        cols(html);
        html.open("thead").open("tr");
        columns.forEach(column ->
                html.element("th", column.name(), "scope", "col", "data-k", column.kind(), "class", style(column)));
        html.close(3).line();
    }

    private static String style(Column column) {
        return (column.kind().equals("n") ? "n " : "") + (column.width().endsWith("minor") ? "minor" : "");
    }

    /** Writes one row at its position, counted from 0. */
    <T> void row(Html html, int at, T row, RowWriter<T> writer) {
        if (at % BLOCK == 0) {
            if (at > 0) {
                html.close(3);
            }
            html.open("div", "class", "later").open("table");
            cols(html);
            html.open("tbody").line();
        }
        writer.write(html, row);
        html.line();
    }

    /** Closes the table after this number of rows. */
    void end(Html html, int rows) {
        html.close(rows == 0 ? 1 : 4).line();
    }

    private void cols(Html html) {
        html.open("colgroup");
        columns.forEach(column -> html.empty("col", "class", column.width()));
        html.close();
    }
}
