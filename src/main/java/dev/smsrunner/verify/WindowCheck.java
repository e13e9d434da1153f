package dev.smsrunner.verify;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** I4 from the ledger: each launch was sent within the cutover window of that time. */
final class WindowCheck implements EventCheck {

    private final Findings findings;
    private final Map<String, RecordedEvent> outside = new HashMap<>();
    private final TreeMap<Instant, RecordedSettings> timeline = new TreeMap<>();
    private String recordedText = "";
    private RecordedSettings settings = RecordedSettings.of(null);
    private int launches;
    private boolean hasWindow;

    WindowCheck(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        var text = event.change().path("run").path("settings").asString(recordedText);
        if (!text.equals(recordedText)) {
            recordedText = text;
            settings = RecordedSettings.of(text);
            timeline.put(event.at(), settings);
            hasWindow = hasWindow || settings.hasWindow();
        }
        if (event.callOperation().equals("LAUNCH") && event.callState().equals("OPEN")) {
            launches++;
            if (!settings.mayLaunch(
                    Instant.parse(event.intent().path("intended_at").asString()))) {
                outside.put(event.callKey(), event);
            }
        }
    }

    /** The settings of the run at an instant. */
    RecordedSettings settingsAt(Instant instant) {
        var found = timeline.floorEntry(instant);
        return found == null ? settings : found.getValue();
    }

    /** Reports launches outside the window, except those that were not sent. */
    @Override
    public void end(ReplayedTables replayed) {
        outside.forEach((key, event) -> {
            if (!"NOT_SENT"
                    .equals(replayed.intents().getOrDefault(key, Map.of()).get("state"))) {
                findings.violation(
                        "I4",
                        event.row(),
                        "a launch was sent outside the cutover window",
                        "event " + event.number() + " of " + event.at(),
                        "Inform the owner of the server and check the target.");
            }
        });
        findings.checked(
                "I4",
                hasWindow
                        ? Findings.count(launches, "launch") + ": each intended within its cutover window"
                        : "no cutover window configured");
    }
}
