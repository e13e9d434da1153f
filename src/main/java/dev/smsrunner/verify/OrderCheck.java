package dev.smsrunner.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * I21 from the events: each launch follows its dependencies and the preceding waves, and respects the launch limits. If SMS
 * launches automatically at the end of the copy, this applies to the start.
 */
final class OrderCheck implements EventCheck {

    private static final Set<String> NOT_STARTED = Set.of("PLANNED", "TASK_READY");

    private final Findings findings;
    private final OrderedRows rows;
    private final LaunchLimits limits = new LaunchLimits();
    private final Set<Integer> forced = new HashSet<>();
    private final List<EarlyCall> early = new ArrayList<>();
    private String recorded = "";
    private RecordedSettings settings = RecordedSettings.of(null);
    private int launches;
    private int starts;

    /**
     * A call that may have been too early.
     *
     * @param intent key of its intent
     */
    private record EarlyCall(RecordedEvent event, String intent, String what) {}

    OrderCheck(OrderedRows rows, Findings findings) {
        this.rows = rows;
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        var text = event.change().path("run").path("settings").asString(recorded);
        if (!text.equals(recorded)) {
            recorded = text;
            settings = RecordedSettings.of(text);
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
            forced.remove(event.row()); // a retry from the start is not a forced launch
        }
        if (event.callState().equals("OPEN")) {
            checkCall(event, event.row(), before);
        }
        limits.update(event, before);
    }

    private void checkCall(RecordedEvent event, int row, ReplayedTables before) {
        switch (event.callOperation()) {
            case "LAUNCH" -> {
                launches++;
                order(row, before).ifPresent(missing -> add(event, "the target was launched before " + missing));
                limits.violation(event, settings).ifPresent(what -> add(event, what));
            }
            case "START" -> {
                if (settings.launchesAutomatically()
                        && NOT_STARTED.contains(before.row(row).getOrDefault("stage", ""))) {
                    starts++;
                    order(row, before)
                            .ifPresent(missing -> add(
                                    event,
                                    "the copy, which SMS ends with an automatic launch, was started before "
                                            + missing));
                }
            }
            default -> {
                // not a launch
            }
        }
    }

    private Optional<String> order(int row, ReplayedTables before) {
        return forced.contains(row) ? Optional.empty() : rows.missing(row, settings, before);
    }

    private void add(RecordedEvent event, String what) {
        early.add(new EarlyCall(event, event.callKey(), what));
    }

    /** Reports early calls, except those that were not sent. */
    @Override
    public void end(ReplayedTables replayed) {
        early.stream()
                .filter(one -> !"NOT_SENT"
                        .equals(replayed.intents()
                                .getOrDefault(one.intent(), Map.of())
                                .get("state")))
                .forEach(one -> findings.violation(
                        "I21",
                        one.event().row(),
                        one.what(),
                        "event %d of %s"
                                .formatted(one.event().number(), one.event().at()),
                        "Inform the owner of the server, and check the target and its dependencies."));
        findings.checked(
                "I21",
                "%s%s: each after its dependencies and the preceding waves, within cutover.launches and cutover.pace"
                        .formatted(
                                Findings.count(launches, "launch"),
                                starts == 0 ? "" : " and " + Findings.count(starts, "start")));
    }
}
