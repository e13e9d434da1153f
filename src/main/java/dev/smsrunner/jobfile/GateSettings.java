package dev.smsrunner.jobfile;

import static dev.smsrunner.jobfile.SettingTypes.choice;
import static dev.smsrunner.jobfile.SettingTypes.duration;
import static dev.smsrunner.jobfile.SettingTypes.flag;

import java.time.Duration;
import java.util.List;

/** Settings of the gates of the job {@code migrate}. */
public final class GateSettings {

    /** What a gate holds. */
    public enum Step {
        /** The launch of the target. */
        LAUNCH,
        /** The first start of the copy. */
        START
    }

    private static final SettingList LIST = new SettingList();

    public static final SettingDefinition<Step> BEFORE =
            LIST.add("gates.<name>.before", choice(Step.class), "launch", """
                    What the gate holds until an approver approves it: `launch` or the `start` of the copy.
                    With `cutover.when: auto` both hold the start, since SMS launches by itself.""");

    public static final SettingDefinition<List<String>> WAVES = LIST.add(
            "gates.<name>.waves",
            MigrateSettings.waveNames(),
            "Waves whose rows the gate holds. Without it, all rows.");

    public static final SettingDefinition<List<String>> APPROVERS =
            LIST.add("gates.<name>.approvers", MigrateSettings.names("names of operators"), """
                    Operators who may approve or deny, as accounts of the operating system or as in `SMS_RUNNER_ACTOR`.
                    Required.""");

    public static final SettingDefinition<Duration> EXPIRES =
            LIST.add("gates.<name>.expires", duration("1s", "14d"), "2h", """
                    How long an approval is valid, and how long the gate waits for an answer.
                    After that its rows are held until an approver approves the gate again.""");

    public static final SettingDefinition<Boolean> SELF_APPROVAL = LIST.add(
            "gates.<name>.self-approval",
            flag(),
            "false",
            "Whether the operator who began the run may approve the gate.");

    private GateSettings() {}

    /** Definitions in the order of the documentation. */
    public static List<SettingDefinition<?>> all() {
        return LIST.all();
    }

    /** Name of the gate that a key belongs to, or empty. */
    static String gateOf(String key) {
        return all().stream()
                .map(setting -> setting.nameIn(key))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }
}
