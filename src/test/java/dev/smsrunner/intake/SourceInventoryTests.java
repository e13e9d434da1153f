package dev.smsrunner.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.preflight.SourceIndex;
import dev.smsrunner.sms.Disk;
import dev.smsrunner.sms.TargetLayout;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.support.JobRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inventory of the registered sources, alone and matched with a list. */
class SourceInventoryTests {

    private static final long GB = 1L << 30;
    private static final Map<String, String> DEFAULTS =
            Map.of("migration_type", "MIGRATE_FILE", "target_region", "region-1", "vm_template_id", "t-1");

    private final FakeSms sms = new FakeSms();
    private final List<InventoryRow> list = new ArrayList<>();

    private FakeSms.Server server(String name, String ip) {
        var server = sms.server("id-" + name);
        server.name = name;
        server.ip = ip;
        return server;
    }

    private SourceInventory inventory(boolean all) {
        return SourceInventory.of(SourceIndex.load(sms), DEFAULTS, all);
    }

    private SourceInventory matched() {
        return SourceInventory.of(SourceIndex.load(sms), DEFAULTS, false, list);
    }

    private void listed(String name, String ip, String... more) {
        var cells = new HashMap<String, String>(Map.of("server_name", name, "source_ip", ip));
        for (int i = 0; i < more.length; i += 2) {
            cells.put(more[i], more[i + 1]);
        }
        int row = list.size() + 1;
        list.add(InventoryRow.restore(row, row + 1, cells, Map.of()));
    }

    private static List<String> names(SourceInventory inventory) {
        return inventory.rows().stream().map(row -> row.get("server_name")).toList();
    }

    @Test
    void eachSourceIsARowWithTheDefaults() {
        server("web-01", "10.0.0.2").total = 45 * GB;
        server("app-01", "10.0.0.1").total = 45 * GB + 1;

        var inventory = inventory(false);

        assertThat(inventory.columns())
                .containsExactly(
                        "wave_name",
                        "server_name",
                        "source_server_id",
                        "source_ip",
                        "server_os_family",
                        "size_gb",
                        "migration_type",
                        "target_region",
                        "vm_template_id",
                        "os_version",
                        "connected",
                        "copy_state",
                        "migration_cycle",
                        "current_task",
                        "current_task_state");
        assertThat(inventory.rows())
                .extracting(row -> row.get("server_name"), row -> row.get("size_gb"), row -> row.get("target_region"))
                .containsExactly(tuple("app-01", "45.1", "region-1"), tuple("web-01", "45", "region-1"));
        assertThat(inventory.rows().get(0))
                .containsEntry("source_server_id", "id-app-01")
                .containsEntry("source_ip", "10.0.0.1")
                .containsEntry("connected", "true")
                .containsEntry("current_task", "");
    }

    @Test
    void windowsGetsTheOnlyTypeThatItCanHave() {
        server("win-01", "10.0.0.1").os = "WINDOWS";
        server("lin-01", "10.0.0.2").os = "LINUX";
        server("old-01", "10.0.0.3").os = null;

        assertThat(inventory(false).rows())
                .extracting(row -> row.get("server_os_family") + " " + row.get("migration_type"))
                .containsExactly("LINUX MIGRATE_FILE", " MIGRATE_FILE", "WINDOWS MIGRATE_BLOCK");
    }

    /** Without a total SMS has not measured the source yet; the disks that it proposes have sizes. */
    @ParameterizedTest
    @CsvSource({"100, 40, 7, 7", "100, 40, 0, 40", "100, 0, , 100", "0, 0, ,"})
    void sizeIsTheTotalElseTheUsedElseTheWholeDisks(long size, long used, Long total, String expected) {
        var server = server("a", "10.0.0.1");
        server.total = total == null ? null : total * GB;
        server.proposed = new TargetLayout(
                List.of(new Disk("Disk 0", size * GB, used * GB, "BOOT", null, List.of())), List.of(), List.of());

        assertThat(inventory(false).rows().get(0).get("size_gb")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"finished, cutovered", "cleared, cutovered", "waiting, cutovered", "finished, "})
    void finishedSourceIsLeftOutUnlessAllAreWanted(String state, String cycle) {
        var server = server("done-01", "10.0.0.1");
        server.state = state;
        server.cycle = cycle;
        server("open-01", "10.0.0.2");

        assertThat(names(inventory(false))).containsExactly("open-01");
        assertThat(inventory(false).finished()).containsExactly("done-01 (10.0.0.1)");
        assertThat(names(inventory(true))).containsExactly("done-01", "open-01");
    }

