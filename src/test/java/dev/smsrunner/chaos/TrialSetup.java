package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.simulator.KnownServer;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Setup of a trial.
 *
 * @param directory directory of the trial
 * @param seed seed of all random values
 * @param defect seeded defect, or null
 */
record TrialSetup(
        Path directory,
        DatabaseKind store,
        long seed,
        @Nullable Defect defect) {

    static final int SERVERS = 12;

    /** The server whose copy fails once. */
    static final String FAILING = "crm-app-01";

    /** The server whose row removes the speed limits of a task that has none. */
    static final String UNLIMITED = "erp-db-02";

    /** The server missing in the inventory of {@link #ordered()}. */
    static final String OUTSIDE = "crm-db-01";

    /**
     * Twelve servers. One fails once, one has a leftover task with a foreign target, three have speed limits by time of day.
     */
    Scenario scenario() {
        return Scenario.of(SERVERS, directory, store.home())
                .server(FAILING, "fail-times: 1, fail-code: SMS.0203")
                .server("erp-db-02", "leftover-task: READY, leftover-target: {server-id: PROD-ECS-0001, project: prod}")
                .row(UNLIMITED, "speed_limit_rules", "none")
                .row("crm-app-01", "speed_limit_rules", "0:00-8:00=900;8:00-24:00=800@20")
                .row("erp-app-01", "speed_limit_rules", "0:00-24:00=1000");
    }

    /** Twelve servers without faults. */
    Scenario quiet() {
        return Scenario.of(SERVERS, directory, store.home());
    }

    /**
     * Twelve servers with an order: two waves, one slow dependency, one failing dependency, and one dependency migrated
     * elsewhere. The limit is two concurrent launches.
     */
    Scenario ordered() {
        var outside = KnownServer.named(OUTSIDE);
        var scenario = quiet().withoutRow(OUTSIDE)
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
                .forEach(name -> scenario.row(name, "wave_name", name.startsWith("crm") ? "wave-2" : "wave-1"));
        return scenario;
    }

    AgentSwitches switches() {
        return AgentSwitches.with(defect);
    }

    Random random() {
        return new Random(seed * 31 + store.ordinal());
    }
}
