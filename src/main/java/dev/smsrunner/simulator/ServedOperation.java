package dev.smsrunner.simulator;

import static dev.smsrunner.simulator.Phase.COPIED;
import static dev.smsrunner.simulator.Phase.COPYING;
import static dev.smsrunner.simulator.Phase.COPY_FAILED;
import static dev.smsrunner.simulator.Phase.DRILLED;
import static dev.smsrunner.simulator.Phase.FINISHED;
import static dev.smsrunner.simulator.Phase.INITIALIZING;
import static dev.smsrunner.simulator.Phase.OVER_SPEED;
import static dev.smsrunner.simulator.Phase.STOPPED;
import static dev.smsrunner.simulator.Phase.SYNCING;
import static dev.smsrunner.simulator.Phase.SYNCING_AGAIN;
import static dev.smsrunner.simulator.Phase.SYNC_FAILED;
import static dev.smsrunner.simulator.Phase.SYNC_FINISHED;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Operations of UpdateTaskStatus and the phases that accept them. Source is the value list of the Java SDK 3.1.212, and for
 * {@code collect_log} and {@code sync_failed_rollback} the European page of 2025-09-16.
 * {@code DELETE} is DeleteTask. {@code cutover} appears only in the prose of 2026-01-27 and is refused.
 */
enum ServedOperation {
    START("SMS.1039", EnumSet.of(Phase.CONFIGURED, STOPPED, OVER_SPEED, COPY_FAILED, SYNC_FAILED, Phase.ROLLED_BACK)),
    STOP("SMS.1038", EnumSet.of(INITIALIZING, COPYING, COPIED, SYNCING, DRILLED, SYNCING_AGAIN)),
    TEST("SMS.1040", EnumSet.of(SYNCING, DRILLED)),
    RESTART(
            "SMS.1040",
            EnumSet.of(STOPPED, OVER_SPEED, COPY_FAILED, SYNC_FAILED, Phase.ROLLED_BACK, FINISHED, SYNC_FINISHED)),
    CLONE_TEST("SMS.1040", EnumSet.of(SYNCING)),
    NETWORK_CHECK("SMS.1040", EnumSet.complementOf(EnumSet.of(Phase.DELETING, Phase.GONE))),
    SKIP("SMS.1040", EnumSet.of(SYNCING)),
    CLEAR("SMS.1040", EnumSet.of(FINISHED, SYNC_FINISHED)),
    MIGRATION_TEST("SMS.1040", EnumSet.of(SYNCING)),
    COLLECT_LOG("SMS.1040", EnumSet.complementOf(EnumSet.of(Phase.DELETING, Phase.GONE))),
    SYNC_FAILED_ROLLBACK("SMS.1040", EnumSet.of(SYNC_FAILED)),
    DELETE("SMS.7719", notBusy());

    private final String refusalCode;
    private final Set<Phase> allowed;

    ServedOperation(String refusalCode, Set<Phase> allowed) {
        this.refusalCode = refusalCode;
        this.allowed = allowed;
    }

    private static Set<Phase> notBusy() {
        EnumSet<Phase> phases = EnumSet.noneOf(Phase.class);
        Arrays.stream(Phase.values()).filter(phase -> !phase.isBusy()).forEach(phases::add);
        return phases;
    }

    /** The operation of an action body. As in the service, letter case matters. */
    static Optional<ServedOperation> ofAction(String text) {
        return Arrays.stream(values())
                .filter(operation -> operation != DELETE && operation.apiName().equals(text))
                .findFirst();
    }

    String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String refusalCode() {
        return refusalCode;
    }

    boolean isAllowedIn(Phase phase) {
        return allowed.contains(phase);
    }

    /** True when the migration then counts towards the limit of concurrent migrations. */
    boolean occupies() {
        return this == START || this == RESTART;
    }
}