    @Test
    void rowsOfTheListGetTheirCellsAndSourcesTheirIds() {
        server("db-01", "10.0.0.1");
        server("app-01", "10.0.0.2");
        listed("app-01", "10.0.0.2", "wave_name", "w2", "depends_on", "db-01", "target_region", "region-9", "os", "x");
        listed("db-01", "10.0.0.1", "wave_name", "w1");

        var inventory = matched();

        assertThat(names(inventory)).containsExactly("app-01", "db-01");
        assertThat(inventory.rows().get(0))
                .containsEntry("wave_name", "w2")
                .containsEntry("depends_on", "db-01")
                .containsEntry("target_region", "region-9")
                .containsEntry("source_server_id", "id-app-01")
                .doesNotContainKey("os");
        assertThat(inventory.rows().get(1)).containsEntry("target_region", "region-1");
        assertThat(inventory.columns()).contains("depends_on").doesNotContain("os");
        assertThat(inventory.onlyInSms()).isEmpty();
        assertThat(inventory.onlyInList()).isEmpty();
        assertThat(inventory.doubtful()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DB-01., 10.0.0.1, true",
        "db-01.corp.example, 10.0.0.1, true",
        "db-01, '', true",
        "'', 10.0.0.1, true",
        "db-01.corp.example, '', false",
        "db-01, 10.0.0.9, false",
        "db-02, 10.0.0.1, false",
        "db-02, 10.0.0.9, false"
    })
    void nameAndAddressDecideTheMatch(String name, String ip, boolean matches) {
        server("db-01", "10.0.0.1");
        listed(name, ip);

        assertThat(names(matched())).isEqualTo(matches ? List.of("db-01") : List.of());
    }

    @Test
    void dependenciesGetTheNamesOfTheSources() {
        server("db-01", "10.0.0.1");
        server("app-01", "10.0.0.2");
        server("web-01", "10.0.0.3");
        listed("db-01.corp.example", "10.0.0.1");
        listed("app-01", "10.0.0.2", "depends_on", "DB-01.corp.example@synced;id:77");
        listed("web-01.corp.example", "10.0.0.3", "depends_on", "app-01; ghost@launched; db-01");

        var inventory = matched();

        assertThat(inventory.rows())
                .extracting(row -> row.getOrDefault("depends_on", ""))
                .containsExactly("", "db-01@synced;id:77", "app-01;ghost@launched;db-01");
        assertThat(inventory.doubtful())
                .containsExactly(
                        "line 4 web-01.corp.example (10.0.0.3) is written, but depends on ghost, which is not: correct depends_on");
    }

    @ParameterizedTest
    @CsvSource({
        "web-01, 10.0.0.1, line 2 web-01 (10.0.0.1): the source with its source_server_id id-db-01 is db-01 (10.0.0.1)",
        "db-01, 10.0.0.9, line 2 db-01 (10.0.0.9): the source with its source_server_id id-db-01 is db-01 (10.0.0.1)",
        "web-01, '', line 2 web-01: the source with its source_server_id id-db-01 is db-01 (10.0.0.1)",
        "'', 10.0.0.9, line 2 (10.0.0.9): the source with its source_server_id id-db-01 is db-01 (10.0.0.1)",
        "DB-01.corp.example., 10.0.0.1,",
        "'', '',"
    })
    void idWithAnotherNameOrAddressIsWarnedOf(String name, String ip, String warning) {
        server("db-01", "10.0.0.1");
        listed(name, ip, "source_server_id", "id-db-01");

        var inventory = matched();

        assertThat(names(inventory)).containsExactly("db-01");
        assertThat(inventory.otherNames()).isEqualTo(warning == null ? List.of() : List.of(warning));
    }

    @Test
    void cellsThatSmsReplacesAreNamed() {
        server("db-01", "10.0.0.1").total = 45 * GB;
        server("app-01", "10.0.0.2").os = "WINDOWS";
        var unmeasured = server("web-01", "10.0.0.3");
        unmeasured.os = null;
        unmeasured.total = null;
        unmeasured.proposed = new TargetLayout(List.of(), List.of(), List.of());
        server("same-01", "10.0.0.4").total = 45 * GB;
        server("done-01", "10.0.0.5").state = "finished";
        listed("db-01", "10.0.0.1", "size_gb", "100", "server_os_family", "Windows");
        listed("app-01", "10.0.0.2", "migration_type", "MIGRATE_FILE");
        listed("web-01", "10.0.0.3", "size_gb", "abc", "server_os_family", "Ubuntu 22.04");
        listed(
                "same-01",
                "10.0.0.4",
                "size_gb",
                "45.0",
                "server_os_family",
                "CentOS 7",
                "migration_type",
                "migrate_file");
        listed("done-01", "10.0.0.5", "size_gb", "1");

        var inventory = matched();

        assertThat(inventory.differences())
                .containsExactly(
                        new CellDifference(2, "server_os_family", "Windows", "LINUX"),
                        new CellDifference(2, "size_gb", "100", "45"),
                        new CellDifference(3, "migration_type", "MIGRATE_FILE", "MIGRATE_BLOCK"),
                        new CellDifference(4, "size_gb", "abc", ""));
        assertThat(inventory.rows())
                .extracting(row -> row.get("server_os_family"))
                .containsExactly("LINUX", "WINDOWS", "LINUX", "LINUX");
    }

