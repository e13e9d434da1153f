package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.simulator.KnownServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command inventory against the simulator over HTTP. */
class InventoryCommandTests extends ScenarioTest {

    @TempDir
    private Path directory;

    private CommandResult inventory(Scenario scenario, Path out, String... more) {
        var arguments = new ArrayList<>(List.of("inventory", scenario.jobFile().toString(), "--out", out.toString()));
        arguments.addAll(List.of(more));
        return scenario.command(arguments.toArray(String[]::new));
    }

    @Test
    void writtenInventoryCanBePlannedAndRun() throws IOException {
        var scenario = scenario(5)
                .server(KnownServer.first(5).get(4).name(), "leftover-task: MIGRATE_SUCCESS")
                .job("defaults.vm_template_id", KnownServer.template());
        var out = directory.resolve("night.csv");

        var result = inventory(scenario, out).exits(0);

        assertThat(result.out())
                .contains(
                        "4 servers of 5 registered in " + out + "; 1 left out",
                        "wave_name is empty in 4 rows. Rows without a wave start last.",
                        "Next: sms-runner plan " + scenario.jobFile());
        assertThat(Files.readString(out)).hasLineCount(5).contains("size_gb");
        assertThat(scenario.cloud().changes()).isEmpty();
        var plan = scenario.command("plan", scenario.jobFile().toString(), "--inventory", out.toString())
                .exits(0);
        assertThat(plan.err()).doesNotContain("is not a known column", "copystate");
        var mapped = scenario.job("columns", "{VM: server_name}");
        mapped.command("plan", mapped.jobFile().toString(), "--inventory", out.toString())
                .exits(0);
        scenario.jobWithout("columns");
        var run = scenario.command("run", scenario.jobFile().toString(), "--inventory", out.toString(), "--json")
                .exits(0);
        assertThat(run.outcomes()).containsOnlyKeys("MIGRATED").containsEntry("MIGRATED", 4);
    }

    @Test
    void listOfAnotherToolIsMatched() throws IOException {
        var scenario = scenario(4);
        var known = KnownServer.first(4);
        var list = Files.writeString(directory.resolve("cmdb.csv"), """
                Host,Address,Wave,Support group
                %s,%s,w1,Linux L2
                %s.corp.example,%s,w2,Linux L2
                ghost-01,192.0.2.7,w2,Linux L2
                """.formatted(
                        known.get(0).name(),
                        known.get(0).ip(),
                        known.get(1).name(),
                        known.get(1).ip()));
        var out = directory.resolve("night.csv");

        var result = inventory(scenario, out, "--match", list.toString(), "--name", "Host", "--ip", "Address", "--json")
                .exits(0);

        assertThat(result.json().path("rows").asInt()).isEqualTo(2);
        assertThat(result.json().path("only_in_sms")).hasSize(2);
        assertThat(result.json().path("only_in_list").get(0).asString()).isEqualTo("line 4 ghost-01 (192.0.2.7)");
        assertThat(Files.readString(out))
                .contains("w1," + known.get(0).name(), "w2," + known.get(1).name() + ",")
                .doesNotContain("Linux L2", "corp.example");
    }

    @Test
    void whatTheListLosesIsPrinted() throws IOException {
        var scenario = scenario(3);
        var known = KnownServer.first(3);
        var list = Files.writeString(directory.resolve("cmdb.csv"), """
                VM,IP,SMS source id,wave_name,Size (GB),Platform,Rack,Cost center
                %s,%s,,w1,abc,VMware,r1,c1
                %s,%s,,w1,1,Oracle Linux,r1,c1
                other,192.0.2.9,%s,w2,,,r1,c1
                """.formatted(
                        known.get(0).name(),
                        known.get(0).ip(),
                        known.get(1).name(),
                        known.get(1).ip(),
                        known.get(2).id()));

        var text = inventory(scenario, directory.resolve("text.csv"), "--match", list.toString())
                .exits(0);
        var json = inventory(scenario, directory.resolve("json.csv"), "--match", list.toString(), "--json")
                .exits(0)
                .json();

        assertThat(text.out())
                .contains(
                        "Columns not taken: \"Rack\", \"Cost center\".",
                        "line 4 other (192.0.2.9): the source with its source_server_id "
                                + known.get(2).id() + " is "
                                + known.get(2).name(),
                        "size_gb of 2 rows: line 2 'abc', written '",
                        "line 3 '1', written '",
                        "server_os_family of 1 row: line 2 'VMware', written '",
                        "Next: fill in vm_template_id or target_server_id (3 rows), then sms-runner plan")
                .doesNotContain("wave_name is empty");
        assertThat(json.path("columns_not_taken")).hasSize(2);
        assertThat(json.path("other_names")).hasSize(1);
        assertThat(json.path("differences")).hasSize(3);
        assertThat(json.path("differences").get(0).path("line").asInt()).isEqualTo(2);
        assertThat(json.path("required").get(0).path("columns"))
                .extracting(column -> column.asString())
                .containsExactly("vm_template_id", "target_server_id");
        assertThat(json.path("rows_without_wave").asInt()).isZero();
        assertThat(Files.readString(directory.resolve("text.csv"))).contains(",vm_template_id,");
    }

