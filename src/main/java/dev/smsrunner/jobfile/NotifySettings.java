package dev.smsrunner.jobfile;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of notifications about a run. They are no part of the job: a run can be resumed with other values without
 * confirmation.
 *
 * @param on occasions of a notification
 * @param command program that gets the text as its only argument; null = none
 * @param text text with placeholders in braces
 */
public record NotifySettings(Set<Occasion> on, @Nullable Path command, String text) {

    /** Occasions of a notification. */
    public enum Occasion {
        /** The run ended: finished, stopped, or aborted. */
        ENDED,
        /** A row needs attention, or failed. */
        ATTENTION
    }

    /** Placeholders that the text may contain. */
    public static final Set<String> PLACEHOLDERS = Set.of(
            "run_id",
            "job",
            "job_file",
            "occasion",
            "state",
            "rows",
            "open",
            "failed",
            "attention",
            "outcomes",
            "report_directory",
            "next");

    /** Default text with the essential facts. */
    public static final String DEFAULT_TEXT = "sms-runner {run_id} ({job}): {state}; {outcomes}. {next}";
}
