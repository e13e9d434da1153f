package dev.smsrunner.inventory;

import java.util.Locale;

/** Finds rows that mean the same source, target or task; each key of the file is remembered with its first line. */
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
        once(sourceIds, row, Column.SOURCE_SERVER_ID, lower(row.cell(Column.SOURCE_SERVER_ID)));
        once(targetIds, row, Column.TARGET_SERVER_ID, lower(row.cell(Column.TARGET_SERVER_ID)));
        once(taskIds, row, Column.TASK_ID, lower(row.cell(Column.TASK_ID)));
        once(namesAndIps, row, Column.SERVER_NAME, nameAndIp(row));
    }

    private void once(KeyIndex seen, InventoryRow row, Column column, String key) {
        int first = key.isEmpty() ? 0 : seen.firstLine(key, row.line());
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
                ? "remove one of the two rows, or tell them apart by source_server_id or source_ip"
                : "remove one of the two rows";
    }

    /** Empty when the row cannot be compared by name: it has none, or an id alone tells it apart. */
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
