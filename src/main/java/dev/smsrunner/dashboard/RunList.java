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

/** List of all runs in the database, the newest first. */
record RunList(RunArchive archive) {

    /** @param current id of the run that the page shows first, null for none */
    Map<String, @Nullable Object> json(@Nullable String current) {
        var runs = archive.runs().findAll();
        var outcomes = archive.runs().outcomeCounts();
        var list = new ArrayList<Map<String, @Nullable Object>>();
        runs.forEach(run -> list.add(json(run, outcomes.getOrDefault(run.runId(), Map.of()))));
        Collections.reverse(list);
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("current", current);
        json.put("runs", list);
        return json;
    }

    private Map<String, @Nullable Object> json(Run run, Map<String, Integer> outcomes) {
        var summary = Summary.ofCounts(run, outcomes);
        var holder = archive.holder().apply(run);
        boolean interrupted = run.state() == RunState.RUNNING && holder.isEmpty();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("run_id", run.runId());
        json.put("job", run.job());
        json.put("state", interrupted ? "INTERRUPTED" : run.state().name());
        json.put("holder", holder.map(RunList::holder).orElse(null));
        json.put("started_at", PageJson.at(run.createdAt()));
        json.put("ended_at", PageJson.at(run.endedAt()));
        json.put("outcomes", nonZero(summary.outcome()));
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

    /** The counts above zero, by the name of the outcome. */
    static Map<String, Integer> nonZero(Map<Outcome, Integer> counts) {
        var json = new LinkedHashMap<String, Integer>();
        counts.forEach((outcome, count) -> {
            if (count > 0) {
                json.put(outcome.name(), count);
            }
        });
        return json;
    }
}
