package dev.smsrunner.trial;

import dev.smsrunner.scenario.Night;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a trial is made on.
 *
 * @param directory its own
 * @param seed decides all that is left to chance in it
 * @param defect what is wrong with the product, null when nothing is
 */
record Ground(
        Path directory, Store store, long seed, @Nullable Defect defect) {

    static final int SERVERS = 12;

    /**
     * Twelve servers: one fails once, one has a task already, which leads to a server of somebody else, three have speed limits by
     * time of day.
     */
    Night night() {
        return Night.of(SERVERS, directory, store.home())
                .server("crm-app-01", "fail-times: 1, fail-code: SMS.0203")
                .server("erp-db-02", "leftover-task: READY, leftover-target: {server-id: PROD-ECS-0001, project: prod}")
                .row("erp-db-02", "speed_limit_rules", "none")
                .row("crm-app-01", "speed_limit_rules", "0:00-8:00=900;8:00-24:00=800@20")
                .row("erp-app-01", "speed_limit_rules", "0:00-24:00=1000");
    }

    /** Twelve servers without any trouble. */
    Night quiet() {
        return Night.of(SERVERS, directory, store.home());
    }

    Switches switches() {
        return Switches.with(defect);
    }

    Random random() {
        return new Random(seed * 31 + store.ordinal());
    }
}
