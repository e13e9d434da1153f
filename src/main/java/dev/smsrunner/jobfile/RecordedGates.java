package dev.smsrunner.jobfile;

import static dev.smsrunner.jobfile.GateSettings.*;

import dev.smsrunner.support.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of gates in the recorded settings of a run.
 *
 * @param settings all recorded settings by dotted key
 */
public record RecordedGates(Map<String, String> settings) {

    /** Names of the gates. */
    public Set<String> names() {
        var names = new TreeSet<String>();
        settings.keySet().stream()
                .map(GateSettings::gateOf)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** What the gate holds. */
    public Step before(String gate) {
        return "start".equals(text(BEFORE.at(gate))) ? Step.START : Step.LAUNCH;
    }

    /** Waves of the gate; empty for all rows. */
    public List<String> waves(String gate) {
        return MigrateSettings.waveNames(text(WAVES.at(gate)));
    }

    /** Operators who may approve or deny. */
    public List<String> approvers(String gate) {
        return MigrateSettings.waveNames(text(APPROVERS.at(gate)));
    }

    /** Validity of an answer and of a question. */
    public Duration expires(String gate) {
        return Durations.parse(text(EXPIRES.at(gate))).orElse(Duration.ZERO);
    }

    /** Whether the operator who began the run may approve. */
    public boolean selfApproval(String gate) {
        return "true".equals(text(SELF_APPROVAL.at(gate)));
    }

    private String text(SettingDefinition<?> setting) {
        return settings.getOrDefault(setting.key(), "");
    }
}
