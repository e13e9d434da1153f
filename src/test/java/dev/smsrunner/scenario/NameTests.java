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

/** Servers whose names are spelt in several ways, and servers that share a name. */
class NameTests extends Story {

    @ParameterizedTest
    @CsvSource({"erp-db-01, '\u202fERP-DB-01.'", "z\u00fcrich-db, zu\u0308rich-db"})
    void anAppWhoseDatabaseFailedIsNotLaunchedHoweverTheDatabaseIsSpelt(String name, String spelling) {
        var night = night(4).server("erp-db-01", "fail-times: 1, fail-code: SMS.6617");
        called(night, "erp-db-01", name);
        night.row("erp-app-01", "depends_on", spelling);

        var told = night.run().exits(1);

        assertThat(told.outcomes()).contains(entry("MIGRATED", 2), entry("FAILED", 1));
        assertThat(told.report().get("erp-app-01").get("reason")).contains("depends on", "FAILED");
        assertThat(night.cloud().launches()).doesNotContainKey("erp-app-01");

        night.rerun(told.runId()).exits(0);

        assertThat(night.cloud().first("test", "erp-app-01"))
                .isGreaterThan(night.cloud().first("finish", "erp-db-01"));
    }

    @Test
    void aRerunKnowsThatTheDatabaseIsMigratedAlready() {
        var night = night(4).server("erp-app-01", "fail-times: 2, fail-code: SMS.6617")
                .row("erp-app-01", "depends_on", "ERP-DB-01.");

        var first = night.run().exits(1);
        var second = night.rerun(first.runId()).exits(1);
        var third = night.rerun(second.runId()).exits(0);

        assertThat(first.outcomes()).containsOnly(entry("MIGRATED", 3), entry("FAILED", 1));
        assertThat(second.outcomes()).containsExactly(entry("FAILED", 1));
        assertThat(third.outcomes()).containsExactly(entry("MIGRATED", 1));
    }

    @Test
    void aDependencyMeansAllServersOfItsName() {
        var night = night(4).server("erp-app-01", "fail-times: 1, fail-code: SMS.6617");
        called(night, "erp-app-01", "twin");
        called(night, "erp-app-02", "Twin.");
        night.row("erp-db-01", "depends_on", "twin");

        var told = night.run().exits(1);

        assertThat(told.outcomes()).contains(entry("MIGRATED", 2), entry("FAILED", 1));
        assertThat(told.report().get("erp-db-01").get("outcome")).isNotEqualTo("MIGRATED");
        assertThat(night.cloud().launches()).doesNotContainKey("erp-db-01");

        night.rerun(told.runId()).exits(0);

        assertThat(night.cloud().first("test", "erp-db-01"))
                .isGreaterThan(night.cloud().first("finish", "erp-app-01"));
    }

    @Test
    void aNameThatTwoServersHaveIsNotLaunchedBeforeARowIsNamed() {
        var night = night(4).job("cutover.when", "manual").server("erp-db-01", "duration: 900h");
        called(night, "erp-app-01", "twin");
        called(night, "erp-app-02", "Twin.");
        var running = night.running();
        night.until("all are started", cloud -> cloud.starts().size() == 4);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> night.command("status", "last", "--json")
                                .json()
                                .at("/outcome/SYNCED")
                                .asInt(0)
                        == 3);

        night.command("control", "last", "launch", "--server", "TWIN", "--yes")
                .exits(2)
                .says("2 rows of run", "have the server name TWIN: row ", "Select one with --row.");
        assertThat(night.cloud().launches()).isEmpty();

        var row = String.valueOf(rowOf("erp-app-02"));
        night.command("control", "last", "launch", "--server", "TWIN", "--row", row, "--yes")
                .exits(0);
        night.until("it is launched", cloud -> !cloud.launches().isEmpty());
        assertThat(night.cloud().launches()).containsExactly(entry("erp-app-02", 1));
        night.command("control", "last", "stop").exits(0);
        running.join().exits(5);
    }

    /** The row says another name than the source has, and finds it by its id. */
    private static void called(Scenario night, String server, String name) {
        if (!name.equals(server)) {
            night.row(server, "server_name", name)
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
