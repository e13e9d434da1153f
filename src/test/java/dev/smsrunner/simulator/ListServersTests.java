package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Paging, filters and fields of the source servers. */
class ListServersTests {

    private Simulator simulator;
    private SimulatorClient caller;

    @BeforeEach
    void start() throws IOException {
        simulator =
                Simulator.start(SimulatorSettings.defaults().withServers(450).withClock(new ManualClock()));
        caller = new SimulatorClient(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void offsetCountsItemsAndCountIncludesAllMatches() {
        Set<String> ids = new HashSet<>();
        for (int offset = 0; offset < 450; offset += 200) {
            JsonNode page = caller.servers("limit=200&offset=" + offset);
            assertThat(page.path("count").asInt()).isEqualTo(450);
            page.path("source_servers").forEach(server -> ids.add(SimulatorJson.text(server, "id")));
        }

        assertThat(ids).hasSize(450);
    }

    @Test
    void limitZeroMeans200AndMoreThan200IsRefused() {
        assertThat(caller.servers("limit=0").path("source_servers")).hasSize(200);
        assertThat(caller.get("/v3/sources?limit=201").code()).isEqualTo("SMS.9001");
        assertThat(caller.get("/v3/sources?offset=65536").code()).isEqualTo("SMS.9001");
    }

    @Test
    void filtersMatchNameAddressStateAndTask() {
        JsonNode first = caller.servers("limit=1").path("source_servers").get(0);
        caller.create(first, false);

        assertThat(caller.servers("name=erp-app-01").path("count").asInt()).isEqualTo(1);
        assertThat(caller.servers("ip=" + SimulatorJson.text(first, "ip"))
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(caller.servers("migration_cycle=setting").path("count").asInt())
                .isEqualTo(1);
        assertThat(caller.servers("connected=false").path("count").asInt()).isZero();
        assertThat(caller.servers("state=waiting").path("count").asInt()).isEqualTo(450);
    }

    @Test
    void listHasBytesAndDetailsHaveMegabytes() {
        JsonNode server = caller.firstServer("LINUX");
        String task = caller.create(server, false);
        String id = SimulatorJson.text(server, "id");

        JsonNode listed = caller.servers("id=" + id).path("source_servers").get(0);
        JsonNode shown = caller.source(id);

        assertThat(SimulatorJson.text(listed.path("current_task"), "id")).isEqualTo(task);
        assertThat(listed.path("memory").asLong())
                .isEqualTo(shown.path("memory").asLong() << 20);
        assertThat(listed.has("btrfs_list")).isFalse();
        assertThat(shown.has("btrfs_list")).isTrue();
        assertThat(shown.has("is_consistency_result_exist")).isFalse();
    }

    @Test
    void worldHasBothSystemsLvmAndBtrfsAndIsRepeatable() throws IOException {
        JsonNode all = caller.servers("limit=200").path("source_servers");
        long lvm = all.valueStream()
                .filter(server ->
                        !server.path("init_target_server").path("volume_groups").isEmpty())
                .count();

        assertThat(lvm).isGreaterThan(30);
        assertThat(caller.firstServer("WINDOWS").isMissingNode()).isFalse();
        assertThat(all.valueStream()
                        .anyMatch(server -> !caller.source(SimulatorJson.text(server, "id"))
                                .path("btrfs_list")
                                .isEmpty()))
                .isTrue();
        try (Simulator twin = Simulator.start(SimulatorSettings.defaults().withServers(1))) {
            JsonNode same =
                    new SimulatorClient(twin).servers("").path("source_servers").get(0);
            assertThat(SimulatorJson.text(same, "id")).isEqualTo(SimulatorJson.text(all.get(0), "id"));
        }
    }

    @Test
    void unknownIdsHaveTheirCodesAndAnswersHaveRequestIds() {
        assertThat(caller.get("/v3/sources/none").code()).isEqualTo("SMS.7602");
        assertThat(caller.get("/v3/tasks/none").code()).isEqualTo("SMS.7703");
        assertThat(caller.get("/v3/vm/templates/none").code()).isEqualTo("SMS.7101");
        SimulatorClient.Reply unknown = caller.get("/v4/anything");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("APIG.0101");
        assertThat(unknown.response().headers().firstValue("X-Request-Id")).isPresent();
        assertThat(caller.get("/v3/tasks?state=SYNC_FAIL").code()).isEqualTo("SMS.9001");
    }
}
