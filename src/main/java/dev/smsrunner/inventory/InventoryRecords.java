package dev.smsrunner.inventory;

import com.opencsv.ICSVParser;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the records of a file, which opencsv splits. Bounds each record, since opencsv has no limits of its own. */
final class InventoryRecords implements Closeable {

    /** Maximum number of lines in one record. */
    static final int MAX_LINES = 100;

    /** Maximum number of unterminated records; then reading stops. */
    private static final int MAX_UNCLOSED = 20;

    /** Maximum number of records after an unreadable one. Enough for all problems of a manually written file. */
    private static final int MAX_AFTER_FAULT = 10_000;

    private final InventoryLines lines;
    private Separator separator = Separator.COMMA;
    private ICSVParser parser = separator.parser();
    private final Deque<InventoryLine> ahead = new ArrayDeque<>();
    private int unclosed;
    private int sinceFault = -1;
    private int stoppedAt;

    InventoryRecords(InputStream in) {
        this.lines = new InventoryLines(in);
    }

    /** Reason why the whole file cannot be read, or null. Must be called first. */
    @Nullable
    CellProblem open() throws IOException {
        return lines.open();
    }

    /**
     * Record of the header, the first that is not blank; null in an empty file. The header decides the separator of the file,
     * unless a line {@code sep=;} precedes it.
     */
    @Nullable
    CsvRecord header() throws IOException {
        InventoryLine line = nextFilledLine();
        if (line != null && Separator.isDeclaration(line.text())) {
            Optional<Separator> declared = Separator.declaredBy(line.text());
            if (declared.isEmpty()) {
                return CsvRecord.withFault(
                        line.number(),
                        new CellProblem(
                                "declares a separator other than comma, semicolon and TAB",
                                "save the file as CSV with commas"));
            }
            use(declared.get());
            return next();
        }
        if (line != null) {
            use(Separator.ofHeader(line.text()));
            ahead.addFirst(line);
        }
        return next();
    }

    private @Nullable InventoryLine nextFilledLine() throws IOException {
        InventoryLine line = nextLine();
        while (line != null && line.isBlank()) {
            line = nextLine();
        }
        return line;
    }

    private void use(Separator chosen) {
        separator = chosen;
        parser = chosen.parser();
    }

    Separator separator() {
        return separator;
    }

    /** Next lines of the file, which stay unread; fewer at its end. */
    List<InventoryLine> peek(int count) throws IOException {
        for (InventoryLine line = null; ahead.size() < count; ahead.addLast(line)) {
            line = lines.next();
            if (line == null) {
                break;
            }
        }
        return List.copyOf(ahead);
    }

    /** Whether the record that was read last ends at the end of the file, without a line end. */
    boolean isCutOff() {
        return lines.isCutOff() && ahead.isEmpty();
    }

    /** Next record that is not blank; null at the end or after too many faults. */
    @Nullable
    CsvRecord next() throws IOException {
        CsvRecord record = nextRecord();
        if (record != null && (sinceFault >= MAX_AFTER_FAULT || unclosed > MAX_UNCLOSED)) {
            stoppedAt = record.line();
            return null;
        }
        if (record != null && (record.fault() != null || sinceFault >= 0)) {
            sinceFault++;
        }
        return record;
    }

    /** First line that was not read because of earlier faults; 0 when all lines were read. */
    int stoppedAt() {
        return stoppedAt;
    }

    /** Whether a record could not be read. */
    boolean hadFaults() {
        return sinceFault >= 0;
    }

    private @Nullable CsvRecord nextRecord() throws IOException {
        InventoryLine first = nextLine();
        while (first != null) {
            CsvRecord record = first.isBlank() ? null : recordFrom(first);
            if (record != null && !record.isBlank()) {
                return record;
            }
            first = nextLine();
        }
        return null;
    }

    private @Nullable InventoryLine nextLine() throws IOException {
        return ahead.isEmpty() ? lines.next() : ahead.poll();
    }

    private CsvRecord recordFrom(InventoryLine first) throws IOException {
        if (first.hasOtherEncoding()) {
            return CsvRecord.withOtherEncoding(first, false);
        }
        if (first.fault() != null) {
            return CsvRecord.withFault(first.number(), first.fault());
        }
        RecordSplitter record = new RecordSplitter(parser, first);
        if (record.isOpen()) {
            return readMultiline(first, record);
        }
        return record.fault() == null
                ? CsvRecord.of(first.number(), record.cells())
                : CsvRecord.withFault(first.number(), record.fault());
    }

    private CsvRecord readMultiline(InventoryLine first, RecordSplitter record) throws IOException {
        List<InventoryLine> read = new ArrayList<>(List.of(first));
        int size = first.text().length();
        while (record.isOpen() && read.size() < MAX_LINES && size <= InventoryLines.MAX_BYTES) {
            InventoryLine line = nextLine();
            if (line == null) {
                break;
            }
            if (line.hasOtherEncoding()) {
                return CsvRecord.withOtherEncoding(line, true);
            }
            read.add(line);
            if (line.fault() != null) {
                break;
            }
            record.add(line);
            size += line.text().length() + 1;
        }
        return record.isOpen() || record.fault() != null
                ? unclosedRecord(read, record.fault())
                : CsvRecord.of(first.number(), record.cells());
    }

    /** Returns all lines except the first to the queue, so that their own problems are found too. */
    private CsvRecord unclosedRecord(List<InventoryLine> read, @Nullable CellProblem fault) {
        unclosed++;
        for (int i = read.size() - 1; i > 0; i--) {
            ahead.addFirst(read.get(i));
        }
        CellProblem open = new CellProblem(
                "has a quote that is not closed within " + MAX_LINES + " lines and 256 KB",
                "close the quoted cell, and write each quote inside a cell twice");
        return CsvRecord.unterminated(read.get(0).number(), fault == null ? open : fault);
    }

    /** Reads the rest of the file and returns the digest of all bytes. */
    String sha256() throws IOException {
        return lines.sha256();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
