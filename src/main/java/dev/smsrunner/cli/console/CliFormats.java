package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.Lease;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text and JSON formats of an instant and of the process that works on a run. */
public final class CliFormats {

    private CliFormats() {}

    /** UTC, to the second; {@code -} for none. */
    public static String at(@Nullable Instant instant) {
        return instant == null ? "-" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code host ops-1, process 4711, since 2026-11-21T22:00:00Z}. */
    public static String holder(Lease lease) {
        return "host %s, process %d, since %s".formatted(lease.host(), lease.pid(), at(lease.since()));
    }

    /** JSON form of the lease holder. */
    public static Map<String, @Nullable Object> holderJson(Lease lease) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("host", lease.host());
        json.put("pid", lease.pid());
        json.put("since", at(lease.since()));
        json.put("until", at(lease.until()));
        return json;
    }
}
