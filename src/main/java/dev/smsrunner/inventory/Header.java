package dev.smsrunner.inventory;

import java.util.List;
import java.util.Map;

/** Header of an inventory, shared by all its rows: the names in file order and the positions of known columns. */
final class Header {

    private static volatile Header latest = new Header(List.of());

    private final List<String> names;
    private final int[] positions = new int[Column.values().length];
    private final boolean[] repeats;

    Header(List<String> names) {
        this.names = List.copyOf(names);
        this.repeats = new boolean[names.size()];
        java.util.Arrays.fill(positions, -1);
        for (int i = 0; i < names.size(); i++) {
            place(i);
        }
    }

    private void place(int position) {
        Column.of(names.get(position)).ifPresent(column -> {
            positions[column.ordinal()] = position;
            repeats[position] = column.repeats();
        });
    }

    /** Header with these names; consecutively restored rows share it. */
    static Header of(List<String> names) {
        Header known = latest;
        if (!known.names.equals(names)) {
            known = new Header(names);
            latest = known;
        }
        return known;
    }

    List<String> names() {
        return names;
    }

    int size() {
        return names.size();
    }

    /** Position of the column, from 0; -1 when the file does not have it. */
    int position(Column column) {
        return positions[column.ordinal()];
    }

    boolean has(Column column) {
        return position(column) >= 0;
    }

    /** Trims the cells in place and interns values that many rows share. */
    String[] normalize(String[] cells) {
        for (int i = 0; i < cells.length; i++) {
            String cell = Whitespace.trim(cells[i]);
            cells[i] = i < repeats.length && repeats[i] ? cell.intern() : cell;
        }
        return cells;
    }

    /** Values in the order of the header. */
    String[] cells(Map<String, String> byName) {
        return normalize(names.stream().map(byName::get).toArray(String[]::new));
    }
}
