package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.JobRules;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that permit, forbid or measure. */
class PermissionTests {

    private static final Map<String, String> DEFAULTS = Map.of(
            "migration_type", "MIGRATE_FILE",
            "target_region", "ap-southeast-3",
            "target_project_id", "p-1",
            "vm_template_id", "tpl-1");

    @TempDir
    private Path directory;

    private InventoryCheckResult check(String text, RowRules rules, LaunchOrder order) throws IOException {
        return InventoryFile.check(Files.writeString(directory.resolve("i.csv"), text), DEFAULTS, rules, order);
    }

    private List<String> problems(String text) throws IOException {
        return problems(check(text, JobRules.MIGRATE, LaunchOrder.NONE));
    }

    private List<String> problems(InventoryCheckResult checked) {
        String prefix = directory.resolve("i.csv").toString();
        return checked.problems().stream()
                .map(problem -> problem.toString().substring(prefix.length()))
                .toList();
    }

    private static InventoryRow row(String column, String cell) {
        return InventoryRow.restore(1, 2, Map.of("server_name", "a", column, cell), Map.of());
    }

    @ParameterizedTest
    @CsvSource({"yes,true", "Y,true", "TRUE,true", "1,true", "'',true", "no,false", "N,false", "False,false", "0,false"
    })
    void cellPermitsOrForbids(String cell, boolean permitted) throws IOException {
        assertThat(problems("server_name,ok_to_migrate\na," + cell + "\n")).isEmpty();
        assertThat(row("ok_to_migrate", cell).isOkToMigrate()).isEqualTo(permitted);
        assertThat(row("ok_to_cutover", cell).isOkToCutover()).isEqualTo(permitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "not yet", "x", "tomorrow", "ja"})
    void anotherWordIsAProblem(String word) throws IOException {
        for (String column : List.of("ok_to_migrate", "OK_TO_CUTOVER", "OK to cutover")) {
            String label = switch (column) {
                case "ok_to_migrate" -> column;
                case "OK_TO_CUTOVER" -> "ok_to_cutover";
                default -> "ok_to_cutover (\"" + column + "\")";
            };
            assertThat(problems("server_name," + column + "\na," + word + "\n"))
                    .containsExactly(
                            ":2: " + label + ": '" + word
                                    + "' is neither yes nor no; write yes or no (y, n, true, false, 1, 0), or leave the cell empty for yes");
        }
    }

    @Test
    void forbiddenLaunchIsAcceptedSinceTheRowIsHeld() throws IOException {
        assertThat(problems("server_name,ok_to_cutover\na,no\nb,yes\nc,\n")).isEmpty();
        assertThat(problems("server_name,OK_TO_CUTOVER\na,N\n")).isEmpty();
        assertThat(problems(check("task_id,operation,ok_to_cutover\nt1,stop,no\n", JobRules.ACTION, LaunchOrder.NONE)))
                .containsExactly(
                        ":2: ok_to_cutover: is no, but this job works on every row; remove the row, or write yes");
    }

    @Test
    void jobThatWorksOnEveryRowRefusesForbiddenRows() throws IOException {
        String text = "task_id,operation,ok_to_migrate\nt1,stop,yes\nt2,stop,no\n";

        assertThat(problems(check(text, JobRules.ACTION, LaunchOrder.NONE)))
                .containsExactly(
                        ":3: ok_to_migrate: is no, but this job works on every row; remove the row, or write yes");
        assertThat(problems(
                        check("task_id,ok_to_migrate,target_project_id\nt,n,p\n", JobRules.STOP_DCS, LaunchOrder.NONE)))
                .hasSize(1);
        assertThat(problems(check("server_name,ok_to_migrate,task_name\na,n,x\n", JobRules.UPDATE, LaunchOrder.NONE)))
                .hasSize(1);
    }

    @Test
    void dependencyOnAForbiddenServerIsRefused() throws IOException {
        assertThat(problems("server_name,ok_to_migrate,depends_on\ndb,no,\napp,yes,DB.@synced\n"))
                .containsExactly(":3: depends_on: 'DB.@synced' is not migrated, since ok_to_migrate is no on line 2;"
                        + " remove the dependency, or permit the migration of that server");
        assertThat(problems("server_name,source_server_id,ok_to_migrate,depends_on\napp,s-1,,id:S-2\ndb,s-2,no,\n"))
                .singleElement()
                .asString()
                .startsWith(":2: depends_on: 'id:S-2' is not migrated, since ok_to_migrate is no on line 3");
        assertThat(problems("server_name,source_ip,ok_to_migrate,depends_on\n"
                        + "db,192.0.2.1,no,\ndb,192.0.2.2,,\napp,192.0.2.3,,db\n"))
                .as("another server of that name is migrated")
                .isEmpty();
        assertThat(problems("server_name,source_ip,ok_to_migrate,depends_on\n"
                        + "db,192.0.2.1,,\ndb,192.0.2.2,no,\napp,192.0.2.3,,db\n"))
                .isEmpty();
        assertThat(problems("server_name,ok_to_migrate,depends_on\ndb,no,\napp,no,db\n"))
                .as("a row that is skipped waits for nothing")
                .isEmpty();
    }

