package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.JobRules;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            rvtools-export            | 2 | "VM" as server_name & "Primary IP Address" as source_ip
            servicenow-list           | 2 | "Name" as server_name & "IP Address" as source_ip
            azure-import              | 2 | "*Server name" as server_name & "IP addresses" as source_ip
            factory-intake            | 2 | "private_ip" as source_ip
            near-names                | 2 | "wave" as wave_name & "depends-on" as depends_on & "prio" as priority
            typed-headers             | 2 | "Server Name" as server_name & "Speed Limit (Mbit/s)" as speed_limit_mbit
            semicolons-utf-8          | 1 | Cells are separated by semicolons.
            tabs                      | 1 | Cells are separated by TABs.
            separator-line            | 1 | Cells are separated by semicolons.
            empty-trailing-columns    | 2 |
            rows-without-trailing-cells | 2 |
            blank-rows-of-commas      | 2 |
            direction-mark-before-id  | 1 |
            narrow-no-break-space     | 1 |
            dependency-trailing-dot   | 2 |
            dependency-decomposed     | 2 |
            dependency-no-break-space | 3 |
            twins                     | 3 |
            dates-for-names           | 2 |
            """)
    void harmlessFileIsAccepted(String file, int rows, @Nullable String notes) {
        InventoryCheckResult checked = check(file);

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.rows()).isEqualTo(rows);
        assertThat(split(notes))
                .allSatisfy(
                        note -> assertThat(String.join("\n", checked.notes())).contains(note));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            semicolons-windows-1252  | 2: row: is not UTF-8, it looks like Latin-1 or Windows-1252; save the file again
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
