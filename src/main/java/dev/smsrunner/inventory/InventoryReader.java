package dev.smsrunner.inventory;

import dev.smsrunner.support.FileFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Streams the rows of a checked inventory into a chunk-oriented step. Every execution starts at the first row and stores nothing
 * in the execution context, so the writer of the rows must be idempotent.
 */
public final class InventoryReader implements ItemStreamReader<InventoryRow> {

    private final Path file;
    private final Map<String, String> defaults;
    private final String sha256;
    private @Nullable InventoryRecords records;
    private final ColumnMapping mapping;
    private HeaderLayout layout = HeaderLayout.of(new String[0], ColumnMapping.NONE);
    private Header header = new Header(List.of());
    private int row;

    /**
     * Reader of a checked file.
     *
     * @param defaults values for empty cells by column name, from the job file
     * @param sha256 digest of the check; the reader rejects a file with another digest after the last row
     */
    public InventoryReader(Path file, Map<String, String> defaults, String sha256) {
        this(file, defaults, ColumnMapping.NONE, sha256);
    }

    /**
     * Reader of a checked file with other names in its header.
     *
     * @param mapping the mapping of the check
     */
    public InventoryReader(Path file, Map<String, String> defaults, ColumnMapping mapping, String sha256) {
        this.file = file;
        this.mapping = mapping;
        this.defaults = Map.copyOf(defaults);
        this.sha256 = sha256;
    }

    @Override
    public void open(ExecutionContext executionContext) {
        close();
        if (PlainFile.problemOf(file) != null) {
            throw changedException();
        }
        try {
            records = new InventoryRecords(Files.newInputStream(file));
            row = 0;
            readHeader(records);
        } catch (IOException ex) {
            close();
            throw new ItemStreamException(
                    "Cannot read the inventory %s: %s. Check the file.".formatted(file, FileFailures.text(ex, file)),
                    ex);
        }
    }

    private void readHeader(InventoryRecords opened) throws IOException {
        CsvRecord record = opened.open() == null ? opened.header() : null;
        if (record == null || record.fault() != null) {
            throw changedException();
        }
        layout = HeaderLayout.of(record.cells(), mapping);
        header = Header.of(layout.names());
    }

    /**
     * Next row, or null after the last.
     *
     * @throws ItemStreamException if the file has changed since the check
     */
    @Override
    public @Nullable InventoryRow read() throws IOException {
        if (records == null) {
            throw new ItemStreamException("Inventory " + file + " is not open. Call open() first.");
        }
        CsvRecord record = records.next();
        if (record == null) {
            if (!records.sha256().equals(sha256)) {
                throw changedException();
            }
            return null;
        }
        if (record.fault() != null || record.cells().length > layout.width()) {
            throw changedException();
        }
        row++;
        return new InventoryRow(row, record.line(), header, layout.kept(record.cells()), defaults);
    }

    private ItemStreamException changedException() {
        return new ItemStreamException("Inventory " + file + " has changed since its check. Run again.");
    }

    @Override
    public void close() {
        InventoryRecords open = records;
        records = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException ex) {
            throw new ItemStreamException(
                    "Cannot close the inventory %s: %s.".formatted(file, FileFailures.text(ex, file)), ex);
        }
    }
}
