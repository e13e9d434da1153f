package dev.smsrunner.verify;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** I4 by the ledger: each launch was sent within the window that was agreed on then. */
final class WindowCheck implements EventCheck {

    private final Findings findings;
    private final Map<String, RecordedEvent> outside = new HashMap<>();
    private final TreeMap<Instant, RecordedSettings> timeline = new TreeMap<>();
    private String known = "";
    private RecordedSettings agreed = RecordedSettings.of(null);
    private int launches;
    private boolean windows;

    WindowCheck(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        var settings = event.change().path("run").path("settings").asString(known);
        if (!settings.equals(known)) {
            known = settings;
            agreed = RecordedSettings.of(settings);
            timeline.put(event.at(), agreed);
            windows = windows || agreed.hasWindow();
        }
        var intent = event.intent();
        if (!intent.path("operation").asString("").equals("LAUNCH")) {
            return;
        }
        var key = ReplayedTables.key(
                event.row() == null ? 0 : event.row(),
                "LAUNCH",
                intent.path("attempt").asString());
        if (intent.path("state").asString().equals("OPEN")) {
            launches++;
            if (!agreed.mayLaunch(Instant.parse(intent.path("intended_at").asString()))) {
                outside.put(key, event);
            }
        }
    }

    /** The settings of the run at an instant. */
    RecordedSettings at(Instant instant) {
        var found = timeline.floorEntry(instant);
        return found == null ? agreed : found.getValue();
    }

    /** One that was held back at the last moment did no harm. */
    @Override
    public void end(ReplayedTables fold) {
        outside.forEach((key, event) -> {
            if (!"NOT_SENT".equals(fold.intents().get(key).get("state"))) {
                findings.violation(
                        "I4",
                        event.row(),
                        "a launch was sent outside the window",
                        "event " + event.number() + " of " + event.at(),
                        "Tell the owner of the server; look at the target.");
            }
        });
        findings.checked(
                "I4", windows ? launches + " launches: each intended within its window" : "no window was agreed on");
    }
}
