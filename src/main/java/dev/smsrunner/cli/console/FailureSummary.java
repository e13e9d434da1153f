package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.report.Cause;
import dev.smsrunner.report.ReportRow;
import java.util.List;
import java.util.stream.Collectors;

/** Tells what failed or was rejected, by cause, and what to do: twenty servers by name, the rest by count. */
public final class FailureSummary {

    private static final int NAMED = 20;

    private FailureSummary() {}

    /** Adds the lines; none when nothing failed. */
    public static void add(List<String> lines, List<Cause> causes, AnsiStyle paint) {
        if (causes.isEmpty()) {
            return;
        }
        int rows = causes.stream().mapToInt(cause -> cause.rows().size()).sum();
        lines.add("");
        lines.add(paint.bad(rows == 1 ? "1 row failed or was rejected:" : rows + " rows failed or were rejected:"));
        int left = NAMED;
        for (var cause : causes) {
            int named = Math.min(left, cause.rows().size());
            one(lines, cause, named);
            left -= named;
        }
    }

    private static void one(List<String> lines, Cause cause, int named) {
        lines.add("  %d x %s%s: %s"
                .formatted(
                        cause.rows().size(),
                        cause.outcome(),
                        cause.errorCode() == null ? "" : " " + Console.safe(cause.errorCode()),
                        Console.safe(cause.cause())));
        if (cause.recommendedAction() != null) {
            lines.add("      do: " + Console.safe(cause.recommendedAction()));
        }
        if (named > 0) {
            lines.add("      " + Console.safe(servers(cause, named)));
        }
    }

    private static String servers(Cause cause, int named) {
        int more = cause.rows().size() - named;
        return cause.rows().stream()
                        .limit(named)
                        .map(ReportRow::row)
                        .map(FailureSummary::name)
                        .collect(Collectors.joining(", "))
                + (more == 0 ? "" : ", and %d more".formatted(more));
    }

    private static String name(LedgerRow row) {
        return "%s (row %d)".formatted(row.serverName(), row.row());
    }
}
