package dev.smsrunner.preflight;

import dev.smsrunner.cloud.ListCoverage;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.IpAddress;
import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Index of the account's source servers by id, by name and by address. */
public final class SourceIndex {

    /** Limit for failed single lookups. Each may take several attempts, and thousands of rows must not wait for them. */
    private static final int MAX_FAILED_LOOKUPS = 5;

    private final Map<String, SourceServer> byId = new HashMap<>();
    private final Map<String, List<SourceServer>> byName = new HashMap<>();
    private final Map<String, List<SourceServer>> byAddress = new HashMap<>();

    private ListCoverage coverage = new ListCoverage(0, null);
    private int failedLookups;

    /**
     * Reads all sources of the account (ListServers). Reads them a second time when the list was incomplete, since it may have
     * changed between two pages.
     */
    public static SourceIndex load(SmsApi sms) {
        var sources = new SourceIndex();
        for (int attempt = 1; attempt == 1 || attempt == 2 && !sources.isComplete(); attempt++) {
            var listed = sms.eachSourcePage(page -> page.sourceServers().forEach(sources::add));
            sources.coverage = new ListCoverage(sources.count(), listed.announced());
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

    public int count() {
        return byId.size();
    }

    /** All sources of the index, in no order. */
    public Collection<SourceServer> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** Coverage of the list: sources listed and sources announced. */
    public ListCoverage coverage() {
        return coverage;
    }

    /** Whether single lookups are stopped because several in a row failed. */
    boolean isLookupFailing() {
        return failedLookups >= MAX_FAILED_LOOKUPS;
    }

    /** Records the result of a single lookup. */
    void recordLookup(boolean answered) {
        failedLookups = answered ? 0 : failedLookups + 1;
    }

    /** Whether the index has all sources that SMS announced. A truncated list does not prove that a source is absent. */
    public boolean isComplete() {
        return coverage.isComplete();
    }

    /** Source with this id, or an empty list. */
    public List<SourceServer> findById(String id) {
        var found = byId.get(key(id));
        return found == null ? List.of() : List.of(found);
    }

    /** Sources that match the row: by its source id if set, else by its name and address as far as set. */
    public List<SourceServer> findMatching(InventoryRow row) {
        if (!row.sourceServerId().isEmpty()) {
            return findById(row.sourceServerId());
        }
        if (row.sourceIp().isEmpty()) {
            return byName.getOrDefault(nameKey(row.serverName()), List.of());
        }
        var atAddress = byAddress.getOrDefault(addressKey(row.sourceIp()), List.of());
        if (row.value(Column.SERVER_NAME).isEmpty()) {
            return atAddress;
        }
        var withName = atAddress.stream()
                .filter(source -> nameKey(source.name()).equals(nameKey(row.serverName())))
                .toList();
        return withName.isEmpty() && atAddress.size() == 1 ? List.of() : withName;
    }

    /** Up to three sources that match only the address or only the name, for the message. */
    public List<SourceServer> findSimilar(InventoryRow row) {
        var similar = new ArrayList<>(byAddress.getOrDefault(addressKey(row.sourceIp()), List.of()));
        similar.addAll(byName.getOrDefault(nameKey(row.serverName()), List.of()));
        return similar.stream().distinct().limit(3).toList();
    }

    /** Whether the addresses are equal and not empty. SMS and an inventory may write an IPv6 address differently. */
    public static boolean isSameAddress(@Nullable String one, @Nullable String other) {
        return !addressKey(one).isEmpty() && addressKey(one).equals(addressKey(other));
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private static String nameKey(@Nullable String name) {
        return name == null ? "" : ServerName.key(name);
    }

    /** Canonical form of an address. */
    private static String addressKey(@Nullable String address) {
        var text = address == null ? "" : address.strip();
        return IpAddress.parse(text).map(IpAddress::toString).orElse(text);
    }
}
