package dev.smsrunner.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * I21 by the events: each launch of the run came after what its server depends on and after the waves before its own, and kept
 * the limits of launches. Where SMS launches by itself at the end of the copy, the start has to come after them.
 */
final class OrderCheck implements EventCheck {

    private static final Set<String> NOT_STARTED = Set.of("PLANNED", "TASK_READY");

    private final Findings findings;
    private final OrderedRows rows;
    private final LaunchLimits limits = new LaunchLimits();
    private final Set<Integer> forced = new HashSet<>();
    private final List<Early> early = new ArrayList<>();
    private String known = "";
    private RecordedSettings agreed = RecordedSettings.of(null);
    private int launches;
    private int starts;

    /**
     * A call that may have come too early.
     *
     * @param intent the key of its intent
     */
    private record Early(RecordedEvent event, String intent, String what) {}

    OrderCheck(Tables tables, EarlierRows earlier, FormerOrders former, Findings findings) {
        this.rows = new OrderedRows(tables, earlier, former);
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        var settings = event.change().path("run").path("settings").asString(known);
        if (!settings.equals(known)) {
            known = settings;
            agreed = RecordedSettings.of(settings);
        }
        if (event.kind().equals("DEPENDENCY")) {
            rows.acceptedElsewhere(event.before());
        }
        if (event.row() == null) {
            return;
        }
        if (event.kind().equals("CONTROL")
                && event.before().equals("LAUNCH_FORCED")
                && event.after().equals("DONE")) {
            forced.add(event.row());
        }
        if (event.kind().equals("STAGE")
                && event.before().equals("CLOSED")
                && event.after().equals("PLANNED")) {
            forced.remove(event.row()); // it is tried again from its beginning: nobody forced that
        }
        if (event.intent().path("state").asString("").equals("OPEN")) {
            begun(event, event.row(), before);
        }
        limits.take(event, before);
    }

    private void begun(RecordedEvent event, int row, ReplayedTables before) {
        switch (event.intent().path("operation").asString("")) {
            case "LAUNCH" -> {
                launches++;
                order(row, before).ifPresent(missing -> note(event, row, "the target was launched before " + missing));
                limits.broken(event, agreed).ifPresent(what -> note(event, row, what));
            }
            case "START" -> {
                if (agreed.launchesByItself()
                        && NOT_STARTED.contains(before.row(row).getOrDefault("stage", ""))) {
                    starts++;
                    order(row, before)
                            .ifPresent(missing -> note(
                                    event,
                                    row,
                                    "its copy, which SMS ends with a launch, was started before " + missing));
                }
            }
            default -> {
                // it launches nothing
            }
        }
    }

    private Optional<String> order(int row, ReplayedTables before) {
        return forced.contains(row) ? Optional.empty() : rows.missing(row, agreed, before);
    }

    private void note(RecordedEvent event, int row, String what) {
        var intent = event.intent();
        var key = ReplayedTables.key(
                row, intent.path("operation").asString(), intent.path("attempt").asString());
        early.add(new Early(event, key, what));
    }

    /** One that was held back at the last moment did no harm. */
    @Override
    public void end(ReplayedTables fold) {
        early.stream()
                .filter(one -> !"NOT_SENT"
                        .equals(fold.intents()
                                .getOrDefault(one.intent(), Map.of())
                                .get("state")))
                .forEach(one -> findings.violation(
                        "I21",
                        one.event().row(),
                        one.what(),
                        "event %d of %s"
                                .formatted(one.event().number(), one.event().at()),
                        "Tell the owner of the server; look at the target, and at what it depends on."));
        findings.checked(
                "I21",
                "%d launches%s: each after what it depends on and the waves before, within cutover.launches and cutover.pace"
                        .formatted(launches, starts == 0 ? "" : " and %d starts".formatted(starts)));
    }
}
