package dev.smsrunner.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job file with an inventory.
 *
 * @param runId short, sortable and printable, for example {@code 20261121-2200-7f3c}
 * @param job kind of job, for example {@code migrate}
 * @param jobKey name of the lease: equal for every run of the same job file and inventory
 * @param jobText text of the job file at the start of the run
 * @param overrides settings from the command line, key to value
 * @param settings effective settings, key to value, for the comparison at a restart
 * @param inventoryHash SHA-256 of the bytes of the inventory
 * @param rerunOf run whose unfinished rows this run repeats, null for a first run
 * @param stopRequestedAt time of the stop request, null when there is none
 */
public record Run(
        String runId,
        String job,
        String jobKey,
        Path jobFile,
        String jobText,
        Map<String, String> overrides,
        Map<String, String> settings,
        String settingsHash,
        Path inventoryFile,
        String inventoryHash,
        @Nullable String rerunOf,
        RunState state,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable Instant stopRequestedAt,
        Path reportDirectory) {}
