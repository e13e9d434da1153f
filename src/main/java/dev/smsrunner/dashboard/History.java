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

/** How many rows were at which stage over time, folded from the events; closed ones apart by whether they reached their goal. */
final class History {

    private static final List<String> BANDS = List.of(
            "PLANNED", "TASK_READY", "STARTED", "REPLICATING", "SYNCING", "LAUNCHING", "CLOSED_OK", "CLOSED_BAD");

    private final List<Step> steps = new ArrayList<>();

    /** A row came into a band. */
    private record Step(Instant at, int row, int band) {}

    /** Takes the changes of stages among the events, which come in order. */
    void add(List<Event> events) {
        events.stream()
                .filter(event -> event.kind() == EventKind.STAGE && event.row() != null && event.after() != null)
                .forEach(event -> steps.add(new Step(event.at(), event.row(), band(event))));
    }

    /** The counts at evenly spaced instants from the begin of the run to its end, or to now. */
    Map<String, Object> json(RunSnapshot picture, int points) {
        var from = picture.run().createdAt();
        var to = Objects.requireNonNullElse(picture.run().endedAt(), picture.at());
        var times = times(from, to.isAfter(from) ? to : from.plusSeconds(1), points);
        var json = new LinkedHashMap<String, Object>();
        json.put("at", times.stream().map(Instant::getEpochSecond).toList());
        json.put("stages", stages(inOrder(picture), times));
        json.put("api", api(picture.samples(), points));
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

    private List<Step> inOrder(RunSnapshot picture) {
        var all = new ArrayList<Step>(steps.size() + picture.rows().size());
        for (var row : picture.rows().values()) {
            all.add(new Step(queued(row, picture), row.row(), 0));
        }
        all.addAll(steps);
        all.sort(Comparator.comparing(Step::at)); // stable: what has the same instant stays in the order of the events
        return all;
    }

    private static Instant queued(LedgerRow row, RunSnapshot picture) {
        return Objects.requireNonNullElse(
                row.milestones().queuedAt(), picture.run().createdAt());
    }

    private static Map<String, Object> stages(List<Step> steps, List<Instant> times) {
        var counts = new int[BANDS.size()][times.size()];
        var now = new int[BANDS.size()];
        var where = new HashMap<Integer, Integer>();
        int next = 0;
        for (int point = 0; point < times.size(); point++) {
            for (; next < steps.size() && !steps.get(next).at().isAfter(times.get(point)); next++) {
                var step = steps.get(next);
                @Nullable Integer before = where.put(step.row(), step.band());
                now[step.band()]++;
                if (before != null) {
                    now[before]--;
                }
            }
            for (int band = 0; band < now.length; band++) {
                counts[band][point] = now[band];
            }
        }
        var json = new LinkedHashMap<String, Object>();
        for (int band = 0; band < now.length; band++) {
            json.put(BANDS.get(band), counts[band]);
        }
        return json;
    }

    private static int band(Event event) {
        var stage = Stage.valueOf(Objects.requireNonNull(event.after()));
        return stage == Stage.CLOSED ? BANDS.indexOf(good(event) ? "CLOSED_OK" : "CLOSED_BAD") : stage.ordinal();
    }

    /** The detail of a closing begins with the outcome. */
    private static boolean good(Event event) {
        var detail = Objects.requireNonNullElse(event.detail(), "");
        int end = detail.indexOf(':');
        var word = end < 0 ? detail : detail.substring(0, end);
        for (var outcome : Outcome.values()) {
            if (outcome.name().equals(word)) {
                return outcome.success();
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
