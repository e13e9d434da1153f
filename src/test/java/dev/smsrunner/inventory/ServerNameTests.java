package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which spellings of a name mean one server, and which do not. */
class ServerNameTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "db-01|DB-01",
                "db-01|Db-01",
                "db-01|db-01.",
                "db-01|DB-01..",
                "db-01| db-01\t",
                "db-01|db-01 .",
                "db-01.corp.example|DB-01.Corp.Example.",
                "db-01|\u00a0db-01",
                "db-01|db-01\u202f",
                "db-01|db-01\u2007",
                "db-01|\u3000db-01",
                "db-01|\u2003db-01\u2028",
                "db-01|\ufeffdb-01",
                "db-01|db-01\u200b",
                "db-01|db-01\u200d\u2060",
                "db-01|\u200edb-01\u202c",
                "db-01|db-01\u00ad",
                "db-01|db-01\u0085",
                "db-01|db-01.\u00a0",
                "z\u00fcrich-db|zu\u0308rich-db",
                "z\u00fcrich-db|ZU\u0308RICH-DB.",
                "\u00c5-1|A\u030a-1",
                "\u00c5-1|\u212b-1",
                "k-1|\u212a-1",
                "\u03c9-1|\u2126-1",
                "\u0130-1|I\u0307-1",
                "\u0130-1|i\u0307-1",
                "\u03b4\u03b9\u03c3|\u0394\u0399\u03a3",
                "\u03b4\u03b9\u03c2-1|\u03b4\u03b9\u03c3-1",
                "stra\u00dfe|STRA\u1e9eE",
                "\uff44\uff42-1|\uff24\uff22-1",
                "\uac00-1|\u1100\u1161-1"
            })
    void oneServer(String name, String spelling) {
        assertThat(ServerName.key(spelling)).isEqualTo(ServerName.key(name));
    }

    @ParameterizedTest
    @CsvSource({
        "db-1, db-01",
        "db-01, db_01",
        "db-01, db-01.corp",
        "db 01, db  01",
        "zurich, z\u00fcrich",
        "zuerich, z\u00fcrich",
        "istanbul, \u0131stanbul",
        "ISTANBUL, \u0131stanbul",
        "istanbul, \u0130stanbul",
        "ISTANBUL, \u0130STANBUL",
        "\u0131stanbul, \u0130stanbul",
        "strasse, stra\u00dfe",
        "STRASSE, stra\u00dfe",
        "db-1, \uff44\uff42-1",
        "s-1, \u017f-1",
        "file, \ufb01le",
        "a, \u0430",
        "db-01, db\u201101"
    })
    void twoServers(String one, String other) {
        assertThat(ServerName.key(one)).isNotEqualTo(ServerName.key(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", " . .", "\ufeff"})
    void ignoredCharactersGiveEmptyKey(String name) {
        assertThat(ServerName.key(name)).isEmpty();
    }

    @Test
    void keyIsIdempotent() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                continue;
            }
            var letter = Character.toString(c);
            for (var name : List.of(letter, "a" + letter, letter + ".b")) {
                var key = ServerName.key(name);
                assertThat(ServerName.key(key)).as("U+%04X", c).isEqualTo(key);
            }
        }
    }

    @Test
    void keyIsIndependentOfLocale() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(ServerName.key("ISTANBUL-01")).isEqualTo("istanbul-01");
            Locale.setDefault(Locale.forLanguageTag("lt"));
            assertThat(ServerName.key("\u00cc-01")).isEqualTo("\u00ec-01");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void longNameIsReadInOnePass() {
        assertThat(ServerName.key(" DB-01" + ". ".repeat(1_000_000))).isEqualTo("db-01");
    }
}
