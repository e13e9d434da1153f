package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.RowRules;
import dev.smsrunner.inventory.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Dotted keys of the job file and their blocks. */
final class SettingKeys {

    static final String JOB = "job";
    static final String INVENTORY = "inventory";
    static final String ENDPOINT = "service.endpoint";
    static final String AUTH = "service.auth";
    static final String COPYSTATE_STYLE = "service.copystate-style";
    static final String PROJECT_ID = "service.scope.project-id";
    static final String PROJECT_NAME = "service.scope.project-name";
    static final String DOMAIN_ID = "service.scope.domain-id";
    static final String DOMAIN_NAME = "service.scope.domain-name";
    static final String CONCURRENT = "limits.concurrent";
    static final String REQUESTS_PER_SECOND = "limits.requests-per-second";
    static final String SPEED_LIMIT_MAX = "limits.speed-limit-max";
    static final String DATABASE_OUTAGE = "limits.database-outage";
    static final String EVERY = "watch.every";
    static final String STALLED_AFTER = "watch.stalled-after";
    static final String GIVE_UP_AFTER = "watch.give-up-after";
    static final String RESTARTS = "retry.restarts";
    static final String BACKOFF = "retry.backoff";
    static final String WHEN = "cutover.when";
    static final String ON_DIFFERENCE = "cutover.on-difference";
    static final String OPEN = "cutover.window.open";
    static final String CLOSE = "cutover.window.close";
    static final String ZONE = "cutover.window.zone";
    static final String LOCKOUT = "cutover.window.lockout";
    static final String LAUNCHES = "cutover.launches";
    static final String PACE = "cutover.pace";
    static final String WAVES = "waves";
    static final String WAVE_AFTER = "after";
    static final String WAVE_START = "start";
    static final String WAVE_CONCURRENT = "concurrent";
    static final String DIRECTORY = "report.directory";
    static final String NOTIFY_ON = "notify.on";
    static final String NOTIFY_COMMAND = "notify.command";
    static final String NOTIFY_TEXT = "notify.text";
    static final String SERVERS = "simulator.servers";
    static final String SPEED = "simulator.speed";
    static final String SEED = "simulator.seed";
    static final String FAULTS = "simulator.faults";
    static final String SIMULATED_LIMIT = "simulator.requests-per-second";
    static final String STATE = "simulator.state";
    static final String OPERATION = "action.operation";
    static final String TEMPLATE_ID = "action.template_id";
    static final String SWITCH_HCE = "action.switch_hce";
    static final String CONSISTENCY_CHECK = "action.is_need_consistency_check";
    static final String ALLOW_OPERATIONS = "action.allow-operations";
    static final String COPYSTATE = "changestate.copystate";
    static final String MIGRATIONCYCLE = "changestate.migrationcycle";
    static final String CHUNK = "stop-dcs.chunk";
    static final String DCS_PROJECT_ID = "stop-dcs.target_project_id";

    static final String FULL_MIGRATION = "stop-dcs.full-migration";
    static final String STOP_RETRIES = "stop-dcs.retries";
    static final String STOP_BACKOFF = "stop-dcs.backoff";
    static final String OWN_PROJECT_ID = "stop-dcs.project_id";

    static final String DEFAULTS = "defaults";
    static final String UPDATE = "update";

    /** Keys of each wave, below {@code waves.<name>}. */
    private static final List<String> WAVE_KEYS = List.of(WAVE_AFTER, WAVE_START, WAVE_CONCURRENT);

    private static final Set<String> KEYS = keys();
    private static final Set<String> BLOCKS = blocks();

    private SettingKeys() {}

    private static Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>(SettingTable.keys());
        Arrays.stream(Column.values())
                .filter(column -> !column.isForOtherJobs())
                .forEach(column -> keys.add(DEFAULTS + "." + column.label()));
        RowRules.updateColumns().forEach(column -> keys.add(UPDATE + "." + column.label()));
        return keys;
    }

    private static Set<String> blocks() {
        Set<String> blocks = new LinkedHashSet<>();
        for (String key : KEYS) {
            for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
                blocks.add(key.substring(0, dot));
            }
        }
        blocks.add(WAVES);
        return blocks;
    }

    static boolean isKey(String key) {
        return KEYS.contains(key) || !waveOf(key).isEmpty();
    }

    /** Key of a wave, such as {@code waves.wave-2.after}. */
    static String waveKey(String wave, String key) {
        return WAVES + "." + wave + "." + key;
    }

    /** Name of the wave that a key belongs to, or empty. A name may contain dots. */
    static String waveOf(String key) {
        int last = key.lastIndexOf('.');
        boolean of =
                last > WAVES.length() + 1 && key.startsWith(WAVES + ".") && WAVE_KEYS.contains(key.substring(last + 1));
        return of ? key.substring(WAVES.length() + 1, last) : "";
    }

    /** Whether the value may be a list. */
    static boolean isList(String key) {
        return key.equals(ALLOW_OPERATIONS) || key.equals(NOTIFY_ON) || mayBeEmpty(key);
    }

    /** Whether the value may be an empty list, which is the same as no value. */
    static boolean mayBeEmpty(String key) {
        return !waveOf(key).isEmpty() && key.endsWith("." + WAVE_AFTER);
    }

    static boolean isBlock(String key) {
        return BLOCKS.contains(key);
    }

    /** Whether every member of the block is a wave. */
    static boolean isWavesBlock(String block) {
        return block.equals(WAVES);
    }

    /** Block of the key, or empty. */
    static String blockOf(String key) {
        return key.substring(0, Math.max(key.lastIndexOf('.'), 0));
    }

    /** First part of the key: {@code cutover} of {@code cutover.window.open}. */
    static String root(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }

    /** Key in a form that is safe to print. */
    static String display(String key) {
        String quoted = QuotedText.of(key);
        return quoted.length() == key.length() + 2 ? key : quoted;
    }

    /** Advice for an unknown key. */
    static String adviceFor(String key) {
        String block = blockOf(key);
        String last = key.substring(block.isEmpty() ? 0 : block.length() + 1);
        if (block.startsWith(WAVES + ".")) {
            return Suggestions.advice(last, WAVE_KEYS, "remove it; known here: " + String.join(", ", WAVE_KEYS));
        }
        List<String> neighbours = namesIn(block);
        if (Suggestions.nearest(last, neighbours).isEmpty()) {
            for (String known : KEYS) {
                if (known.endsWith("." + last)
                        || Suggestions.nearest(key, List.of(known)).isPresent()) {
                    return "did you mean " + known + "?";
                }
            }
        }
        return Suggestions.nearest(last, neighbours)
                .map(name -> "did you mean " + (block.isEmpty() ? name : block + "." + name) + "?")
                .orElse("remove it; known here: " + String.join(", ", neighbours));
    }

    private static List<String> namesIn(String block) {
        List<String> all = new ArrayList<>(KEYS);
        all.addAll(BLOCKS);
        String prefix = block.isEmpty() || !isBlock(block) ? "" : block + ".";
        return all.stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> root(key.substring(prefix.length())))
                .distinct()
                .toList();
    }
}
