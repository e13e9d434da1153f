package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sample inventory and the demo faults fit the default world: 48 servers of seed 7. */
class SampleDataTests {

    private static final Path DATA = Path.of("sample-data");

    private final ManualClock clock = new ManualClock();
    private Simulator simulator;
    private SimulatorClient caller;
    private List<Map<String, String>> rows;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withSpeed(1).withClock(clock));
        caller = new SimulatorClient(simulator);
        rows = rows();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void everyRowMatchesOneServerAndEveryServerHasARow() {
        List<String> found = rows.stream().map(this::onlyServer).toList();

        assertThat(found).hasSize(48).doesNotHaveDuplicates();
    }

    @Test
    void createTaskAcceptsEveryRow() {
        for (Map<String, String> row : rows) {
            JsonNode server = caller.servers("id=" + onlyServer(row))
                    .path("source_servers")
                    .get(0);
            assertThat(row.get("server_os_family")).isEqualTo(SimulatorJson.text(server, "os_type"));
            SimulatorClient.Reply reply = caller.post("/v3/tasks", body(row, server));
            assertThat(reply.status())
                    .as(row.get("server_name") + ": " + reply.text())
                    .isEqualTo(200);
        }
    }

    @Test
    void rowsCoverTheFeaturesOfAnInventory() {
        assertThat(rows.stream().collect(Collectors.groupingBy(row -> row.get("wave_name"), Collectors.counting())))
                .hasSize(3);
        assertThat(rows).anyMatch(row -> row.get("source_ip").isEmpty());
        assertThat(rows).anyMatch(row -> row.get("source_server_id").isEmpty());
        assertThat(rows).anyMatch(row -> !row.get("target_server_id").isEmpty());
        assertThat(rows)
                .anyMatch(row -> isBlock(row) && row.get("server_os_family").equals("LINUX"));
        assertThat(rows)
                .allMatch(row -> isBlock(row) || row.get("server_os_family").equals("LINUX"));
        assertThat(rows).allMatch(row -> row.get("owner_email").endsWith("-team@example.com"));
    }

    @Test
    void demoFaultsMatchExistingServers() throws IOException {
        Faults faults = FaultFile.read(DATA.resolve("demo-faults.yaml"), 7);
        List<String> names = rows.stream().map(row -> row.get("server_name")).toList();

        List<String> faulty = names.stream()
                .filter(name -> faults.ofServer(name) != ServerFault.NONE)
                .toList();

        assertThat(faulty).hasSize(6);
        assertThat(faults.ofServer("hr-app-01").failTimes()).isEqualTo(1);
        assertThat(faults.ofServer("mail-db-01").failCode()).isEqualTo("SMS.6617");
        assertThat(faults.ofServer("shop-web-01").disconnected()).isTrue();
        assertThat(faults.ofServer("crm-db-01").unknownState().lasting()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void referenceOfFaultsIsValid() throws IOException {
        Faults faults = FaultFile.read(DATA.resolve("all-faults.yaml"), 7);

        assertThat(faults.ofServer("crm-app-01").unknownState().onTask()).isTrue();
        assertThat(faults.ofServer("hr-app-03").hideNewTaskFor()).isEqualTo(Duration.ofMinutes(1));
        assertThat(faults.strike("CreateTask", "", "source").kind()).isEqualTo(AnswerFault.Kind.CLOSE_AFTER);
    }

    private String onlyServer(Map<String, String> row) {
        List<String> ids = new ArrayList<>();
        for (JsonNode server : caller.servers("limit=200").path("source_servers")) {
            boolean fits = SimulatorJson.text(server, "name").equals(row.get("server_name"))
                    && agrees(row.get("source_server_id"), SimulatorJson.text(server, "id"))
                    && agrees(row.get("source_ip"), SimulatorJson.text(server, "ip"));
            if (fits) {
                ids.add(SimulatorJson.text(server, "id"));
            }
        }
        assertThat(ids).as(row.toString()).hasSize(1);
        return ids.get(0);
    }

    private static boolean agrees(String cell, String value) {
        return cell.isEmpty() || cell.equals(value);
    }

    private static boolean isBlock(Map<String, String> row) {
        return row.get("migration_type").equals("MIGRATE_BLOCK");
    }

    private ObjectNode body(Map<String, String> row, JsonNode server) {
        ObjectNode body = caller.createBody(server, true, row.get("vm_template_id"));
        body.put("type", row.get("migration_type"));
        if (!row.get("target_server_id").isEmpty()) {
            body.put("exist_server", true).put("migration_ip", row.get("migration_ip"));
            ObjectNode target = (ObjectNode) body.path("target_server");
            target.put("vm_id", row.get("target_server_id"));
            target.path("disks").forEach(disk -> ((ObjectNode) disk).put("disk_id", "0"));
        }
        return body;
    }

    private static List<Map<String, String>> rows() throws IOException {
        List<String> lines = Files.readAllLines(DATA.resolve("inventory.csv"));
        String[] names = lines.get(0).split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
