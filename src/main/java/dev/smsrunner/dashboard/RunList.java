package dev.smsrunner.dashboard;

import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.report.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every run of the database, the newest first. */
final class RunList {

    private final RunArchive archive;

    RunList(RunArchive archive) {
        this.archive = archive;
    }

    /** @param current id of the run that the page is for, null when there is none */
    Map<String, @Nullable Object> json(@Nullable String current) {
        var runs = archive.runs().all();
        var outcomes = archive.runs().outcomes();
        var list = new ArrayList<Map<String, @Nullable Object>>();
        runs.forEach(run -> list.add(one(run, outcomes.getOrDefault(run.runId(), Map.of()))));
        Collections.reverse(list);
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("current", current);
        json.put("runs", list);
        return json;
    }

    private Map<String, @Nullable Object> one(Run run, Map<String, Integer> ended) {
        var summary = Summary.ofCounts(run, ended);
        var holder = archive.holder().apply(run);
        boolean gone = run.state() == RunState.RUNNING && holder.isEmpty();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("run_id", run.runId());
        json.put("job", run.job());
        json.put("state", gone ? "INTERRUPTED" : run.state().name());
        json.put("holder", holder.map(RunList::holder).orElse(null));
        json.put("started_at", PageJson.at(run.createdAt()));
        json.put("ended_at", PageJson.at(run.endedAt()));
        json.put("outcomes", withRows(summary.outcome()));
        json.put("rows", summary.rows());
        json.put("report_directory", summary.reportDirectory().toString());
        return json;
    }

    static Map<String, @Nullable Object> holder(Lease lease) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("host", lease.host());
        json.put("pid", lease.pid());
        json.put("since", PageJson.at(lease.since()));
        return json;
    }

    /** The outcomes that have rows, by name. */
    static Map<String, Integer> withRows(Map<Outcome, Integer> counts) {
        var json = new LinkedHashMap<String, Integer>();
        counts.forEach((outcome, count) -> {
            if (count > 0) {
                json.put(outcome.name(), count);
            }
        });
        return json;
    }
}
