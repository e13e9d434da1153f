package dev.smsrunner.inventory;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Checks cells that rows do not keep: cells without a name, and cells that repeat a column under another name. */
final class ExtraCellCheck {

    private final ProblemList findings;
    private final List<HeaderField> fields;
    private final BitSet nameless = new BitSet();
    private final List<Repetition> repetitions = new ArrayList<>();

    /**
     * Field that repeats a column.
     *
     * @param position position of the repeating field
     * @param first position of the field that the runner reads
     */
    private record Repetition(int position, int first) {}

    ExtraCellCheck(ProblemList findings, HeaderLayout layout) {
        this.findings = findings;
        this.fields = layout.fields();
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            nameless.set(i, field.use() == HeaderField.Use.NAMELESS);
            Column column = field.column();
            if (field.use() == HeaderField.Use.REPEATED && column != null) {
                repetitions.add(new Repetition(i, layout.position(column)));
            }
        }
    }

    void check(CsvRecord record) {
        String[] cells = record.cells();
        for (int i = nameless.nextSetBit(0); i >= 0 && i < cells.length; i = nameless.nextSetBit(i + 1)) {
            checkNameless(record.line(), i, Whitespace.trim(cells[i]));
        }
        for (Repetition repetition : repetitions) {
            if (repetition.position() < cells.length && repetition.first() < cells.length) {
                checkRepeated(
                        record.line(),
                        repetition,
                        Whitespace.trim(cells[repetition.position()]),
                        Whitespace.trim(cells[repetition.first()]));
            }
        }
    }

    /** Reports the first filled cell of each column without a name. */
    private void checkNameless(int line, int position, String cell) {
        if (!cell.isEmpty()) {
            nameless.clear(position);
            findings.problem(
                    line,
                    "column " + (position + 1),
                    "has " + QuotedText.of(cell) + ", but the header has no name for this column",
                    "name the column in the header, or empty its cells");
        }
    }

    /** An empty cell says nothing, so only another value contradicts the column. */
    private void checkRepeated(int line, Repetition repetition, String cell, String other) {
        HeaderField field = fields.get(repetition.position());
        if (!cell.isEmpty() && !cell.equalsIgnoreCase(other)) {
            HeaderField first = fields.get(repetition.first());
            findings.problem(
                    line,
                    QuotedText.inMessage(field.written()),
                    "is " + QuotedText.of(cell) + ", but " + QuotedText.inMessage(first.written()) + " is "
                            + (other.isEmpty() ? "empty" : QuotedText.of(other)) + "; both are " + first.name(),
                    "correct the row, or leave one column out with "
                            + ColumnMapping.example(field.written(), ColumnMapping.IGNORE) + " in the job file");
        }
    }
}
