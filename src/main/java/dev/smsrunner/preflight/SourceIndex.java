package dev.smsrunner.preflight;

import dev.smsrunner.cloud.ListCoverage;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.IpAddress;
import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The source servers of the account, found by id, by name and by address. */
final class SourceIndex {

    /** Each may have taken several attempts: thousands of rows must not wait for them. */
    private static final int MOST_BROKEN = 5;

    private final Map<String, SourceServer> byId = new HashMap<>();
    private final Map<String, List<SourceServer>> byName = new HashMap<>();
    private final Map<String, List<SourceServer>> byAddress = new HashMap<>();

    private ListCoverage coverage = new ListCoverage(0, null);
    private int broken;

    /**
     * Looks at all sources of the account (ListServers), and once more when not all were shown: the list may have changed between two
     * pages.
     */
    static SourceIndex look(SmsApi sms) {
        var sources = new SourceIndex();
        for (int look = 1; look == 1 || look == 2 && !sources.complete(); look++) {
            var shown = sms.eachSourcePage(page -> page.sourceServers().forEach(sources::add));
            sources.coverage = new ListCoverage(sources.count(), shown.announced());
        }
        return sources;
    }

    void add(SourceServer source) {
        if (source.id() == null || byId.putIfAbsent(key(source.id()), source) != null) {
            return;
        }
        byName.computeIfAbsent(nameKey(source.name()), name -> new ArrayList<>(1))
                .add(source);
        byAddress
                .computeIfAbsent(addressKey(source.ip()), address -> new ArrayList<>(1))
                .add(source);
    }

    int count() {
        return byId.size();
    }

    /** How many of the sources SMS showed. */
    ListCoverage coverage() {
        return coverage;
    }

    /** Whether looking for one source alone is of no use any more: it failed for several in a row. */
    boolean hopeless() {
        return broken >= MOST_BROKEN;
    }

    /** Notes how looking for one source alone ended. */
    void looked(boolean answered) {
        broken = answered ? 0 : broken + 1;
    }

    /** Whether all sources are here that SMS says that it has: a list that is cut off proves nothing of a source it lacks. */
    boolean complete() {
        return coverage.isComplete();
    }

    /** The source of that id: one, or none. */
    List<SourceServer> withId(String id) {
        var found = byId.get(key(id));
        return found == null ? List.of() : List.of(found);
    }

    /** The sources that fit the row: by its id when it gives one, else by all of name and address that it gives. */
    List<SourceServer> matching(InventoryRow row) {
        if (!row.sourceServerId().isEmpty()) {
            return withId(row.sourceServerId());
        }
        if (row.sourceIp().isEmpty()) {
            return byName.getOrDefault(nameKey(row.serverName()), List.of());
        }
        var here = byAddress.getOrDefault(addressKey(row.sourceIp()), List.of());
        if (row.value(Column.SERVER_NAME).isEmpty()) {
            return here;
        }
        var named = here.stream()
                .filter(source -> nameKey(source.name()).equals(nameKey(row.serverName())))
                .toList();
        return named.isEmpty() && here.size() == 1 ? List.of() : named;
    }

    /** Sources that fit the address but not the name, or the name but not the address: for the message. */
    List<SourceServer> nearly(InventoryRow row) {
        var near = new ArrayList<>(byAddress.getOrDefault(addressKey(row.sourceIp()), List.of()));
        near.addAll(byName.getOrDefault(nameKey(row.serverName()), List.of()));
        return near.stream().distinct().limit(3).toList();
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private static String nameKey(@Nullable String name) {
        return name == null ? "" : ServerName.key(name);
    }

    /** The one form of an address: SMS and an inventory may write an IPv6 address differently. */
    private static String addressKey(@Nullable String address) {
        var text = address == null ? "" : address.strip();
        return IpAddress.parse(text).map(IpAddress::toString).orElse(text);
    }
}
