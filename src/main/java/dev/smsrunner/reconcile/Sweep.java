package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One look at all source servers of the account, by pages of 200: state, cycle and current task come in one call
 * (ListServers), so that the cost is one call per 200 servers and not one per server.
 *
 * @param lookedAt when the look began
 * @param others how many servers that are not ours take a place of the account: they are copied, in sync or launched
 * @param compared whether there is a result of the comparison of source and target, by source; a source of which the list does
 *     not say so is not there
 */
record Sweep(Instant lookedAt, Map<String, Observation> bySource, int others, Map<String, Boolean> compared) {

    /** Looks at the sources of the rows. */
    static Sweep look(SmsApi sms, Set<String> ours, Instant now) {
        return look(sms, ours, Set.of(), now);
    }

    /**
     * Looks at the sources of the rows, and keeps what is seen of some others too.
     *
     * @param elsewhere ids of the others, in lower case
     */
    static Sweep look(SmsApi sms, Set<String> ours, Set<String> elsewhere, Instant now) {
        var found = new HashMap<String, Observation>();
        var compared = new HashMap<String, Boolean>();
        var others = new int[1];
        var coverage = sms.eachSourcePage(page -> {
            for (var source : page.sourceServers()) {
                if (source.id() != null && ours.contains(source.id())) {
                    found.put(source.id(), Observation.of(source, now));
                    if (source.consistencyResultExist() != null) {
                        compared.put(source.id(), source.consistencyResultExist());
                    }
                    continue;
                }
                others[0] += takesPlace(source) ? 1 : 0;
                if (source.id() != null && elsewhere.contains(source.id().toLowerCase(Locale.ROOT))) {
                    found.put(source.id().toLowerCase(Locale.ROOT), Observation.of(source, now));
                }
            }
        });
        if (!coverage.isComplete()) {
            ours.stream()
                    .filter(source -> !found.containsKey(source))
                    .forEach(source -> alone(sms, source, now).ifPresent(seen -> found.put(source, seen)));
        }
        return new Sweep(now, found, others[0], compared);
    }

    /** What an incomplete list does not show is asked for alone (ShowServer); it stays absent when the service does not tell of it. */
    private static Optional<Observation> alone(SmsApi sms, String source, Instant now) {
        try {
            return Optional.of(Observation.of(sms.showSource(source), now));
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            return Optional.empty();
        }
    }

    /** The source servers of some rows. */
    static Set<String> sources(List<LedgerRow> rows) {
        return rows.stream().map(LedgerRow::sourceId).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    Observation of(String sourceId) {
        return bySource.getOrDefault(sourceId, Observation.absent(lookedAt));
    }

    /** Whether the target of that source runs: its cycle is {@code cutovered}, or its copy state says so. */
    boolean isLaunched(String sourceId) {
        var seen = bySource.get(sourceId);
        return seen != null
                && (seen.cycle() == MigrationCycle.CUTOVERED || seen.situation() == MigrationPhase.FINISHED);
    }

    /** As rows of the run do: from the start until the target runs, the time in sync included. */
    private static boolean takesPlace(SourceServer source) {
        return source.currentTask() != null
                && switch (source.currentTask().taskState()) {
                    case RUNNING, SYNCING -> true;
                    default -> false;
                };
    }
}
