package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.JobRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Headers of other tools, and the mapping of the job file. */
class ColumnAliasesTests {

    private static final Map<String, String> DEFAULTS = Map.of(
            "migration_type", "MIGRATE_FILE",
            "target_region", "ap-southeast-3",
            "target_project_id", "p-1",
            "vm_template_id", "tpl-1");

    @TempDir
    private Path directory;

    private InventoryCheckResult check(String text, Map<String, String> columns) throws IOException {
        Path file = Files.writeString(directory.resolve("i.csv"), text);
        return InventoryFile.check(
                file,
                DEFAULTS,
                JobRules.MIGRATE,
                LaunchOrder.NONE,
                directory,
                new ColumnMapping(columns),
                AcceptedInventory.NONE);
    }

    private List<String> problems(String text, Map<String, String> columns) throws IOException {
        String prefix = directory.resolve("i.csv").toString();
        return check(text, columns).problems().stream()
                .map(problem -> problem.toString().substring(prefix.length()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VM;Powerstate;DNS Name;Primary IP Address                    | server_name;-;-;source_ip
            Name;IP Address;Operating System;Support group               | server_name;source_ip;-;-
            wave_name;app_name;server_name;server_os_family;server_fqdn  | wave_name;app_name;server_name;server_os_family;-
            *Server name;IP addresses;*Cores;*OS name                    | server_name;source_ip;-;-
            SOURCE_MACHINE_NAME;TARGET_MACHINE_NAME                      | server_name;target_server_name
            vmname;target_portgroup                                      | server_name;-
            mgn:wave:name;mgn:app:name;mgn:server:user-provided-id       | wave_name;app_name;server_name
            mgn:server:platform;mgn:launch:nic:0:private-ip:0            | server_os_family;-
            source_server_id;os_type;speed_limit;vm_template_id          | source_server_id;server_os_family;speed_limit_mbit;vm_template_id
            Server Name;Source IP;OS Family;Wave;Depends On              | server_name;source_ip;server_os_family;wave_name;depends_on
            server-name;SOURCE-IP;depends-on;Prio                        | server_name;source_ip;depends_on;priority
            Speed Limit (Mbit/s);Server Name (required)                  | speed_limit_mbit;server_name
            Speed limit [Mbps];VM Name                                   | speed_limit_mbit;server_name
            copystate;copy_state;migration_cycle                         | copystate;-;-
            speed_limit_mbps;Machine name                                | speed_limit_mbit;server_name
            VM;Name;server_name                                          | -;-;server_name
            """)
    void headersOfOtherToolsAreTaken(String header, String columns) {
        List<String> expected = Arrays.stream(columns.split(";"))
                .map(name -> name.equals("-") ? "" : name)
                .toList();

        assertThat(InventoryFile.columnsOf(List.of(header.split(";")), ColumnMapping.NONE).stream()
                        .map(column -> column == null ? "" : column.label()))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void takenColumnsAndSeparatorAreNotedOnce() throws IOException {
        var checked = check("VM;Primary IP Address;Wave\na;10.0.0.1;1\nb;10.0.0.2;1\n", Map.of());

        assertThat(checked.ok()).isTrue();
        assertThat(checked.header()).containsExactly("server_name", "source_ip", "wave_name");
        assertThat(checked.notes())
                .containsExactly(
                        "Cells are separated by semicolons.",
                        "Columns taken: \"VM\" as server_name, \"Primary IP Address\" as source_ip, \"Wave\" as wave_name.");
        assertThat(check("server_name,priority\na,1\n", Map.of()).notes()).isEmpty();
        assertThat(check("server_name,Prio\na,1\n", Map.of()).notes())
                .containsExactly(
                        "Columns taken: \"Prio\" as priority.",
                        "A row with a higher priority starts first. Other tools may count the other way round.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VM,Name               | "VM" and "Name" as server_name
            server_name,VM        | "server_name" and "VM" as server_name
            VM,server_name,Server | "VM" and "server_name" and "Server" as server_name
            IP,VM,Private IP      | "IP" and "Private IP" as source_ip, "VM" as server_name
            IP,Private IP,VM      | "IP" and "Private IP" as source_ip, "VM" as server_name
            """)
    void allNamesOfOneColumnAreNoted(String header, String taken) throws IOException {
        String cells = header.replaceAll("[^,]*IP", "10.0.0.1").replaceAll("[A-Za-z_]+", "a");

        assertThat(check(header + "\n" + cells + "\n", Map.of()).notes())
                .containsExactly("Columns taken: " + taken + ".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VM,Primary IP Address | a,10.0.0.300 | :2: source_ip ("Primary IP Address"): '10.0.0.300' is not an IP address
            VM,Prio               | a,high       | :2: priority ("Prio"): 'high' is not a whole number
            VM,Depends On         | a,b          | :2: depends_on ("Depends On"): 'b' is not a server_name of this file
            VM,Wave               | ,w1          | :2: server_name ("VM"): is empty
            CMDB,source_ip        | a,10.0.0.300 | :2: source_ip: '10.0.0.300' is not an IP address
            CMDB,source_ip        | ?,10.0.0.3   | :2: server_name ("CMDB"): '?' stands for a missing value
            """)
    void problemOfACellNamesItsHeader(String header, String row, String problem) throws IOException {
        var columns = header.startsWith("CMDB") ? Map.of("CMDB", "server_name") : Map.<String, String>of();

        assertThat(problems(header + "\n" + row + "\n", columns))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void aliasBesideItsColumnMustHaveTheSameValue() throws IOException {
        assertThat(problems("server_name,VM\na,A\nb,\nc,d\n", Map.of()))
                .containsExactly(
                        ":4: VM: is 'd', but server_name is 'c'; both are server_name; correct the row, or leave"
                                + " one column out with columns: {\"VM\": ignore} in the job file");
        assertThat(problems("VM,server_name\na,\n", Map.of()))
                .contains(":2: VM: is 'a', but server_name is empty; both are server_name; correct the row, or leave"
                        + " one column out with columns: {\"VM\": ignore} in the job file");
        assertThat(problems("VM,Name,Wave,Migration wave\na,a,1,2\n", Map.of()))
                .singleElement()
                .asString()
                .startsWith(":2: Migration wave: is '2', but Wave is '1'; both are wave_name;");
        assertThat(check("server_name,VM\na,a\n", Map.of()).header()).containsExactly("server_name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Cutover Start          | sets a time for the row
            cutover_date           | sets a time for the row
            Maintenance window     | sets a time for the row
            go-live                | sets a time for the row
            Not before             | sets a time for the row
            sequence               | sets an order of the rows
            Move Group             | sets an order of the rows
            start_after            | sets an order of the rows
            Speed limit (MB/s)     | limits the copy in a unit
            speed_limit_MBps       | limits the copy in a unit
            bandwidth              | limits the copy in a unit
            Bandwidth limit (KB/s) | limits the copy in a unit
            R_Type                 | says which servers may be migrated
            Do not migrate         | says which servers may be migrated
            OK_TO_USE_ASSESSMENT   | says which servers may be migrated
            on-hold                | says which servers may be migrated
            wave_nam               | is not a known column, but may mean wave_name
            depend_on              | is not a known column, but may mean depends_on
            priorty                | is not a known column, but may mean priority
            pioritty               | is not a known column, but may mean priority
            wave_nmae              | is not a known column, but may mean wave_name
            wav_name               | is not a known column, but may mean wave_name
            WVE NME                | is not a known column, but may mean wave_name
            over_speed_treshhold   | is not a known column, but may mean over_speed_threshold
            Wave (planned)         | is not a known column, but may mean wave_name
            """)
    void columnThatOrdersLimitsOrForbidsIsRefused(String name, String problem) throws IOException {
        assertThat(problems("server_name," + name + "\na,\n", Map.of()))
                .singleElement()
                .asString()
                .startsWith(":1: " + name + ": " + problem)
                .endsWith("leave the column out with columns: {\"" + name + "\": ignore} in the job file");
        assertThat(problems("server_name," + name + "\na,\n", Map.of("*", "ignore")))
                .hasSize(1);
        assertThat(problems("server_name," + name + "\na,\n", Map.of(name, "ignore")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base_name", "cage_name", "face_name", "lane_name", "case name", "minority", "vm_notes"})
    void harmlessNameNearAColumnIsCopied(String name) throws IOException {
        var checked = check("server_name," + name + "\na,x\n", Map.of());

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.header()).containsExactly("server_name", name);
    }

    /** Only case and punctuation differ. */
    @ParameterizedTest
    @CsvSource({"wavename, wave_name", "Wave-Name, wave_name", "dependsOn, depends_on", "okToMigrate, ok_to_migrate"})
    void nameWithOtherPunctuationIsTheColumn(String name, String column) throws IOException {
        assertThat(check("server_name," + name + "\na,\n", Map.of()).header()).containsExactly("server_name", column);
    }

    @Test
    void columnsOfTheJobFileAreTakenOrLeftOut() throws IOException {
        var checked = check(
                "CMDB Name,VM,Owner,server_name_2,x\na,b,o,s,y\n",
                Map.of("cmdb name", "server_name", "Owner", "ignore", "*", "ignore"));

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.warnings()).isEmpty();
        assertThat(checked.header()).containsExactly("server_name");
        assertThat(checked.notes()).containsExactly("Columns taken: \"CMDB Name\" as server_name.");
        assertThat(check("CMDB Name,VM\na,b\n", Map.of("CMDB Name", "server_name"))
                        .header())
                .containsExactly("server_name", "VM");
    }

    @Test
    void mappedRowsAreRead() throws Exception {
        Path file = Files.writeString(directory.resolve("i.csv"), "Owner,VM,,CMDB\no,v,,a\no,w,,b\n");
        var mapping = new ColumnMapping(Map.of("CMDB", "server_name", "Owner", "ignore"));
        var sha256 = InventoryFile.check(
                        file, DEFAULTS, JobRules.MIGRATE, LaunchOrder.NONE, directory, mapping, AcceptedInventory.NONE)
                .sha256();

        var reader = new InventoryReader(file, DEFAULTS, mapping, sha256);
        reader.open(new ExecutionContext());
        assertThat(Objects.requireNonNull(reader.read()).cells())
                .containsExactly(Map.entry("VM", "v"), Map.entry("server_name", "a"));
        assertThat(Objects.requireNonNull(reader.read()).serverName()).isEqualTo("b");
        assertThat(reader.read()).isNull();
        reader.close();
    }

    @Test
    void mappingThatDoesNotFitTheHeaderIsRefused() throws IOException {
        assertThat(problems("server_name,Owner\na,o\n", Map.of("Ownr", "owner_email")))
                .containsExactly(
                        ":1: header: has no column 'Ownr', which columns of the job file or an option names; did you mean"
                                + " 'Owner'? Otherwise remove it there");
        assertThat(problems("server_name,x\na,o\n", Map.of("zzz", "ignore")))
                .singleElement()
                .asString()
                .startsWith(
                        ":1: header: has no column 'zzz', which columns of the job file or an option names; remove it");
        assertThat(problems("server_name,CMDB\na,o\n", Map.of("CMDB", "server_name")))
                .singleElement()
                .asString()
                .startsWith(
                        ":1: CMDB: is column 2, 'server_name' is column 1, and both mean server_name; leave one of the two out");
        assertThat(problems("server_name,CMDB\na,o\n", Map.of("CMDB", "server_name", "server_name", "ignore")))
                .isEmpty();
    }

    @Test
    void wideExportIsReadWithoutItsUnknownColumns() throws IOException {
        StringBuilder header = new StringBuilder("VM,Primary IP Address");
        for (int i = 0; i < 150; i++) {
            header.append(",Custom field ").append(i);
        }
        String text = header + "\na,10.0.0.1" + ",".repeat(150) + "\n";

        assertThat(problems(text, Map.of()))
                .singleElement()
                .asString()
                .startsWith(":1: header: has 152 columns, more than 64;")
                .endsWith("with columns: {\"*\": ignore} in the job file");
        assertThat(check(text, Map.of("*", "ignore")).header()).containsExactly("server_name", "source_ip");
    }

    @Test
    void newRuleOnlyWarnsForTheFileOfAnUnfinishedRun() throws IOException {
        Path file = Files.writeString(directory.resolve("i.csv"), "server_name,cutover_start\na,\n");
        var checked = InventoryFile.check(
                file,
                DEFAULTS,
                JobRules.MIGRATE,
                LaunchOrder.NONE,
                directory,
                ColumnMapping.NONE,
                new AcceptedInventory(Set.of(), true, Set.of()));

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.warnings()).singleElement().asString().contains("the unfinished run has accepted it");
        assertThat(checked.header()).containsExactly("server_name", "cutover_start");
    }

    /** Earlier versions copied these columns unread, with any value. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            server_name,Name          | a,Shop
            server_name,Platform      | a,VMware
            server_name,Dependencies  | a,none
            server_name,VM,Wave       | a,b,1
            server_name,size_gb       | a,45 GB
            server_name,ok_to_migrate | a,perhaps
            """)
    void columnThatAnEarlierVersionLeftUnreadKeepsItsRunGoing(String header, String row) throws IOException {
        Path file = Files.writeString(directory.resolve("i.csv"), header + "\n" + row + "\n");
        var names = Set.of(header.split(","));

        var checked = InventoryFile.check(
                file,
                DEFAULTS,
                JobRules.MIGRATE,
                LaunchOrder.NONE,
                directory,
                ColumnMapping.NONE,
                new AcceptedInventory(Set.of(), true, names));

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.header()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void aliasThatTheRunHasTakenStaysTaken() throws IOException {
        Path file = Files.writeString(directory.resolve("i.csv"), "VM,cutover_start\na,\n");

        var checked = InventoryFile.check(
                file,
                DEFAULTS,
                JobRules.MIGRATE,
                LaunchOrder.NONE,
                directory,
                ColumnMapping.NONE,
                new AcceptedInventory(Set.of(), true, Set.of("server_name", "cutover_start")));

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.header()).containsExactly("server_name", "cutover_start");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Depends_on_servers",
                "Dependent systems",
                "Wave/Batch",
                "Wave no.",
                "Freeze period",
                "Approved by",
                "Scope",
                "Reihenfolge",
                "Abh\u00e4ngig von",
                "Nicht migrieren",
                "Wartungsfenster",
                "Freigabe"
            })
    void columnThatOrdersOrForbidsIsNeverLeftUnread(String name) throws IOException {
        assertThat(problems("server_name," + name + "\na,x\n", Map.of()))
                .singleElement()
                .asString()
                .contains("which the runner does not read", "ignore} in the job file");
        assertThat(problems("server_name," + name + "\na,x\n", Map.of(name, "ignore")))
                .isEmpty();
    }
}
