package dev.smsrunner.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.smsrunner.inventory.ColumnMapping;
import dev.smsrunner.inventory.InventoryRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading of the operator's list of servers. */
class ServerListTests {

    @TempDir
    private Path directory;

    private ServerList list(String text, ColumnMapping ofJob) throws IOException {
        return new ServerList(Files.writeString(directory.resolve("l.csv"), text), "Host", null, ofJob);
    }

    @Test
    void permissionsAreKeptForTheJobThatReadsTheInventory() throws IOException {
        var list = list("Host,ok_to_migrate,ok_to_cutover\na,no,no\nb,yes,no\n", ColumnMapping.NONE);

        var checked = list.check();

        assertThat(checked.problems()).isEmpty();
        assertThat(list.rows(checked))
                .extracting(InventoryRow::serverName, InventoryRow::isOkToMigrate, InventoryRow::isOkToCutover)
                .containsExactly(tuple("a", false, false), tuple("b", true, false));
    }

    @ParameterizedTest
    @CsvSource({"size_gb, abc", "'Size (GB)', '1,5 TB'", "Platform, VMware", "server_os_family, Solaris"})
    void malformedCellThatSmsReplacesIsAccepted(String column, String cell) throws IOException {
        assertThat(list("Host," + column + "\na,\"" + cell + "\"\n", ColumnMapping.NONE)
                        .check()
                        .problems())
                .isEmpty();
    }

    @Test
    void columnsThatAreNotTakenAreKnown() throws IOException {
        var ofJob = new ColumnMapping(Map.of("Cutover date", "ignore"));

        var checked = list("Host,Cutover date,Team,,wave_name,VM\na,x,y,,w1,v\n", ofJob)
                .check();

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.leftOut()).containsExactly("Cutover date", "Team", "VM");
    }

    @Test
    void missingNameNamesTheOptions() throws IOException {
        var list = new ServerList(
                Files.writeString(directory.resolve("l.csv"), "Guest,Rack\na,r\n"), null, null, ColumnMapping.NONE);

        assertThat(list.check().problems())
                .singleElement()
                .asString()
                .endsWith(
                        "missing column server_name or source_ip or source_server_id; name its column with --name or --ip");
    }

    @Test
    void columnsOfTheJobFileApplyAsFarAsTheListHasThem() throws IOException {
        var ofJob = new ColumnMapping(
                Map.of("Cutover date", "ignore", "Host name", "server_name", "Team", "app_name", "host", "ignore"));

        var checked = list("Host,Cutover date,Team\na,2026-11-30,shop\n", ofJob).check();

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.header()).containsExactly("server_name", "app_name");
        assertThat(list("Host,Cutover date\na,2026-11-30\n", ColumnMapping.NONE)
                        .check()
                        .problems())
                .singleElement()
                .asString()
                .contains("columns: {\"Cutover date\": ignore} in the job file");
        assertThat(list("Server,Team\na,shop\n", ofJob).check().problems())
                .singleElement()
                .asString()
                .contains("has no column 'Host'");
    }
}