    @Test
    void emptyCellsBesideFilledOnesAreAWarning() throws IOException {
        var checked = check("server_name,ok_to_migrate\na,yes\nb,\nc,\n", JobRules.MIGRATE, LaunchOrder.NONE);

        assertThat(checked.warnings())
                .singleElement()
                .asString()
                .contains("ok_to_migrate: is empty in 2 rows, which counts as yes; write no to forbid a row");
        assertThat(check("server_name,ok_to_migrate\na,\nb,\n", JobRules.MIGRATE, LaunchOrder.NONE)
                        .warnings())
                .isEmpty();
    }

    @Test
    void newRulesOnlyWarnForTheFileOfAnUnfinishedRun() throws IOException {
        Path file = Files.writeString(
                directory.resolve("i.csv"), "server_name,target_server_name,ok_to_cutover\na,NULL,no\n");

        assertThat(InventoryFile.check(
                                file,
                                DEFAULTS,
                                JobRules.MIGRATE,
                                LaunchOrder.NONE,
                                directory,
                                ColumnMapping.NONE,
                                new AcceptedInventory(Set.of(), true, Set.of()))
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"45", "45.5", "0.25", "1000000", "1024.125"})
    void positiveDecimalIsASizeAndALinkSpeed(String cell) throws IOException {
        assertThat(problems("server_name,size_gb,Link (Mbps)\na," + cell + "," + cell + "\n"))
                .isEmpty();
        assertThat(row("size_gb", cell).sizeGb()).isEqualTo(new BigDecimal(cell));
        assertThat(row("link_mbit", cell).linkMbit()).isEqualTo(new BigDecimal(cell));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"45 GB", "\"1,024\"", "\"45,5\"", "0", "0.0", "-4", "1e3", "1000001", "1.024.000", "big", "45."})
    void anotherFormIsAProblem(String cell) throws IOException {
        String value = cell.replace("\"", "");

        assertThat(problems("server_name,size_gb\na," + cell + "\n"))
                .containsExactly(
                        ":2: size_gb: '" + value + "' is not a size in GB; write a number above 0 and up to 1000000"
                                + " such as 45 or 45.5, without unit, comma and blank");
        assertThat(problems("server_name,link_mbit\na," + cell + "\n"))
                .singleElement()
                .asString()
                .startsWith(":2: link_mbit: '" + value + "' is not a link speed in Mbit/s;");
        assertThat(row("size_gb", value).sizeGb()).isNull();
    }

    @Test
    void pointBetweenThousandsIsAProblem() throws IOException {
        assertThat(problems("server_name,size_gb\na,1.024\n"))
                .containsExactly(":2: size_gb: '1.024' may have a point between thousands; write 1024, or at most two"
                        + " digits after the point");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NULL", "nan", "None", "N/A", "#N/A", "TBD", "unknown", "n/a", "null", "nil", "-", "(none)"})
    void wordForAMissingValueIsNoNameAndNoId(String word) throws IOException {
        for (String column : List.of("wave_name", "target_server_name", "source_server_id", "target_region")) {
            assertThat(problems("server_name," + column + "\na," + word + "\n"))
                    .as(column)
                    .containsExactly(":2: " + column + ": '" + word
                            + "' stands for a missing value; write the value, or leave the cell empty");
        }
        assertThat(problems("server_name,app_name,change_ticket\na," + word + "," + word + "\n"))
                .as("columns that are only copied")
                .isEmpty();
        assertThat(problems("server_name,depends_on\nb,\na,b;" + word + "\n"))
                .singleElement()
                .asString()
                .startsWith(":3: depends_on: '" + word + "' stands for a missing value");
    }

    @Test
    void nameThatContainsSuchAWordIsAName() throws IOException {
        assertThat(problems("server_name,target_server_name\nunknown-1,null2\nnone.example,tbd_7\n"))
                .isEmpty();
        assertThat(problems("server_name,vm_template_id\na,none\n"))
                .singleElement()
                .asString()
                .contains("'none' stands for a missing value");
    }
}
