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
