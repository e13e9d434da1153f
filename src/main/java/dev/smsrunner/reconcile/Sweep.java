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
 * Observation of all source servers of the account, by pages of 200. State, cycle and current task come in one call
 * (ListServers), so the cost is one call per 200 servers.
 *
 * @param observedAt start of the observation
 * @param otherServers number of servers outside the run that take a place of the account: copying, in sync or launching
 * @param resultExists whether a result of the comparison of source and target exists, by source; sources without this field
 *     in the list are absent
 */
public record Sweep(
        Instant observedAt, Map<String, Observation> bySource, int otherServers, Map<String, Boolean> resultExists) {

    /**
     * Observes the sources of the rows, and some other sources.
     *
     * @param elsewhere ids of the others, in lower case
     */
    public static Sweep observe(SmsApi sms, Set<String> ours, Set<String> elsewhere, Instant now) {
        var found = new HashMap<String, Observation>();
        var resultExists = new HashMap<String, Boolean>();
        var otherServers = new int[1];
        var coverage = sms.eachSourceStatePage(page -> {
            for (var source : page.sourceServers()) {
                if (source.id() != null && ours.contains(source.id())) {
                    found.put(source.id(), Observation.of(source, now));
                    if (source.consistencyResultExist() != null) {
                        resultExists.put(source.id(), source.consistencyResultExist());
                    }
                    continue;
                }
                otherServers[0] += takesPlace(source) ? 1 : 0;
                if (source.id() != null && elsewhere.contains(source.id().toLowerCase(Locale.ROOT))) {
                    found.put(source.id().toLowerCase(Locale.ROOT), Observation.of(source, now));
                }
            }
        });
        if (!coverage.isComplete()) {
            ours.stream()
                    .filter(source -> !found.containsKey(source))
                    .forEach(source ->
                            observeAlone(sms, source, now).ifPresent(observed -> found.put(source, observed)));
        }
        return new Sweep(now, found, otherServers[0], resultExists);
    }

    /**
     * Queries a source that an incomplete list does not show (ShowServer); it stays absent when the service does not show
     * it.
     */
    private static Optional<Observation> observeAlone(SmsApi sms, String source, Instant now) {
        try {
            return Optional.of(Observation.of(sms.showSource(source), now));
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            return Optional.empty();
        }
    }

    /** Source servers of some rows. */
    public static Set<String> sources(List<LedgerRow> rows) {
        return rows.stream().map(LedgerRow::sourceId).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    public Observation of(String sourceId) {
        return bySource.getOrDefault(sourceId, Observation.absent(observedAt));
    }

    /** Whether the target of that source runs: its cycle is {@code cutovered}, or its copy state shows it. */
    public boolean isLaunched(String sourceId) {
        var observed = bySource.get(sourceId);
        return observed != null
                && (observed.cycle() == MigrationCycle.CUTOVERED || observed.phase() == MigrationPhase.FINISHED);
    }

    /** Same rule as for rows of the run: from the start until the target runs, including the time in sync. */
    private static boolean takesPlace(SourceServer source) {
        return source.currentTask() != null
                && switch (source.currentTask().taskState()) {
                    case RUNNING, SYNCING -> true;
                    default -> false;
                };
    }
}
