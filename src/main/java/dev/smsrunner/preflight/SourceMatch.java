package dev.smsrunner.preflight;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.sms.Absence;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one source server that a row names.
 *
 * @param source null when there is not exactly one, or when that is not known
 * @param finding why there is no source, null when there is one
 */
record SourceMatch(@Nullable SourceServer source, @Nullable Finding finding) {

    /** Finds it; a source that an incomplete list does not show is asked for by its id (ShowServer) before it counts as absent. */
    static SourceMatch of(SmsApi sms, SourceIndex sources, InventoryRow row) {
        var matching = sources.matching(row);
        if (sources.complete()) {
            return one(sources, row, matching);
        }
        boolean byId = !row.sourceServerId().isEmpty();
        if (matching.isEmpty()) {
            return byId
                    ? alone(sms, sources, row)
                    : unknown(sources, row, "None of them fits %s".formatted(wanted(row)));
        }
        boolean byNameOnly = !byId && row.sourceIp().isEmpty();
        return byNameOnly && matching.size() == 1
                ? unknown(sources, row, "One of them fits %s, and another may".formatted(wanted(row)))
                : one(sources, row, matching);
    }

    /** The only one of those that match. */
    static SourceMatch one(SourceIndex sources, InventoryRow row, List<SourceServer> matching) {
        return matching.size() == 1
                ? new SourceMatch(matching.get(0), null)
                : new SourceMatch(null, noOne(sources, row, matching));
    }

    private static SourceMatch alone(SmsApi sms, SourceIndex sources, InventoryRow row) {
        if (sources.hopeless()) {
            return unknown(
                    sources, row, "None of them has %s, and SMS does not show single ones".formatted(wanted(row)));
        }
        try {
            var source = sms.showSource(row.sourceServerId());
            sources.looked(true);
            sources.add(source);
            return new SourceMatch(source, null);
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            sources.looked(Absence.ofSource(ex));
            return Absence.ofSource(ex)
                    ? new SourceMatch(null, noOne(sources, row, List.of()))
                    : unknown(sources, row, "None of them has %s: %s".formatted(wanted(row), ex.getMessage()));
        }
    }

    /** An incomplete list proves nothing of what it lacks. */
    private static SourceMatch unknown(SourceIndex sources, InventoryRow row, String what) {
        return new SourceMatch(
                null,
                Finding.error(
                        "SMS listed only %s source servers. %s, so the source server of this row is not known. %s",
                        sources.coverage(),
                        what,
                        row.sourceServerId().isEmpty()
                                ? "Name it in source_server_id, or rerun later."
                                : "Rerun later."));
    }

    /** Why not exactly one source fits the row. */
    private static Finding noOne(SourceIndex sources, InventoryRow row, List<SourceServer> matching) {
        if (matching.size() > 1) {
            return Finding.error(
                    "%d source servers fit the row (%s). Name the right one in source_server_id.",
                    matching.size(),
                    String.join(", ", matching.stream().map(SourceServer::id).toList()));
        }
        var near = sources.nearly(row);
        return Finding.error(
                "No source server fits %s. %s",
                wanted(row),
                near.isEmpty()
                        ? "Install the agent and let it register, or correct the row."
                        : "Near: "
                                + String.join(
                                        "; ",
                                        near.stream()
                                                .map(SourceMatch::described)
                                                .toList())
                                + ". Correct the row, or name the right one in source_server_id.");
    }

    private static String wanted(InventoryRow row) {
        return !row.sourceServerId().isEmpty()
                ? "the id " + row.sourceServerId()
                : "the name " + row.serverName() + (row.sourceIp().isEmpty() ? "" : " at " + row.sourceIp());
    }

    private static String described(SourceServer source) {
        return "%s at %s is %s".formatted(source.name(), source.ip(), source.id());
    }
}