    @Test
    void existingTargetOfTheListDisplacesTheDefaultTemplate() {
        server("db-01", "10.0.0.1");
        server("app-01", "10.0.0.2");
        listed("db-01", "10.0.0.1", "target_server_id", "ecs-1", "migration_ip", "10.9.0.1");
        listed("app-01", "10.0.0.2", "target_server_id", "ecs-2");

        var inventory = matched();

        assertThat(inventory.rows())
                .extracting(row -> row.getOrDefault("vm_template_id", ""))
                .containsOnly("");
        assertThat(inventory.required(JobRules.MIGRATE))
                .extracting(RequiredCells::names, RequiredCells::rows)
                .containsExactly(tuple("target_project_id", 2));
    }

    @Test
    void emptyCellsThatTheJobNeedsAreNamedAndGetAColumn() {
        server("db-01", "10.0.0.1");
        server("app-01", "10.0.0.2");
        var sources = SourceIndex.load(sms);
        var inventory = SourceInventory.of(sources, Map.of("migration_type", "MIGRATE_FILE"), false);

        var required = inventory.required(JobRules.MIGRATE);

        assertThat(required)
                .extracting(RequiredCells::names, RequiredCells::rows)
                .containsExactly(
                        tuple("target_region", 2),
                        tuple("target_project_id", 2),
                        tuple("vm_template_id or target_server_id", 2));
        assertThat(inventory.withColumnsFor(required).columns())
                .containsSubsequence(
                        "migration_type", "target_region", "target_project_id", "vm_template_id", "os_version")
                .doesNotContain("target_server_id");
        assertThat(inventory.countEmpty(Column.WAVE_NAME)).isEqualTo(2);
        var full = Map.of(
                "migration_type",
                "MIGRATE_FILE",
                "target_region",
                "r",
                "target_project_id",
                "p",
                "vm_template_id",
                "t");
        assertThat(SourceInventory.of(sources, full, false).required(JobRules.MIGRATE))
                .isEmpty();
    }

    @Test
    void addressOfAnExistingTargetIsNeeded() {
        server("db-01", "10.0.0.1");
        server("app-01", "10.0.0.2");
        listed("db-01", "10.0.0.1", "target_project_id", "p", "target_server_id", "ecs-1");
        listed("app-01", "10.0.0.2", "target_project_id", "p");

        assertThat(matched().required(JobRules.MIGRATE))
                .extracting(RequiredCells::names, RequiredCells::rows)
                .containsExactly(tuple("migration_ip", 1));
    }

    @ParameterizedTest
    @CsvSource({
        "db-01.a.example, db-01, true",
        "db-01, db-01.a.example, true",
        "db-01.a, db-01.a.example, true",
        "db-01.a.example, db-01.b.example, false",
        "db-011, db-01, false"
    })
    void nameWithItsDomainEqualsTheNameWithout(String listed, String source, boolean matches) {
        server(source, "10.0.0.1");
        listed(listed, "10.0.0.1");

        assertThat(names(matched())).isEqualTo(matches ? List.of(source) : List.of());
    }

    @Test
    void whatIsOnlyInOneOfThemIsListed() {
        server("sms-only", "10.0.0.1");
        server("both", "10.0.0.2");
        server("moved", "10.0.0.3");
        listed("both", "10.0.0.2");
        listed("moved", "10.9.9.9");
        listed("list-only", "10.0.0.4");

        var inventory = matched();

        assertThat(names(inventory)).containsExactly("both");
        assertThat(inventory.onlyInSms()).containsExactly("sms-only (10.0.0.1)");
        assertThat(inventory.onlyInList()).containsExactly("line 4 list-only (10.0.0.4)");
        assertThat(inventory.doubtful()).containsExactly("line 3 moved (10.9.9.9): SMS has moved (10.0.0.3)");
    }

    @Test
    void oneSourceForTwoRowsAndTwoSourcesForOneRowAreDoubtful() {
        server("a", "10.0.0.1");
        server("a.corp", "10.0.0.1");
        server("twin", "10.0.0.5");
        listed("", "10.0.0.1");
        listed("twin", "10.0.0.5");
        listed("twin.corp", "10.0.0.5");

        var inventory = matched();

        assertThat(names(inventory)).containsExactly("twin");
        assertThat(inventory.doubtful())
                .containsExactly(
                        "line 2 (10.0.0.1): SMS has a (10.0.0.1) and a.corp (10.0.0.1)",
                        "line 4 twin.corp (10.0.0.5): its source is already that of line 3");
        assertThat(inventory.onlyInSms()).isEmpty();
    }

    @Test
    void textsOfTheAgentCannotBreakTheFile() throws IOException {
        server("=cmd|' /C calc'!A0", "10.0.0.1");
        server("two\r\nlines, \"quoted\"", "10.0.0.2");
        var out = new ByteArrayOutputStream();

        inventory(false).write(out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(",'=cmd|' /C calc'!A0,", ",\"two  lines, \"\"quoted\"\"\",")
                .hasLineCount(3);
    }

    @Test
    void limitsOfTheJobFileAreNoColumns() {
        server("a", "10.0.0.1");

        var inventory = SourceInventory.of(
                SourceIndex.load(sms), Map.of("target_region", "region-1", "speed-limit-max", "500"), false);

        assertThat(inventory.columns()).contains("target_region").doesNotContain("speed-limit-max");
    }
}
