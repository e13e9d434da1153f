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
 * Result of the search for the source server of a row.
 *
 * @param source null when there is not exactly one, or when the list is incomplete
 * @param finding reason for the missing source, null when there is one
 */
public record SourceMatch(
        @Nullable SourceServer source, @Nullable Finding finding) {

    /** Searches the source. An id that an incomplete list lacks is looked up by ShowServer before it counts as absent. */
    public static SourceMatch of(SmsApi sms, SourceIndex sources, InventoryRow row) {
        var matching = sources.findMatching(row);
        if (sources.isComplete()) {
            return requireOne(sources, row, matching);
        }
        boolean byId = !row.sourceServerId().isEmpty();
        if (matching.isEmpty()) {
            return byId
                    ? lookUpById(sms, sources, row)
                    : incompleteList(sources, row, "None of them matches %s".formatted(criteria(row)));
        }
        boolean byNameOnly = !byId && row.sourceIp().isEmpty();
        return byNameOnly && matching.size() == 1
                ? incompleteList(sources, row, "One of them matches %s, and another one may".formatted(criteria(row)))
                : requireOne(sources, row, matching);
    }

    /** Result for the sources that match; exactly one is required. */
    static SourceMatch requireOne(SourceIndex sources, InventoryRow row, List<SourceServer> matching) {
        return matching.size() == 1
                ? new SourceMatch(matching.get(0), null)
                : new SourceMatch(null, noUniqueSource(sources, row, matching));
    }

    private static SourceMatch lookUpById(SmsApi sms, SourceIndex sources, InventoryRow row) {
        if (sources.isLookupFailing()) {
            return incompleteList(
                    sources,
                    row,
                    "None of them has %s, and SMS does not answer requests for a single source"
                            .formatted(criteria(row)));
        }
        try {
            var source = sms.showSource(row.sourceServerId());
            sources.recordLookup(true);
            sources.add(source);
            return new SourceMatch(source, null);
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            sources.recordLookup(Absence.ofSource(ex));
            return Absence.ofSource(ex)
                    ? new SourceMatch(null, noUniqueSource(sources, row, List.of()))
                    : incompleteList(sources, row, "None of them has %s: %s".formatted(criteria(row), ex.getMessage()));
        }
    }

    /** Result for an incomplete list, which does not prove that a source is absent. */
    private static SourceMatch incompleteList(SourceIndex sources, InventoryRow row, String problem) {
        return new SourceMatch(
                null,
                Finding.error(
                        "SMS listed only %s source servers. %s. The source server of this row is not known. %s",
                        sources.coverage(),
                        problem,
                        row.sourceServerId().isEmpty() ? "Set source_server_id, or rerun later." : "Rerun later."));
    }

    /** Finding for a row that matches no source, or several. */
    private static Finding noUniqueSource(SourceIndex sources, InventoryRow row, List<SourceServer> matching) {
        if (matching.size() > 1) {
            return Finding.error(
                    "%d source servers match the row (%s). Set source_server_id.",
                    matching.size(),
                    String.join(", ", matching.stream().map(SourceServer::id).toList()));
        }
        var similar = sources.findSimilar(row);
        return Finding.error(
                "No source server matches %s. %s",
                criteria(row),
                similar.isEmpty()
                        ? "Install the agent and register the server, or correct the row."
                        : "Similar: "
                                + String.join(
                                        "; ",
                                        similar.stream()
                                                .map(SourceMatch::describe)
                                                .toList())
                                + ". Correct the row, or set source_server_id.");
    }

    private static String criteria(InventoryRow row) {
        return !row.sourceServerId().isEmpty()
                ? "the id " + row.sourceServerId()
                : "the name " + row.serverName() + (row.sourceIp().isEmpty() ? "" : " at " + row.sourceIp());
    }

    private static String describe(SourceServer source) {
        return "%s at %s is %s".formatted(source.name(), source.ip(), source.id());
    }
}
