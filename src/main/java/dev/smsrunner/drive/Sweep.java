package dev.smsrunner.drive;

import dev.smsrunner.ledger.Migration;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TaskState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One look at all source servers of the account, by pages of 200: state, cycle and current task come in one call
 * (ListServers), so that the cost is one call per 200 servers and not one per server.
 *
 * @param lookedAt when the look began
 * @param othersCopying how many servers that are not ours are being copied
 * @param compared whether there is a result of the comparison of source and target, by source; a source of which the list does
 *     not say so is not there
 */
record Sweep(Instant lookedAt, Map<String, Observation> bySource, int othersCopying, Map<String, Boolean> compared) {

    static Sweep look(SmsApi sms, Set<String> ours, Instant now) {
        var found = new HashMap<String, Observation>();
        var compared = new HashMap<String, Boolean>();
        var others = new int[1];
        sms.eachSourcePage(page -> {
            for (var source : page.sourceServers()) {
                if (source.id() != null && ours.contains(source.id())) {
                    found.put(source.id(), Observation.of(source, now));
                    if (source.consistencyResultExist() != null) {
                        compared.put(source.id(), source.consistencyResultExist());
                    }
                } else if (copying(source)) {
                    others[0]++;
                }
            }
        });
        return new Sweep(now, found, others[0], compared);
    }

    /** The source servers of some rows. */
    static Set<String> sources(List<Migration> rows) {
        return rows.stream().map(Migration::sourceId).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    Observation of(String sourceId) {
        return bySource.getOrDefault(sourceId, Observation.absent(lookedAt));
    }

    private static boolean copying(SourceServer source) {
        return source.currentTask() != null && source.currentTask().taskState() == TaskState.RUNNING;
    }
}
