package dev.smsrunner.inventory;

import org.jspecify.annotations.Nullable;

/**
 * One name of a header and its use.
 *
 * @param written name as in the file, trimmed
 * @param use what the runner does with the cells below the name
 * @param column column of the name; null when it belongs to none
 */
record HeaderField(String written, Use use, @Nullable Column column) {

    /** Use of the cells of a field. */
    enum Use {
        /** The name is the label of a column. */
        COLUMN,
        /** The name belongs to a column, in another spelling or in that of another tool. */
        ALIAS,
        /** The job file maps the name to a column. */
        MAPPED,
        /** Second name of a column that another field has; its cells must have the same values. */
        REPEATED,
        /** Unknown name; its cells are copied to the report. */
        COPIED,
        /** The job file leaves the name out. */
        IGNORED,
        /** The header has no name; the cells must be empty. */
        NAMELESS
    }

    /** Whether rows have the cells of the field. */
    boolean isKept() {
        return isColumn() || use == Use.COPIED;
    }

    /** Whether the runner reads the cells as a column. */
    boolean isColumn() {
        return use == Use.COLUMN || use == Use.ALIAS || use == Use.MAPPED;
    }

    /** Whether the runner reads the cells as a column that has another name. */
    boolean isRenamed() {
        return isColumn() && use != Use.COLUMN;
    }

    /** Name in rows and reports: the label of the column, else the name as written. */
    String name() {
        return column == null || !isColumn() ? written : column.label();
    }
}
