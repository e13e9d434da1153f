package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.smsrunner.simulator.KnownServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names with several spellings, and servers with the same name. */
class NameTests extends ScenarioTest {

    @ParameterizedTest
    @CsvSource({"erp-db-01, '\u202fERP-DB-01.'", "z\u00fcrich-db, zu\u0308rich-db"})
    void dependencyIsMatchedInAnySpelling(String name, String spelling) {
        var scenario = scenario(4).server("erp-db-01", "fail-times: 1, fail-code: SMS.6617");
        renameRow(scenario, "erp-db-01", name);
        scenario.row("erp-app-01", "depends_on", spelling);

        var result = scenario.run().exits(1);

        assertThat(result.outcomes()).contains(entry("MIGRATED", 2), entry("FAILED", 1));
        assertThat(result.report().get("erp-app-01").get("reason")).contains("depends on", "FAILED");
        assertThat(scenario.cloud().launches()).doesNotContainKey("erp-app-01");

        scenario.rerun(result.runId()).exits(0);

        assertThat(scenario.cloud().first("test", "erp-app-01"))
                .isGreaterThan(scenario.cloud().first("finish", "erp-db-01"));
    }

    @Test
    void rerunRecognisesTheMigratedDependency() {
        var scenario = scenario(4)
                .server("erp-app-01", "fail-times: 2, fail-code: SMS.6617")
                .row("erp-app-01", "depends_on", "ERP-DB-01.");

        var first = scenario.run().exits(1);
        var second = scenario.rerun(first.runId()).exits(1);
        var third = scenario.rerun(second.runId()).exits(0);

        assertThat(first.outcomes()).containsOnly(entry("MIGRATED", 3), entry("FAILED", 1));
        assertThat(second.outcomes()).containsExactly(entry("FAILED", 1));
        assertThat(third.outcomes()).containsExactly(entry("MIGRATED", 1));
    }

    @Test
    void dependencyMeansAllServersOfItsName() {
        var scenario = scenario(4).server("erp-app-01", "fail-times: 1, fail-code: SMS.6617");
        renameRow(scenario, "erp-app-01", "twin");
        renameRow(scenario, "erp-app-02", "Twin.");
        scenario.row("erp-db-01", "depends_on", "twin");

        var result = scenario.run().exits(1);

        assertThat(result.outcomes()).contains(entry("MIGRATED", 2), entry("FAILED", 1));
        assertThat(result.report().get("erp-db-01").get("outcome")).isNotEqualTo("MIGRATED");
        assertThat(scenario.cloud().launches()).doesNotContainKey("erp-db-01");

        scenario.rerun(result.runId()).exits(0);

        assertThat(scenario.cloud().first("test", "erp-db-01"))
                .isGreaterThan(scenario.cloud().first("finish", "erp-app-01"));
    }

    @Test
    void launchOfAnAmbiguousNameNeedsTheRow() {
        var scenario = scenario(4).job("cutover.when", "manual").server("erp-db-01", "duration: 900h");
        renameRow(scenario, "erp-app-01", "twin");
        renameRow(scenario, "erp-app-02", "Twin.");
        var running = scenario.startRun();
        scenario.until("all are started", cloud -> cloud.starts().size() == 4);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> scenario.command("status", "last", "--json")
                                .json()
                                .at("/outcome/SYNCED")
                                .asInt(0)
                        == 3);

        scenario.command("control", "last", "launch", "--server", "TWIN", "--yes")
                .exits(2)
                .prints("2 rows of run", "have the server name TWIN: row ", "Select one with --row.");
        assertThat(scenario.cloud().launches()).isEmpty();

        var row = String.valueOf(rowOf("erp-app-02"));
        scenario.command("control", "last", "launch", "--server", "TWIN", "--row", row, "--yes")
                .exits(0);
        scenario.until("it is launched", cloud -> !cloud.launches().isEmpty());
        assertThat(scenario.cloud().launches()).containsExactly(entry("erp-app-02", 1));
        scenario.command("control", "last", "stop").exits(0);
        running.join().exits(5);
    }

    /** Gives the row another name than its source, and the id of the source. */
    private static void renameRow(Scenario scenario, String server, String name) {
        if (!name.equals(server)) {
            scenario.row(server, "server_name", name)
                    .row(
                            server,
                            "source_server_id",
                            servers().get(rowOf(server) - 1).id());
        }
    }

    private static int rowOf(String server) {
        return servers().stream().map(KnownServer::name).toList().indexOf(server) + 1;
    }

    private static List<KnownServer> servers() {
        return KnownServer.first(4);
    }
}
