package dev.smsrunner.inventory;

import com.opencsv.RFC4180Parser;
import com.opencsv.RFC4180ParserBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Splits a file into records and lets opencsv take each one apart. opencsv is given complete records of bounded size
 * only, since it is quadratic on a quote that is never closed and has no limits of its own.
 */
final class InventoryRecords implements Closeable {

    /** Most lines in one record. */
    static final int MOST_LINES = 100;

    /** After so many records that do not end, the file is not read on. */
    private static final int MOST_UNCLOSED = 20;

    /** So many records are read after one that cannot be read: enough for all problems of any file made by hand. */
    private static final int MOST_AFTER_FAULT = 10_000;

    private final InventoryLines lines;
    private final RFC4180Parser parser = new RFC4180ParserBuilder().build();
    private final Deque<InventoryLine> ahead = new ArrayDeque<>();
    private int unclosed;
    private int sinceFault = -1;
    private int stoppedAt;

    InventoryRecords(InputStream in) {
        this.lines = new InventoryLines(in);
    }

    /** Why the file as a whole cannot be read, or null; to be asked first. */
    @Nullable
    CellProblem open() throws IOException {
        return lines.open();
    }

    /** The next record that is not blank, or null at the end, or where reading on makes no sense. */
    @Nullable
    CsvRecord next() throws IOException {
        CsvRecord record = nextRecord();
        if (record != null && (sinceFault >= MOST_AFTER_FAULT || unclosed > MOST_UNCLOSED)) {
            stoppedAt = record.line();
            return null;
        }
        if (record != null && (record.fault() != null || sinceFault >= 0)) {
            sinceFault++;
        }
        return record;
    }

    /** The line from which on nothing was read because of earlier faults; 0 when all was read. */
    int stoppedAt() {
        return stoppedAt;
    }

    /** Whether there was a record that could not be read. */
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
        if (first.fault() != null) {
            return CsvRecord.faulty(first.number(), first.fault());
        }
        RecordScan scan = new RecordScan(first.number());
        scan.line(first);
        return scan.isOpen() ? overLines(first, scan) : parsed(first.number(), first.text(), scan.fault());
    }

    private CsvRecord overLines(InventoryLine first, RecordScan scan) throws IOException {
        List<InventoryLine> read = new ArrayList<>(List.of(first));
        int size = first.text().length();
        while (scan.isOpen() && read.size() < MOST_LINES && size <= InventoryLines.LONGEST) {
            InventoryLine line = nextLine();
            if (line == null) {
                break;
            }
            read.add(line);
            if (line.fault() != null) {
                break;
            }
            scan.line(line);
            size += line.text().length() + 1;
        }
        if (scan.isOpen() || scan.fault() != null) {
            return unclosed(read, scan.fault());
        }
        return parsed(first.number(), read.stream().map(InventoryLine::text).collect(Collectors.joining("\n")), null);
    }

    /** Gives back all lines but the first, so that their own problems are found as well. */
    private CsvRecord unclosed(List<InventoryLine> read, @Nullable CellProblem fault) {
        unclosed++;
        for (int i = read.size() - 1; i > 0; i--) {
            ahead.addFirst(read.get(i));
        }
        CellProblem open = new CellProblem(
                "has a quote that is not closed within " + MOST_LINES + " lines and 256 KB",
                "close the quoted cell, and write each quote inside a cell twice");
        return CsvRecord.endless(read.get(0).number(), fault == null ? open : fault);
    }

    private CsvRecord parsed(int line, String text, @Nullable CellProblem fault) throws IOException {
        if (fault != null) {
            return CsvRecord.faulty(line, fault);
        }
        String[] cells = parser.parseLine(text);
        return cells.length > RecordScan.MOST_CELLS
                ? CsvRecord.faulty(
                        line,
                        new CellProblem(
                                "has " + cells.length + " cells, more than " + RecordScan.MOST_CELLS,
                                "keep the columns that are needed"))
                : CsvRecord.good(line, cells);
    }

    /** Reads what is left and gives the digest of all bytes. */
    String sha256() throws IOException {
        return lines.sha256();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
