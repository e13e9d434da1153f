package dev.smsrunner.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.job.migrate.preflight.Rows;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.support.FakeSms;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which source servers fit a row. */
class SourceIndexTests {

    private final SourceIndex sources = new SourceIndex();

    @BeforeEach
    void someServers() {
        var sms = new FakeSms();
        server(sms, "ID-1", "erp-db-01", "10.0.0.1");
        server(sms, "id-2", "ERP-DB-02.", "10.0.0.2");
        server(sms, "id-3", "twin", "10.0.0.3");
        server(sms, "id-4", "twin", "10.0.0.4");
        server(sms, "id-5", "v6", "2001:db8:0:0:0:0:0:7");
        server(sms, "id-6", "shared-a", "10.0.0.9");
        server(sms, "id-7", "shared-b", "10.0.0.9");
        server(sms, "id-8", "Z\u00fcrich-DB", "10.0.0.10");
        server(sms, "id-9", " padded\u00a0", "10.0.0.11");
        server(sms, "id-10", "istanbul", "10.0.0.12");
        sms.eachSourcePage(page -> page.sourceServers().forEach(sources::add));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            erp-db-01 |            |      | ID-1
            ERP-DB-01 |            |      | ID-1
            erp-db-02 |            |      | id-2
            erp-db-02.|            |      | id-2
            whatever  |            | id-1 | ID-1
            erp-db-01 |            | id-2 | id-2
            erp-db-01 |            | id-99 | -
            twin      |            |      | id-3 id-4
            twin      | 10.0.0.4   |      | id-4
            erp-db-01 | 10.0.0.2   |      | -
            shared-b  | 10.0.0.9   |      | id-7
            v6        | 2001:db8::7 |     | id-5
            v6        | 2001:DB8:0000::0007 | | id-5
            nobody    |            |      | -
            nobody    | 10.0.0.9   |      | -
            twin      | ::ffff:10.0.0.4 |  | id-4
            zu\u0308rich-db. |      |      | id-8
            PADDED    |            |      | id-9
            Istanbul  |            |      | id-10
            \u0131stanbul |         |      | -
            \u0130stanbul |         |      | -
            """)
    void matches(String name, String ip, String id, String expected) {
        var row = Rows.row(
                "server_name", name, "source_ip", ip == null ? "" : ip, "source_server_id", id == null ? "" : id);

        assertThat(sources.findMatching(row))
                .extracting(SourceServer::id)
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void similarSourcesAreFound() {
        var row = Rows.row("server_name", "erp-db-01", "source_ip", "10.0.0.2");

        assertThat(sources.findSimilar(row)).extracting(SourceServer::id).containsExactly("id-2", "ID-1");
    }

    @Test
    void sourceWithoutIdIsIgnored() {
        assertThat(sources.count()).isEqualTo(10);
    }

    private static void server(FakeSms sms, String id, String name, String ip) {
        var server = sms.server(id);
        server.name = name;
        server.ip = ip;
    }
}
