package dev.smsrunner.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of one job file over one inventory.
 *
 * @param runId short, sortable and printable, for example {@code 20261121-2200-7f3c}
 * @param job kind of job, for example {@code migrate}
 * @param jobKey names the lease: the same for every run of the same job file and inventory
 * @param jobText the job file as it was read when the run began
 * @param overrides what the command line set, key to value
 * @param settings the effective settings, key to value, with which a restart is compared
 * @param inventoryHash SHA-256 of the bytes of the inventory
 * @param rerunOf the run whose unfinished rows this one repeats, null for a first run
 * @param stopRequestedAt when somebody asked the run to stop, null when nobody did
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
