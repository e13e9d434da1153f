package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.JobRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Files as spreadsheets, scripts and other tools write them, each with the result of its check. */
class FieldCaseTests {

    private static final Path DIRECTORY = Path.of("src/test/resources/field-cases");

    private static final Map<String, String> DEFAULTS = Map.of(
            "migration_type", "MIGRATE_BLOCK",
            "target_region", "ap-southeast-3",
            "target_project_id", "p-1",
            "vm_template_id", "tpl-1");

    private static InventoryCheckResult check(String file) {
        return JobRules.check(DIRECTORY.resolve(file + ".csv"), DEFAULTS);
    }

    private static List<String> split(@Nullable String texts) {
        return texts == null ? List.of() : Arrays.stream(texts.split(" & ")).toList();
    }

    /** Known cells of each row, as the runner reads them. */
    private static List<String> rows(String file, String sha256) throws Exception {
        var reader = new InventoryReader(DIRECTORY.resolve(file + ".csv"), DEFAULTS, sha256);
        var rows = new ArrayList<String>();
        reader.open(new ExecutionContext());
        for (InventoryRow row = reader.read(); row != null; row = reader.read()) {
            rows.add(row.cells().entrySet().stream()
                    .filter(cell -> Column.of(cell.getKey()).isPresent()
                            && !cell.getValue().isEmpty())
                    .map(Map.Entry::getValue)
                    .collect(Collectors.joining(", ")));
        }
        reader.close();
        return rows;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            rvtools-export            | erp-db-1, 192.0.2.11 & erp-app-1, 192.0.2.12 \
            | "VM" as server_name & "Primary IP Address" as source_ip
            servicenow-list           | erp-db-1, 192.0.2.11 & erp-app-1, 192.0.2.12 \
            | "Name" as server_name & "IP Address" as source_ip
            azure-import              | erp-db-1, 192.0.2.11 & erp-app-1, 192.0.2.12 \
            | "*Server name" as server_name & "IP addresses" as source_ip
            factory-intake            | wave-1, erp, erp-db-1, linux, 192.0.2.11 & wave-2, erp, erp-app-1, windows, 192.0.2.12 \
            | "private_ip" as source_ip
            near-names                | erp-db-1, 192.0.2.11, 1, 80, 9 & erp-app-1, 192.0.2.12, 1, erp-db-1, 80, 1 \
            | "wave" as wave_name & "depends-on" as depends_on & "prio" as priority
            typed-headers             | erp-db-1, 192.0.2.11, LINUX, 1, 80 & erp-app-1, 192.0.2.12, WINDOWS, 1, erp-db-1, 80 \
            | "Server Name" as server_name & "Speed Limit (Mbit/s)" as speed_limit_mbit
            semicolons-utf-8          | erp-db-1, 192.0.2.11, Geh\u00e4lter     | Cells are separated by semicolons.
            tabs                      | erp-db-1, 192.0.2.11, payroll, group | Cells are separated by TABs.
            separator-line            | erp-db-1, 192.0.2.11                 | Cells are separated by semicolons.
            empty-trailing-columns    | erp-db-1, 192.0.2.11 & erp-app-1, 192.0.2.12                  |
            rows-without-trailing-cells | erp-db-1, 192.0.2.11, ops@lab.example & erp-app-1, 192.0.2.12 |
            blank-rows-of-commas      | erp-db-1, 192.0.2.11, erp & erp-app-1, 192.0.2.12, erp        |
            direction-mark-before-id  | erp-db-1, 0d9a11d2-5e0b-4c0a-9d15-aa10f0c3b001               |
            narrow-no-break-space     | erp-db-1, 192.0.2.11                                         |
            dependency-trailing-dot   | erp-db-1, 192.0.2.11 & erp-app-1, 192.0.2.12, ERP-DB-1.       |
            dependency-decomposed     | z\u00fcrich-db, 192.0.2.11 & erp-app-1, 192.0.2.12, zu\u0308rich-db |
            dependency-no-break-space | erp-db-1, 192.0.2.11 & erp-db-2, 192.0.2.13 \
            & erp-app-1, 192.0.2.12, erp-db-1;\u00a0 erp-db-2 |
            twins                     | erp-db-1, 192.0.2.11 & erp-db-1, 203.0.113.11 & erp-app-1, 192.0.2.12, erp-db-1 |
            dates-for-names           | 01-Mar, 192.0.2.11 & 42, 192.0.2.12                          |
            """)
    void harmlessFileIsAcceptedWithItsValues(String file, String rows, @Nullable String notes) throws Exception {
        InventoryCheckResult checked = check(file);

        assertThat(checked.problems()).isEmpty();
        assertThat(rows(file, checked.sha256())).isEqualTo(split(rows)).hasSize(checked.rows());
        assertThat(split(notes))
                .allSatisfy(
                        note -> assertThat(String.join("\n", checked.notes())).contains(note));
    }

    @ParameterizedTest
    @CsvSource({
        "dependency-trailing-dot, erp-db-1",
        "dependency-decomposed, z\u00fcrich-db",
        "dependency-no-break-space, erp-db-1 erp-db-2",
        "twins, erp-db-1",
        "near-names, erp-db-1"
    })
    void dependencyMeansTheServerOfTheFile(String file, String servers) throws Exception {
        var reader = new InventoryReader(
                DIRECTORY.resolve(file + ".csv"), DEFAULTS, check(file).sha256());
        var dependencies = new ArrayList<String>();
        reader.open(new ExecutionContext());
        for (InventoryRow row = reader.read(); row != null; row = reader.read()) {
            row.dependsOn().forEach(each -> dependencies.add(ServerName.key(each)));
        }
        reader.close();

        assertThat(dependencies).containsExactly(servers.split(" "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            semicolons-windows-1252  | 2: row: is not UTF-8 at byte 24 (0xe4), it looks like Latin-1 or Windows-1252; save the file again
            powershell-type-line     | 1: header: is a type line of PowerShell, not the header; remove the line
            title-above-header       | 1: header: is a title, since the header is on line 2; remove the lines above line 2
            names-missing            | 2: server_name: 'NULL' stands for a missing value & 2: target_server_name: 'nan' stands \
            & 3: server_name: 'nan' stands & 3: target_server_name: 'None' stands & 4: server_name: 'TBD' stands \
            & 4: target_server_name: '#N/A' stands & 5: server_name: 'unknown' stands & 5: target_server_name: '-' stands
            dependency-none          | 2: depends_on: 'None' stands for a missing value; write the value, or leave the cell empty \
            & 3: depends_on: 'n/a' stands for a missing value
            hyphen-look-alike        | 2: server_name: 'erp\u2011db\u20111' contains '\u2011' (U+2011 NON-BREAKING HYPHEN); use letters
            soft-hyphen              | 2: server_name: 'erp\\u00addb-1' contains '\\u00ad' (U+00AD SOFT HYPHEN)
            direction-mark-in-id     | 2: source_server_id: '0d9a\\u200f11d2' is not an id, since it contains '\\u200f' (U+200F \
            RIGHT-TO-LEFT MARK); copy it
            target-address-twice     | 3: migration_ip: '198.51.100.7' is already on line 2; write the address of this target
            target-address-of-source | 2: migration_ip: '192.0.2.11' is the source_ip of the same row on line 2 \
            & 3: migration_ip: '192.0.2.11' is already on line 2 & 3: migration_ip: '192.0.2.11' is the source_ip on line 2
            decimal-comma            | 2: speed_limit_mbit: '200,0' is not a whole number from 0 to 1000; write digits only
            floats                   | 2: speed_limit_mbit: '200.0' is not a whole number & 2: priority: '1.0' is not a whole number
            german-booleans          | 2: use_public_ip: 'FALSCH' is neither true nor false & 3: use_public_ip: 'WAHR' is neither
            octal-address            | 2: source_ip: '010.020.000.024' is not an IP address; write one IPv4 address
            several-addresses        | 2: source_ip: '192.0.2.11, 192.0.2.12' is not an IP address
            address-with-zone        | 2: source_ip: 'fe80::1%eth0' is not an IP address
            """)
    void problemIsNamedWithItsCause(String file, String problems) {
        String prefix = DIRECTORY.resolve(file + ".csv") + ":";

        assertThat(check(file).problems())
                .hasSameSizeAs(split(problems))
                .zipSatisfy(
                        split(problems),
                        (problem, expected) -> assertThat(problem.toString()).startsWith(prefix + expected));
    }
}
