package dev.smsrunner.jobfile;

import java.util.List;
import java.util.Map;

/**
 * Settings that the job of the file decides about.
 *
 * @param retry handling of temporary failures
 * @param cutover launch of targets
 * @param after waves that the launches of a wave wait for, by wave; waves that wait for none are absent
 * @param gates waves of each gate, by its name; no waves for all rows
 */
public record JobSettings(
        RetrySettings retry,
        CutoverSettings cutover,
        Map<String, List<String>> after,
        Map<String, List<String>> gates) {

    /** Settings of a job that launches no targets and has no keys for failures. */
    public static JobSettings withDefaults(EffectiveSettings settings) {
        return new JobSettings(new RetrySettings(
                settings.standard(MigrateSettings.RESTARTS), settings.standard(MigrateSettings.BACKOFF)));
    }

    /** Settings of a job that launches no targets. */
    public JobSettings(RetrySettings retry) {
        this(retry, new CutoverSettings(CutoverSettings.LaunchMode.SYNCED, null), Map.of(), Map.of());
    }
}
