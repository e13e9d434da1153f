package dev.smsrunner.jobfile;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of a run that ended or needs somebody. No part of the job: a run goes on under another one without a question.
 *
 * @param on what is told of
 * @param command a program that is executed with the text as its only word; null = none
 * @param text the text, with placeholders in braces
 */
public record NotifySettings(Set<Occasion> on, @Nullable Path command, String text) {

    /** What a person is told of. */
    public enum Occasion {
        /** The run ended: finished, stopped, or broke off. */
        ENDED,
        /** A row needs a person's eyes, or failed. */
        ATTENTION
    }

    /** The words in braces that the text may hold. */
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

    /** Says what a person wants to know who reads nothing else. */
    public static final String USUAL_TEXT = "sms-runner {run_id} ({job}): {state}; {outcomes}. {next}";
}
