package dev.smsrunner.inventory;

import java.util.Locale;

/** Finds rows with the same source, target or task. Remembers each key of the file with its first line. */
final class DuplicateCheck {

    private final ProblemList findings;
    private final KeyIndex sourceIds = new KeyIndex();
    private final KeyIndex namesAndIps = new KeyIndex();
    private final KeyIndex targetIds = new KeyIndex();
    private final KeyIndex taskIds = new KeyIndex();

    DuplicateCheck(ProblemList findings) {
        this.findings = findings;
    }

    void check(InventoryRow row) {
        requireUnique(sourceIds, row, Column.SOURCE_SERVER_ID, lower(row.cell(Column.SOURCE_SERVER_ID)));
        requireUnique(targetIds, row, Column.TARGET_SERVER_ID, lower(row.cell(Column.TARGET_SERVER_ID)));
        requireUnique(taskIds, row, Column.TASK_ID, lower(row.cell(Column.TASK_ID)));
        requireUnique(namesAndIps, row, Column.SERVER_NAME, nameAndIp(row));
    }

    private void requireUnique(KeyIndex index, InventoryRow row, Column column, String key) {
        int first = key.isEmpty() ? 0 : index.firstLine(key, row.line());
        if (first > 0) {
            findings.problem(row.line(), column.label(), sameAs(row, column, first), advice(row, column));
        }
    }

    private static String sameAs(InventoryRow row, Column column, int first) {
        String what = QuotedText.of(row.cell(column));
        boolean withIp = column == Column.SERVER_NAME && !row.sourceIp().isEmpty();
        return what + (withIp ? " with address " + row.sourceIp() : "") + " is already on line " + first;
    }

    private static String advice(InventoryRow row, Column column) {
        return column == Column.SERVER_NAME && row.sourceIp().isEmpty()
                ? "remove one of the two rows, or add source_server_id or source_ip to both"
                : "remove one of the two rows";
    }

    /** Key of name and address; empty when the row has no name or is identified by an id. */
    private static String nameAndIp(InventoryRow row) {
        String name = row.cell(Column.SERVER_NAME);
        String ip = row.cell(Column.SOURCE_IP);
        boolean known = !row.cell(Column.SOURCE_SERVER_ID).isEmpty()
                || !row.cell(Column.TASK_ID).isEmpty();
        if (name.isEmpty() || ip.isEmpty() && known) {
            return "";
        }
        return ServerName.key(name)
                + '\n'
                + IpAddress.parse(ip).map(IpAddress::hex).orElse(ip);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
