package dev.smsrunner.job.migrate;

import static dev.smsrunner.jobfile.GateSettings.*;

import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.jobfile.CutoverSettings.LaunchMode;
import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.MigrateSettings;
import dev.smsrunner.jobfile.SettingDefinition;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the gates of the job file. */
record GateReader(EffectiveSettings settings) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final int LONGEST_APPROVER = 64;

    /**
     * Records the gates.
     *
     * @param when launch mode
     * @param hold time that the run waits for launches by an operator; null when it does not wait
     * @return waves of each gate, by its name
     */
    Map<String, List<String>> read(LaunchMode when, @Nullable Duration hold) {
        var waves = new TreeMap<String, List<String>>();
        for (var gate : settings.blocksIn("gates")) {
            if (NAME.matcher(gate).matches()) {
                waves.put(gate, read(gate, when, hold));
            } else {
                settings.problem(
                        APPROVERS.at(gate),
                        QuotedText.of(gate) + " is no name of a gate",
                        "write letters, digits, - and _, at most 64 of them");
            }
        }
        return waves;
    }

    private List<String> read(String gate, LaunchMode when, @Nullable Duration hold) {
        var before = settings.value(BEFORE.at(gate));
        settings.value(EXPIRES.at(gate));
        settings.value(SELF_APPROVAL.at(gate));
        List<String> approvers = settings.find(APPROVERS.at(gate));
        if (approvers == null || approvers.isEmpty()) {
            settings.problem(
                    APPROVERS.at(gate),
                    "names no approver, so no operator could approve the gate",
                    "write approvers: [NAME, …]");
        } else {
            checkNames(APPROVERS.at(gate), approvers);
        }
        List<String> waves = settings.find(WAVES.at(gate));
        if (waves != null) {
            checkNames(WAVES.at(gate), waves);
        }
        if (before == Step.LAUNCH && when == LaunchMode.MANUAL && hold == null) {
            settings.conflict(
                    BEFORE.at(gate),
                    "launch",
                    MigrateSettings.WHEN.key() + ": manual without " + MigrateSettings.HOLD.key(),
                    "the run ends before any launch; set " + MigrateSettings.HOLD.key() + ", or write before: start");
        }
        return waves == null ? List.of() : waves;
    }

    private void checkNames(SettingDefinition<List<String>> setting, List<String> names) {
        Set<String> known = new HashSet<>();
        for (var name : names) {
            if (name.isEmpty()) {
                settings.problem(setting, "contains an empty name", "write names, separated by commas");
            } else if (!known.add(name)) {
                settings.problem(setting, "contains " + QuotedText.of(name) + " twice", "write each name once");
            } else if (setting.key().endsWith("approvers") && name.length() > LONGEST_APPROVER) {
                settings.problem(
                        setting,
                        "contains " + QuotedText.of(name) + ", which is longer than a name of an operator",
                        "write at most " + LONGEST_APPROVER + " characters");
            }
        }
    }
}
