package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.report.Cause;
import dev.smsrunner.report.ReportRow;
import java.util.List;
import java.util.stream.Collectors;

/** Summary of failed and rejected rows by cause, with remedies: up to twenty servers by name, the rest as a count. */
public final class FailureSummary {

    private static final int MAX_LISTED = 20;

    private FailureSummary() {}

    /** Adds the lines of the summary; none without failures. */
    public static void add(List<String> lines, List<Cause> causes, AnsiStyle style) {
        if (causes.isEmpty()) {
            return;
        }
        int rows = causes.stream().mapToInt(cause -> cause.rows().size()).sum();
        lines.add("");
        lines.add(style.bad(rows == 1 ? "1 row failed or was rejected:" : rows + " rows failed or were rejected:"));
        int left = MAX_LISTED;
        for (var cause : causes) {
            int listed = Math.min(left, cause.rows().size());
            addCause(lines, cause, listed);
            left -= listed;
        }
    }

    private static void addCause(List<String> lines, Cause cause, int listed) {
        lines.add("  %d x %s%s: %s"
                .formatted(
                        cause.rows().size(),
                        cause.outcome(),
                        cause.errorCode() == null ? "" : " " + Console.safe(cause.errorCode()),
                        Console.safe(cause.cause())));
        if (cause.recommendedAction() != null) {
            lines.add("      do: " + Console.safe(cause.recommendedAction()));
        }
        if (listed > 0) {
            lines.add("      " + Console.safe(servers(cause, listed)));
        }
    }

    private static String servers(Cause cause, int listed) {
        int more = cause.rows().size() - listed;
        return cause.rows().stream()
                        .limit(listed)
                        .map(ReportRow::row)
                        .map(FailureSummary::name)
                        .collect(Collectors.joining(", "))
                + (more == 0 ? "" : ", and %d more".formatted(more));
    }

    private static String name(LedgerRow row) {
        return "%s (row %d)".formatted(row.serverName(), row.row());
    }
}
