package dev.smsrunner.inventory;

import dev.smsrunner.inventory.HeaderField.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Layout of the records of a file: which cell belongs to which column. The check and the reader derive it from the header. */
final class HeaderLayout {

    private final List<HeaderField> fields;
    private final int @Nullable [] kept;

    private HeaderLayout(List<HeaderField> fields) {
        this.fields = List.copyOf(fields);
        int[] positions = IntStream.range(0, fields.size())
                .filter(i -> fields.get(i).isKept())
                .toArray();
        this.kept = positions.length == fields.size() ? null : positions;
    }

    /** Layout for the cells of a header. */
    static HeaderLayout of(String[] cells, ColumnMapping mapping) {
        return of(cells, mapping, Set.of());
    }

    /** @param unread names of other tools that are no columns in a file that an earlier version has accepted */
    static HeaderLayout of(String[] cells, ColumnMapping mapping, Set<String> unread) {
        List<HeaderField> fields = new ArrayList<>();
        for (String cell : cells) {
            String written = Whitespace.trim(cell);
            HeaderField field = field(written, mapping);
            fields.add(field.use() == Use.ALIAS && unread.contains(written) ? unknown(written, mapping) : field);
        }
        Map<Column, Integer> leading = leadingPositions(fields);
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            int first = field.column() == null ? i : leading.getOrDefault(field.column(), i);
            if (field.use() == Use.ALIAS && first != i) {
                fields.set(i, besides(fields.get(first), field, mapping));
            }
        }
        return new HeaderLayout(fields);
    }

    /** Field from which the runner reads each column: a mapped name before the label of the column, and that before an alias. */
    private static Map<Column, Integer> leadingPositions(List<HeaderField> fields) {
        Map<Column, Integer> leading = new EnumMap<>(Column.class);
        for (Use use : List.of(Use.MAPPED, Use.COLUMN, Use.ALIAS)) {
            for (int i = 0; i < fields.size(); i++) {
                Column column = fields.get(i).column();
                if (fields.get(i).use() == use && column != null) {
                    leading.putIfAbsent(column, i);
                }
            }
        }
        return leading;
    }

    /** An alias beside the field of its column repeats it. An alias beside a mapped name is no column. */
    private static HeaderField besides(HeaderField first, HeaderField alias, ColumnMapping mapping) {
        return first.use() == Use.MAPPED
                ? new HeaderField(alias.written(), mapping.ignoresRest() ? Use.IGNORED : Use.COPIED, null)
                : new HeaderField(alias.written(), Use.REPEATED, alias.column());
    }

    private static HeaderField field(String written, ColumnMapping mapping) {
        if (written.isEmpty()) {
            return new HeaderField(written, Use.NAMELESS, null);
        }
        String target = mapping.target(written).orElse("");
        if (target.equals(ColumnMapping.IGNORE)) {
            return new HeaderField(written, Use.IGNORED, null);
        }
        if (!target.isEmpty()) {
            return new HeaderField(written, Use.MAPPED, Column.of(target).orElseThrow());
        }
        Optional<Column> exact = Column.of(written);
        if (exact.isPresent()) {
            return new HeaderField(written, Use.COLUMN, exact.get());
        }
        return ColumnAliases.find(written)
                .map(column -> new HeaderField(written, Use.ALIAS, column))
                .orElseGet(() -> unknown(written, mapping));
    }

    /** Field that is no column. A column that orders, limits or forbids is never left out without its name. */
    private static HeaderField unknown(String written, ColumnMapping mapping) {
        boolean ignored =
                mapping.ignoresRest() && RestrictiveColumns.problemOf(written).isEmpty();
        return new HeaderField(written, ignored ? Use.IGNORED : Use.COPIED, null);
    }

    List<HeaderField> fields() {
        return fields;
    }

    /** Fields with the values of a column, including those that repeat it, in file order. */
    List<HeaderField> fieldsOf(Column column) {
        return fields.stream()
                .filter(field -> field.column() == column && (field.isColumn() || field.use() == Use.REPEATED))
                .toList();
    }

    /** Number of cells of a record. */
    int width() {
        return fields.size();
    }

    /** Names of the kept cells, in file order. */
    List<String> names() {
        return fields.stream()
                .filter(HeaderField::isKept)
                .map(HeaderField::name)
                .toList();
    }

    /** Names, as written, of the fields that the mapping leaves out. */
    List<String> leftOut() {
        return fields.stream()
                .filter(field -> field.use() == Use.IGNORED)
                .map(HeaderField::written)
                .toList();
    }

    /** Names, as written, by the label of their column, where the two differ. */
    Map<String, String> otherNames() {
        Map<String, String> names = new HashMap<>();
        fields.stream().filter(HeaderField::isRenamed).forEach(field -> names.put(field.name(), field.written()));
        return names;
    }

    /** Position of the field that the runner reads as the column; -1 when there is none. */
    int position(Column column) {
        return IntStream.range(0, fields.size())
                .filter(i -> fields.get(i).isColumn() && fields.get(i).column() == column)
                .findFirst()
                .orElse(-1);
    }

    /** Kept cells of a record. A record that is too short has empty cells at its end. */
    String[] kept(String[] cells) {
        String[] all = cells.length >= fields.size() ? cells : padded(cells);
        if (kept == null) {
            return all;
        }
        String[] picked = new String[kept.length];
        for (int i = 0; i < kept.length; i++) {
            picked[i] = all[kept[i]];
        }
        return picked;
    }

    private String[] padded(String[] cells) {
        String[] all = Arrays.copyOf(cells, fields.size());
        Arrays.fill(all, cells.length, all.length, "");
        return all;
    }
}
