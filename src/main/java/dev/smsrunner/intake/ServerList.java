package dev.smsrunner.intake;

import dev.smsrunner.inventory.AcceptedInventory;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.ColumnMapping;
import dev.smsrunner.inventory.InventoryCheckResult;
import dev.smsrunner.inventory.InventoryFile;
import dev.smsrunner.inventory.InventoryReader;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.LaunchOrder;
import dev.smsrunner.inventory.RowRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** List of servers that the operator has, such as an export of another tool. Each row has a name, an address or an id. */
public final class ServerList {

    private static final RowRules RULES = new RowRules() {
        @Override
        public List<List<Column>> requiredColumns() {
            return List.of(List.of(Column.SERVER_NAME, Column.SOURCE_IP, Column.SOURCE_SERVER_ID));
        }

        /** The inventory keeps the cell, and the job obeys or refuses it. */
        @Override
        public boolean skipsForbiddenRows() {
            return true;
        }

        /** SMS knows them better. {@link SourceRow} drops a malformed cell where SMS shows no value. */
        @Override
        public boolean replaces(Column column) {
            return SourceRow.FROM_SMS.contains(column);
        }

        @Override
        public String adviceForMissingIdentity() {
            return "name its column with --name or --ip";
        }
    };

    /** Nothing is started or launched. */
    private static final LaunchOrder ORDER = LaunchOrder.NONE;

    private final Path file;
    private final ColumnMapping mapping;

    /**
     * List in a CSV file.
     *
     * @param nameColumn header of the column with the name; null to recognise it
     * @param addressColumn header of the column with the address; null to recognise it
     * @param ofJob columns of the job file, of which the list may lack any
     */
    public ServerList(Path file, @Nullable String nameColumn, @Nullable String addressColumn, ColumnMapping ofJob) {
        this.file = file;
        var named = new LinkedHashMap<String, String>();
        if (nameColumn != null) {
            named.put(nameColumn, Column.SERVER_NAME.label());
        }
        if (addressColumn != null) {
            named.put(addressColumn, Column.SOURCE_IP.label());
        }
        this.mapping = ofJob.forList(named);
    }

    public Path file() {
        return file;
    }

    /** Checks the whole file, as the runner checks an inventory. */
    public InventoryCheckResult check() {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        return InventoryFile.check(file, Map.of(), RULES, ORDER, folder, mapping, AcceptedInventory.NONE);
    }

    /** Rows of the file after its check. */
    public List<InventoryRow> rows(InventoryCheckResult checked) throws IOException {
        var rows = new ArrayList<InventoryRow>();
        var reader = new InventoryReader(file, Map.of(), mapping, checked.sha256());
        reader.open(new ExecutionContext());
        try {
            for (InventoryRow row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        } finally {
            reader.close();
        }
        return rows;
    }
}
