package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.JobRules;
import dev.smsrunner.support.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of a check beyond the problems of the corpus. */
class InventoryFileTests {

    private static final Map<String, String> DEFAULTS = Map.of(
            "migration_type", "MIGRATE_FILE",
            "target_region", "ap-southeast-3",
            "target_project_id", "p-1",
            "vm_template_id", "tpl-1");

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("i.csv"), text);
    }

    private List<String> problems(String text, Map<String, String> defaults, RowRules rules) throws IOException {
        Path file = file(text);
        return InventoryFile.check(file, defaults, rules).problems().stream()
                .map(problem -> problem.toString().substring(file.toString().length()))
                .toList();
    }

    @Test
    void jobFileAllowsHigherSpeedLimits() throws IOException {
        var raised = with(CellLimits.SPEED, "10000");

        assertThat(problems("server_name,speed_limit_mbit\na,10000\n", raised, JobRules.MIGRATE))
                .isEmpty();
        assertThat(problems("server_name,speed_limit_rules\na,8:00-9:00=9999\n", raised, JobRules.MIGRATE))
                .isEmpty();
        assertThat(problems("server_name,speed_limit_mbit\na,10001\n", raised, JobRules.MIGRATE))
                .containsExactly(":2: speed_limit_mbit: '10001' is not a whole number from 0 to 10000; "
                        + "write digits only (Mbit/s, 0 = no limit)");
    }

    @Test
    void recordedSpeedRulesMayOverlap() throws IOException {
        var recorded = "08:00-18:00=50;17:00-20:00=5";
        var file = file("server_name,speed_limit_rules\na,%s\nb,9:00-9:00=1\nc,8:00-9:00=1001\n".formatted(recorded));

        var problems = InventoryFile.check(
                        file,
                        DEFAULTS,
                        JobRules.MIGRATE,
                        LaunchOrder.NONE,
                        directory,
                        ColumnMapping.NONE,
                        new AcceptedInventory(Set.of(recorded, "8:00-9:00=1001"), false, Set.of()))
                .problems();

        assertThat(problems)
                .extracting(
                        problem -> problem.toString().substring(file.toString().length()))
                .satisfiesExactly(
                        cell -> assertThat(cell).startsWith(":3: speed_limit_rules: '09:00-09:00' is a range without"),
                        cell -> assertThat(cell).startsWith(":4: speed_limit_rules: '8:00-9:00=1001'"));
    }

    private List<String> problems(String text, LaunchOrder order) throws IOException {
        Path file = file(text);
        return InventoryFile.check(file, DEFAULTS, JobRules.MIGRATE, order).problems().stream()
                .map(problem -> problem.toString().substring(file.toString().length()))
                .toList();
    }

    @Test
    void dependencyAcceptsLevelsAndSourceIds() throws IOException {
        var order = LaunchOrder.NONE;

        assertThat(problems("server_name,depends_on\ndb,\napp,db@synced;id:s-77@launched;id:S-78\n", order))
                .isEmpty();
        assertThat(problems("server_name,depends_on\ndb,\napp,db@sync\n", order))
                .singleElement()
                .asString()
                .contains("db@sync", "@synced, @launched, @accepted");
        assertThat(problems("server_name,depends_on\ndb,\napp,@synced\n", order))
                .anySatisfy(problem -> assertThat(problem).contains("'@synced' has no server name"));
        assertThat(problems("server_name,depends_on\ndb,\napp,id:a b\n", order))
                .anySatisfy(problem -> assertThat(problem).contains("'a b' is not an id"));
    }

    @Test
    void cycleThroughWaveAndDependencyIsRejected() throws IOException {
        var order = new LaunchOrder(Map.of("wave-2", List.of("wave-1")), false);
        var text = "wave_name,server_name,depends_on\nwave-1,app,web\nwave-1,db,\nwave-2,web,\n";

        assertThat(problems(text, order))
                .singleElement()
                .asString()
                .startsWith(":2: depends_on: servers wait for each other in a cycle: ")
                .contains("app (line 2)", "web (line 4)", "wave 'wave-1'");
        assertThat(problems(text, LaunchOrder.NONE)).isEmpty();
        assertThat(problems(text.replace("web\n", "web@synced\n"), order)).isEmpty();
        assertThat(problems(text.replace("web\n", "web@synced\n"), new LaunchOrder(order.after(), true)))
                .hasSize(1);
    }

    @Test
    void cycleThroughIdsAndMistypedWaveAreRejected() throws IOException {
        assertThat(problems("server_name,source_server_id,depends_on\na,s-1,id:S-2\nb,s-2,a\n", LaunchOrder.NONE))
                .singleElement()
                .asString()
                .contains("servers wait for each other in a cycle");
        assertThat(problems(
                        "wave_name,server_name\nwave-1,db\nwave-2,web\n",
                        new LaunchOrder(Map.of("wave-2", List.of("wawe-1")), false)))
                .singleElement()
                .asString()
                .contains("no row is in wave 'wawe-1'", "did you mean wave-1?");
    }

    @Test
    void idEqualToServerNameIsRejected() throws IOException {
        var text =
                "server_name,source_server_id,depends_on\napp,,id:HR-DB-01@synced\nhr-db-01,,\nx,s-1,id:s-1b;id:s-2\n";

        assertThat(problems(text, LaunchOrder.NONE))
                .containsExactly(
                        ":2: depends_on: 'id:HR-DB-01@synced' is the name of the server on line 3; write HR-DB-01@synced");
        assertThat(problems("server_name,source_server_id,depends_on\napp,,id:s-2\ns-2,s-2,\n", LaunchOrder.NONE))
                .as("the name of a server that is its id too")
                .isEmpty();
    }

    @Test
    void everyWaveOfTheJobFileIsCheckedAgainstTheRows() throws IOException {
        var order = new LaunchOrder(Map.of("Wave-2", List.of("wave-1")), false, Set.of("Wave-2", "zzz"));
        var checked = InventoryFile.check(
                file("wave_name,server_name\nwave-1,db\nwave-2,web\n"), DEFAULTS, JobRules.MIGRATE, order);

        assertThat(checked.problems()).singleElement().asString().contains("'Wave-2'", "did you mean wave-2?");
        assertThat(checked.warnings())
                .anySatisfy(warning -> assertThat(warning.toString())
                        .contains("no row is in wave 'zzz'", "whose waves are 'wave-1', 'wave-2'"));
    }

    @Test
    void wavesDifferingInLetterCaseAreAWarning() throws IOException {
        var checked = InventoryFile.check(
                file("wave_name,server_name\nw2,db\nW2,web\nW2,app\n"), DEFAULTS, JobRules.MIGRATE, LaunchOrder.NONE);

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.warnings())
                .filteredOn(warning -> warning.toString().contains("two waves"))
                .singleElement()
                .asString()
                .contains(":3: wave_name: 'W2' and 'w2' are two waves, since their letter case differs");
    }

    @Test
    void waveWithoutRowsIsAWarning() throws IOException {
        var order = new LaunchOrder(Map.of("wave-2", List.of("wave-9")), false);
        var checked =
                InventoryFile.check(file("wave_name,server_name\nwave-2,web\n"), DEFAULTS, JobRules.MIGRATE, order);

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.warnings())
                .anySatisfy(warning -> assertThat(warning.toString()).contains("no row is in wave 'wave-9'"));
    }

    @Test
    void oneServerWithTwoLevelsIsAWarning() throws IOException {
        var checked = InventoryFile.check(
                file("server_name,depends_on\ndb,\napp,DB.@synced;db\nweb,db;db\n"),
                DEFAULTS,
                JobRules.MIGRATE,
                LaunchOrder.NONE);

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.line()).isEqualTo(3);
            assertThat(warning.warning())
                    .isEqualTo(
                            "has one server with two levels, 'DB.@synced' and 'db'; the row waits until it is accepted");
        });
    }

    @Test
    void validFileIsDescribed() throws Exception {
        Path file = file("Server_Name,Source_IP,Cost Centre\na,10.0.0.1,7\n");

        InventoryCheckResult checked = JobRules.check(file, DEFAULTS);

        assertThat(checked.ok()).isTrue();
        assertThat(checked.rows()).isEqualTo(1);
        assertThat(checked.header()).containsExactly("server_name", "source_ip", "Cost Centre");
        assertThat(checked.sha256())
                .isEqualTo(HexFormat.of().formatHex(Sha256.digest().digest(Files.readAllBytes(file))));
        assertThat(checked.warnings())
                .hasToString("[" + file + ":1: Cost Centre: is not a known column; it is copied to the report unread]");
    }

    @Test
    void unknownColumnIsAWarningWithSuggestion() throws Exception {
        InventoryCheckResult checked = JobRules.check(file("server_name,sorce_ip,operation\na,,\n"), DEFAULTS);

        assertThat(checked.ok()).isTrue();
        assertThat(checked.warnings())
                .extracting(warning -> warning.column() + ": " + warning.warning() + "; " + warning.advice())
                .containsExactly(
                        "sorce_ip: is not a known column; did you mean source_ip? Otherwise it is copied to the report unread",
                        "operation: is not read by job migrate; it is copied to the report");
    }

    @Test
    void defaultsReplaceColumns() throws Exception {
        assertThat(problems("server_name\na\n", Map.of(), JobRules.MIGRATE))
                .containsExactly(
                        ":1: header: missing column migration_type; add it, or set it for all rows in the job file",
                        ":1: header: missing column target_region; add it, or set it for all rows in the job file",
                        ":1: header: missing column target_project_id; add it, or set it for all rows in the job file",
                        ":1: header: missing column vm_template_id or target_server_id; add it, or set it for all rows in the job file");
        assertThat(problems("server_name,migration_type,target_region\na,,\n", DEFAULTS, JobRules.MIGRATE))
                .isEmpty();
        assertThat(problems(
                        "server_name,migration_type,target_region,target_project_id,vm_template_id\na,,r,p,\n",
                        Map.of(),
                        JobRules.MIGRATE))
                .containsExactly(
                        ":2: migration_type: is empty; fill the cell, or set it for all rows in the job file",
                        ":2: vm_template_id: no value in vm_template_id or target_server_id; fill the cell, or set it for all rows in the job file");
    }

    @Test
    void invalidDefaultIsReportedOnce() throws Exception {
        assertThat(problems("server_name\na\nb\n", with("speed_limit_mbit", "fast"), JobRules.MIGRATE))
                .containsExactly(": speed_limit_mbit: the default 'fast' is not a whole number from 0 to 1000; "
                        + "write digits only (Mbit/s, 0 = no limit) in the job file");
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> defaults = new java.util.HashMap<>(DEFAULTS);
        defaults.put(key, value);
        return defaults;
    }

    @Test
    void otherJobsRequireOtherColumns() throws Exception {
        assertThat(problems("server_name\na\n", Map.of(), JobRules.ACTION))
                .containsExactly(
                        ":1: header: missing column operation; add it, or set it for all rows in the job file");
        assertThat(problems(
                        "task_id,operation\nt1,stop\nt2,\nt1,start\nt3,clone_test\nt4,strat\n",
                        Map.of(),
                        JobRules.ACTION))
                .containsExactly(
                        ":3: operation: is empty; fill the cell, or set it for all rows in the job file",
                        ":4: task_id: 't1' is already on line 2; remove one of the two rows",
                        ":5: template_id: is empty, but clone_test needs it; write the id of the template",
                        ":6: operation: 'strat' is not known; did you mean start? Otherwise write one of start, stop, test, "
                                + "clone_test, restart, network_check, skip, clear, migration_test, collect_log, sync_failed_rollback, or allow it by name in "
                                + "action.allow-operations of the job file");
        assertThat(problems(
                        "source_server_id,copystate,migrationcycle\ns1,WAITING,\ns2,,\ns3,,done\n",
                        Map.of(),
                        JobRules.CHANGESTATE))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(":3: copystate: no value in copystate or migrationcycle"),
                        line -> assertThat(line).startsWith(":4: migrationcycle: 'done' is not known"));
        assertThat(problems("server_name,speed_limit_mbit\na,5\nb,\n", Map.of(), JobRules.UPDATE))
                .singleElement()
                .asString()
                .startsWith(":3: task_name: no value in task_name or migration_type or ");
        assertThat(problems("task_id\nt1\n", Map.of("target_project_id", "p"), JobRules.STOP_DCS))
                .isEmpty();
        assertThat(problems("server_name\na\n", Map.of(), JobRules.STOP_DCS))
                .containsExactly(
                        ":1: header: missing column task_id or task_name; add it, or set it for all rows in the job file",
                        ":1: header: missing column target_project_id or project_id; add it, or set it for all rows in the job file");
    }

    @Test
    void firstHundredProblemsAreListedAndTheRestCounted() throws Exception {
        InventoryCheckResult checked = JobRules.check(file("server_name\n" + "a b/c\n".repeat(250)), DEFAULTS);

        assertThat(checked.problems()).hasSize(100);
        assertThat(checked.problemCount()).isEqualTo(250 + 249);
        assertThat(checked.unlisted()).isEqualTo(399);
    }

    @Test
    void fileBrokenAtItsTopIsNotReadToItsEnd() throws Exception {
        StringBuilder text = new StringBuilder("server_name,note\nx,\"open\n");
        for (int i = 0; i < 15_000; i++) {
            text.append("s").append(i).append(",\n");
        }

        InventoryCheckResult checked = JobRules.check(file(text.toString()), DEFAULTS);

        assertThat(checked.problems().stream().map(RowProblem::toString))
                .satisfiesExactly(
                        line -> assertThat(line).contains(":2: row: has a quote that is not closed"),
                        line -> assertThat(line)
                                .endsWith(
                                        ":10003: row: was not checked, nor the rows below it; correct the rows above"));
        assertThat(checked.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(Sha256.digest().digest(text.toString().getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void unclosedQuoteInEveryRowEndsReading() throws Exception {
        InventoryCheckResult checked = JobRules.check(file("server_name,note\n" + "a,\"x\n\n".repeat(1_000)), DEFAULTS);

        assertThat(checked.problems()).hasSizeBetween(1, 25);
    }

    @Test
    void longChainOfDependenciesIsHandled() throws Exception {
        StringBuilder text = new StringBuilder("server_name,depends_on\n");
        for (int i = 0; i < 50_000; i++) {
            text.append("s").append(i).append(",s").append((i + 1) % 50_000).append('\n');
        }

        InventoryCheckResult checked = JobRules.check(file(text.toString()), DEFAULTS);

        assertThat(checked.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.problem())
                        .startsWith("servers wait for each other in a cycle: s0 (line 2) -> s1 (line 3)")
                        .endsWith("-> ... -> s0"));
    }

    @Test
    void unreadableFileIsAProblem() {
        Path none = directory.resolve("none.csv");

        assertThat(JobRules.check(none, Map.of()).problems())
                .hasToString("[" + none + ": does not exist; check the path in the job file or after --inventory]");
        assertThat(JobRules.check(directory, Map.of()).problems())
                .hasToString("[" + directory + ": is a directory; give a CSV file]");
    }

    @Test
    void anyTextIsChecked() throws Exception {
        Random random = new Random(20261121);
        String good = "server_name,source_ip,tags,depends_on,note\na,10.0.0.1,A=1,,x\nb,::1,,a,\"y, \"\"z\"\"\"\n";
        for (int i = 0; i < Integer.getInteger("fuzz.rounds", 300); i++) {
            byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
            for (int edits = 1 + random.nextInt(5); edits > 0; edits--) {
                int at = random.nextInt(bytes.length);
                byte[] marks = {',', '"', '\n', '\r', 0, ';', '\t', '=', (byte) random.nextInt()};
                bytes[at] = marks[random.nextInt(marks.length)];
            }
            Path file = Files.write(directory.resolve("fuzz.csv"), bytes);

            InventoryCheckResult checked = JobRules.check(file, DEFAULTS);

            assertThat(checked.problems())
                    .allSatisfy(problem -> assertThat(problem.toString())
                            .startsWith(file + ":")
                            .doesNotContainPattern("\\p{Cntrl}"));
            if (checked.ok()) {
                assertThat(InventoryReaderTests.readAll(file, DEFAULTS, checked.sha256()))
                        .hasSize(checked.rows());
            }
        }
    }
}