    @Test
    void rowsWithoutAServerAreCountedBeforeTheNextStep() throws IOException {
        var known = KnownServer.first(3);
        var list = Files.writeString(directory.resolve("typos.csv"), """
                server_name,source_ip,wave_name
                %s,%s,w1
                %s,192.0.2.8,w1
                ghost-01,192.0.2.7,w2
                """.formatted(
                        known.get(0).name(), known.get(0).ip(), known.get(1).name()));

        var out = inventory(scenario(3), directory.resolve("night.csv"), "--match", list.toString())
                .exits(0)
                .out();

        assertThat(out)
                .containsSubsequence(
                        "1 server of 3 registered",
                        "Only in " + list + ", not registered in SMS (1):",
                        "Doubtful (1):",
                        "2 rows of " + list + " are not in ",
                        "Next: ");
    }

    @Test
    void wrongPathIsNamedWithItsOption() throws IOException {
        var scenario = scenario(2);
        var file = Files.writeString(directory.resolve("file"), "x");
        var out = directory.resolve("night.csv");

        inventory(scenario, out, "--match", directory.resolve("none.csv").toString())
                .exits(2)
                .prints("The list " + directory.resolve("none.csv") + " does not exist", "after --match");
        inventory(scenario, out, "--match", directory.toString())
                .exits(2)
                .prints("is a directory", "The list " + directory + " has 1 problem.");
        inventory(scenario, directory.resolve("nodir").resolve("x.csv"))
                .exits(2)
                .prints(directory.resolve("nodir") + " does not exist", "create the directory");
        inventory(scenario, file.resolve("x.csv")).exits(2).prints(file + " is not a directory");
        inventory(scenario, out, "--inventory", file.toString())
                .exits(2)
                .prints("--inventory has no effect in this command", "--match");

        assertThat(out).doesNotExist();
        assertThat(scenario.cloud().calls("ListServers")).isZero();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        var scenario = scenario(2);
        var out = Files.writeString(directory.resolve("night.csv"), "mine");

        inventory(scenario, out).exits(2).prints("exists already", "--out");

        assertThat(Files.readString(out)).isEqualTo("mine");
    }

    @Test
    void wrongListIsRefusedWithItsLineBeforeACall() throws IOException {
        var scenario = scenario(2);
        var list = Files.writeString(directory.resolve("cmdb.csv"), "Host,Address\nweb-01,10.0.0.300\n");
        var out = directory.resolve("night.csv");

        inventory(scenario, out, "--match", list.toString(), "--name", "Host", "--ip", "Address")
                .exits(2)
                .prints("cmdb.csv:2", "10.0.0.300");
        inventory(scenario, out, "--match", list.toString(), "--name", "Server")
                .exits(2)
                .prints("Server");
        inventory(scenario, out, "--name", "Host").exits(2).prints("--match");

        assertThat(out).doesNotExist();
        assertThat(scenario.cloud().calls("ListServers")).isZero();
    }

    @Test
    void incompleteListWritesNothing() {
        var scenario = scenario(3).answers("operation: ListServers, kind: hidden-element");
        var out = directory.resolve("night.csv");

        inventory(scenario, out).exits(4).prints("SMS listed only", "Nothing was written");

        assertThat(out).doesNotExist();
    }
}
