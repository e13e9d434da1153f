package dev.smsrunner.dashboard;

import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Row counts per stage over time, computed from the events. Ended rows are split by success. */
final class History {

    private static final List<String> BANDS = List.of(
            "PLANNED", "TASK_READY", "STARTED", "REPLICATING", "SYNCING", "LAUNCHING", "CLOSED_OK", "CLOSED_BAD");

    private final List<Step> steps = new ArrayList<>();

    /** Transition of a row into a band. */
    private record Step(Instant at, int row, int band) {}

    /** Adds the stage changes among these events, which are in order. */
    void add(List<Event> events) {
        events.stream()
                .filter(event -> event.kind() == EventKind.STAGE && event.row() != null && event.after() != null)
                .forEach(event -> steps.add(new Step(event.at(), event.row(), band(event))));
    }

    /** The counts at evenly spaced instants from the start of the run to its end, or to now. */
    Map<String, Object> json(RunSnapshot snapshot, int points) {
        var from = snapshot.run().createdAt();
        var to = Objects.requireNonNullElse(snapshot.run().endedAt(), snapshot.at());
        var times = times(from, to.isAfter(from) ? to : from.plusSeconds(1), points);
        var json = new LinkedHashMap<String, Object>();
        json.put("at", times.stream().map(Instant::getEpochSecond).toList());
        json.put("stages", stages(sortedSteps(snapshot), times));
        json.put("api", api(snapshot.samples(), points));
        return json;
    }

    private static List<Instant> times(Instant from, Instant to, int points) {
        var all = Duration.between(from, to);
        var times = new ArrayList<Instant>(points);
        for (int point = 0; point < points; point++) {
            times.add(from.plus(all.multipliedBy(point + 1L).dividedBy(points)));
        }
        return times;
    }

    private List<Step> sortedSteps(RunSnapshot snapshot) {
        var all = new ArrayList<Step>(steps.size() + snapshot.rows().size());
        for (var row : snapshot.rows().values()) {
            all.add(new Step(queued(row, snapshot), row.row(), 0));
        }
        all.addAll(steps);
        all.sort(Comparator.comparing(Step::at)); // stable: steps of one instant keep the order of their events
        return all;
    }

    private static Instant queued(LedgerRow row, RunSnapshot snapshot) {
        return Objects.requireNonNullElse(
                row.milestones().queuedAt(), snapshot.run().createdAt());
    }

    private static Map<String, Object> stages(List<Step> steps, List<Instant> times) {
        var counts = new int[BANDS.size()][times.size()];
        var current = new int[BANDS.size()];
        var bandOfRow = new HashMap<Integer, Integer>();
        int next = 0;
        for (int point = 0; point < times.size(); point++) {
            for (; next < steps.size() && !steps.get(next).at().isAfter(times.get(point)); next++) {
                var step = steps.get(next);
                @Nullable Integer before = bandOfRow.put(step.row(), step.band());
                current[step.band()]++;
                if (before != null) {
                    current[before]--;
                }
            }
            for (int band = 0; band < current.length; band++) {
                counts[band][point] = current[band];
            }
        }
        var json = new LinkedHashMap<String, Object>();
        for (int band = 0; band < current.length; band++) {
            json.put(BANDS.get(band), counts[band]);
        }
        return json;
    }

    private static int band(Event event) {
        var stage = Stage.valueOf(Objects.requireNonNull(event.after()));
        return stage == Stage.CLOSED ? BANDS.indexOf(isSuccess(event) ? "CLOSED_OK" : "CLOSED_BAD") : stage.ordinal();
    }

    /** The detail of a closing event starts with the outcome. */
    private static boolean isSuccess(Event event) {
        var detail = Objects.requireNonNullElse(event.detail(), "");
        int end = detail.indexOf(':');
        var name = end < 0 ? detail : detail.substring(0, end);
        for (var outcome : Outcome.values()) {
            if (outcome.name().equals(name)) {
                return outcome.isSuccess();
            }
        }
        return false;
    }

    private static Map<String, Object> api(List<ApiSample> samples, int points) {
        int each = Math.max(1, (samples.size() + points - 1) / points);
        var at = new ArrayList<Long>();
        var perSecond = new ArrayList<Double>();
        var limit = new ArrayList<@Nullable Double>();
        var throttled = new ArrayList<Integer>();
        for (int from = 0; from < samples.size(); from += each) {
            var some = samples.subList(from, Math.min(samples.size(), from + each));
            double seconds = some.stream().mapToDouble(ApiSample::seconds).sum();
            int calls = some.stream().mapToInt(ApiSample::calls).sum();
            at.add(some.get(some.size() - 1).at().getEpochSecond());
            perSecond.add(seconds <= 0 ? 0 : Math.round(calls / seconds * 100) / 100.0);
            limit.add(some.get(some.size() - 1).limit());
            throttled.add(some.stream().mapToInt(ApiSample::throttled).sum());
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("at", at);
        json.put("per_second", perSecond);
        json.put("limit", limit);
        json.put("throttled", throttled);
        return json;
    }
}
