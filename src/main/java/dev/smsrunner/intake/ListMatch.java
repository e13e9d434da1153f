package dev.smsrunner.intake;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.preflight.SourceIndex;
import dev.smsrunner.sms.SourceServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Match of the operator's list with the registered sources. A row and a source match when they have the same id, or the same name
 * and address as far as the row has them. A name with its domain equals the name without.
 *
 * @param size number of rows of the list
 * @param matched source of each matched row, in the order of the list
 * @param onlyInList rows without a source
 * @param doubtful rows that match only by name, only by address, or several sources; a text for each
 * @param onlyInSms sources without a row
 * @param otherNames rows whose source, found by its id, has another name or address; a text for each
 */
record ListMatch(
        int size,
        Map<InventoryRow, SourceServer> matched,
        List<InventoryRow> onlyInList,
        List<String> doubtful,
        List<SourceServer> onlyInSms,
        List<String> otherNames) {

    static ListMatch of(List<InventoryRow> rows, SourceIndex sources) {
        var result = new ListMatch(
                rows.size(),
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        var used = new LinkedHashMap<String, InventoryRow>();
        var named = new HashSet<String>();
        rows.forEach(row -> result.add(row, sources, used, named));
        sources.all().stream()
                .filter(source -> !used.containsKey(source.id()) && !named.contains(source.id()))
                .sorted(SourceRow.BY_NAME)
                .forEach(result.onlyInSms::add);
        return result;
    }

    /** @param named ids of the sources that a doubtful row may mean */
    private void add(InventoryRow row, SourceIndex sources, Map<String, InventoryRow> used, Set<String> named) {
        var found = sources.findMatching(row);
        var similar = found.isEmpty() ? sources.findSimilar(row) : found;
        var equal = found.isEmpty()
                ? similar.stream().filter(source -> isSame(row, source)).toList()
                : found;
        if (equal.size() == 1) {
            var source = equal.get(0);
            var earlier = used.putIfAbsent(Objects.requireNonNull(source.id()), row);
            if (earlier == null) {
                matched.put(row, source);
                noteOtherName(row, source);
            } else {
                doubtful.add("%s: its source is already that of line %d".formatted(text(row), earlier.line()));
            }
            return;
        }
        similar.forEach(source -> named.add(source.id()));
        if (similar.isEmpty()) {
            onlyInList.add(row);
        } else {
            doubtful.add("%s: SMS has %s"
                    .formatted(
                            text(row),
                            String.join(
                                    " and ",
                                    similar.stream().map(SourceRow::text).toList())));
        }
    }

    /** The id of a row decides, but may be that of another server by mistake. */
    private void noteOtherName(InventoryRow row, SourceServer source) {
        var name = row.value(Column.SERVER_NAME);
        boolean otherName = !name.isEmpty() && !ServerName.isSameHost(name, source.name());
        boolean otherAddress = !row.sourceIp().isEmpty() && !SourceIndex.isSameAddress(row.sourceIp(), source.ip());
        if (otherName || otherAddress) {
            otherNames.add("%s: the source with its source_server_id %s is %s"
                    .formatted(text(row), row.sourceServerId(), SourceRow.text(source)));
        }
    }

    /** Whether the row has the address of the source, and its name with or without the domain. */
    private static boolean isSame(InventoryRow row, SourceServer source) {
        return SourceIndex.isSameAddress(row.sourceIp(), source.ip())
                && ServerName.isSameHost(row.value(Column.SERVER_NAME), source.name());
    }

    /** Row for messages: line, name and address. */
    static String text(InventoryRow row) {
        return "line %d %s".formatted(row.line(), SourceRow.text(row.value(Column.SERVER_NAME), row.sourceIp()));
    }
}
