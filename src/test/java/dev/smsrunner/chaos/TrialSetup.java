package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.simulator.KnownServer;
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
record TrialSetup(
        Path directory,
        DatabaseKind store,
        long seed,
        @Nullable Defect defect) {

    static final int SERVERS = 12;

    /** The server that is not in the inventory of {@link #ordered()}. */
    static final String OUTSIDE = "crm-db-01";

    /**
     * Twelve servers: one fails once, one has a task already, which leads to a server of somebody else, three have speed limits by
     * time of day.
     */
    Scenario night() {
        return Scenario.of(SERVERS, directory, store.home())
                .server("crm-app-01", "fail-times: 1, fail-code: SMS.0203")
                .server("erp-db-02", "leftover-task: READY, leftover-target: {server-id: PROD-ECS-0001, project: prod}")
                .row("erp-db-02", "speed_limit_rules", "none")
                .row("crm-app-01", "speed_limit_rules", "0:00-8:00=900;8:00-24:00=800@20")
                .row("erp-app-01", "speed_limit_rules", "0:00-24:00=1000");
    }

    /** Twelve servers without any trouble. */
    Scenario quiet() {
        return Scenario.of(SERVERS, directory, store.home());
    }

    /**
     * Twelve servers in an order. One of two waves comes after the other; a database is copied for long, another one fails for
     * good, and a third one was migrated elsewhere. Two may be launched at once.
     */
    Scenario ordered() {
        var outside = KnownServer.named(OUTSIDE);
        var night = quiet().withoutRow(OUTSIDE)
                .server(OUTSIDE, "leftover-task: MIGRATE_SUCCESS")
                .server("erp-db-01", "duration: 6h")
                .server("erp-db-02", "fail-times: 1, fail-code: SMS.6617")
                .job("cutover.launches", "2")
                .job("waves.wave-2", "{after: [wave-1]}")
                .row("erp-app-01", "depends_on", "ERP-DB-01.")
                .row("erp-app-02", "depends_on", "erp-app-01@launched;erp-web-01@synced")
                .row("erp-app-03", "depends_on", "erp-db-02")
                .row("crm-app-01", "depends_on", "id:" + outside.id());
        KnownServer.first(SERVERS).stream()
                .map(KnownServer::name)
                .filter(name -> !name.equals(OUTSIDE))
                .forEach(name -> night.row(name, "wave_name", name.startsWith("crm") ? "wave-2" : "wave-1"));
        return night;
    }

    AgentSwitches switches() {
        return AgentSwitches.with(defect);
    }

    Random random() {
        return new Random(seed * 31 + store.ordinal());
    }
}
