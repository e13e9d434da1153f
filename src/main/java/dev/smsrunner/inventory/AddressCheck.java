package dev.smsrunner.inventory;

/**
 * Finds addresses of existing targets that belong to another target or to a source of the file, since the agent would overwrite
 * that server. Compares addresses independently of their spelling.
 */
final class AddressCheck {

    private final ProblemList findings;
    private final RowRules rules;
    private final KeyIndex sources = new KeyIndex();
    private final KeyIndex targets = new KeyIndex();

    AddressCheck(ProblemList findings, RowRules rules) {
        this.findings = findings;
        this.rules = rules;
    }

    void check(InventoryRow row) {
        String source = key(row.sourceIp());
        String target = rules.hasTargetAddress(row) ? key(row.migrationIp()) : "";
        if (!target.isEmpty()) {
            checkTarget(row, target, source);
        }
        if (!source.isEmpty()) {
            checkSource(row, source, target);
        }
    }

    private void checkTarget(InventoryRow row, String target, String source) {
        int other = targets.firstLine(target, row.line());
        if (other > 0) {
            problem(
                    row,
                    Column.MIGRATION_IP,
                    row.migrationIp(),
                    "is already on line " + other,
                    "write the address of this target");
        }
        int sourceLine = target.equals(source) ? row.line() : sources.firstLineOf(target);
        if (sourceLine > 0) {
            problem(
                    row,
                    Column.MIGRATION_IP,
                    row.migrationIp(),
                    "is the source_ip " + location(sourceLine, row),
                    "write the address of the target, not of a source");
        }
    }

    private void checkSource(InventoryRow row, String source, String target) {
        sources.firstLine(source, row.line());
        int targetLine = source.equals(target) ? 0 : targets.firstLineOf(source);
        if (targetLine > 0) {
            problem(
                    row,
                    Column.SOURCE_IP,
                    row.sourceIp(),
                    "is the migration_ip " + location(targetLine, row),
                    "write the address of the target on that line, not of a source");
        }
    }

    private static String location(int line, InventoryRow row) {
        return line == row.line() ? "of the same row on line " + line : "on line " + line;
    }

    private void problem(InventoryRow row, Column column, String value, String what, String advice) {
        findings.problem(row.line(), column.label(), QuotedText.of(value) + " " + what, advice);
    }

    /** Comparison key of an address; empty for an invalid address, which the check of the cell reports. */
    private static String key(String address) {
        return address.isEmpty()
                ? ""
                : IpAddress.parse(address).map(IpAddress::hex).orElse("");
    }
}
