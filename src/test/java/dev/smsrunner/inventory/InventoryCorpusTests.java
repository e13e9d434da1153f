package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.JobRules;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Good and hostile files, each with its exact verdict: how many rows, and every problem by line and column. */
class InventoryCorpusTests {

    private static final Map<String, String> DEFAULTS = Map.of(
            "migration_type", "MIGRATE_FILE",
            "target_region", "ap-southeast-3",
            "target_project_id", "p-1",
            "vm_template_id", "tpl-1");

    private static final String BOM = "\ufeff";

    @TempDir
    private Path directory;

    /** One file: its bytes, its rows, and the beginnings of its problems without the file name. */
    private record Sample(String name, byte[] bytes, int rows, List<String> problems) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Sample good(String name, String text, int rows) {
        return bad(name, text, rows);
    }

    private static Sample bad(String name, String text, int rows, String... problems) {
        return new Sample(name, text.getBytes(StandardCharsets.UTF_8), rows, List.of(problems));
    }

    private static Sample bytes(String name, String text, String charset, int rows, String... problems) {
        return new Sample(name, text.getBytes(Charset.forName(charset)), rows, List.of(problems));
    }

    static Stream<Sample> wholeFiles() {
        return Stream.of(
                good("plain", "server_name\na\nb\n", 2),
                good("byte order mark", BOM + "server_name\na\n", 1),
                good("CRLF", "server_name,source_ip\r\na,10.0.0.1\r\nb,\r\n", 2),
                good("CR only", "server_name\ra\rb\r", 2),
                good("mixed line ends", "server_name\na\r\nb\rc", 3),
                good("no final newline", "server_name\na", 1),
                good("blank lines", "\n\nserver_name\n\n  \na\n\n\n", 1),
                good("rows of commas only", "server_name,app_name\na,x\n,\n , \n", 1),
                good("trailing Ctrl-Z", "server_name\na\n\u001a", 1),
                good("trailing Ctrl-Z on the last row", "server_name\na\u001a", 1),
                good("any order, any case, blanks", " APP_NAME , Source_IP ,Server_Name\nx,10.0.0.1,a\n", 1),
                good("quoted header and cells", "\"server_name\",\"app_name\"\n\"a\",\"x, y\"\n", 1),
                good("doubled quotes", "server_name,note\na,\"he said \"\"no\"\"\"\n", 1),
                good("quotes only", "server_name,note\na,\"\"\"\"\"\"\n", 1),
                good("cell over several lines", "server_name,note\na,\"one\ntwo\r\nthree\"\nb,\n", 2),
                good("backslash", "server_name,note\na,C:\\data\\\n", 1),
                good("Chinese names", "server_name,app_name\n\u4e3b\u673a-\u4e00,\u4eba\u4e8b\u7cfb\u7edf\n", 1),
                good("tab in an unknown column", "server_name,note\na,x\ty\n", 1),
                good("formula in an unknown column", "server_name,note\na,=cmd|'/c calc'!A1\n", 1),
                good("hundred lines in one cell", "server_name,note\na,\"" + "x\n".repeat(99) + "\"\n", 1),
                good("cell of 64 KB", "server_name,note\na," + "x".repeat(65_536) + "\n", 1),
                good("64 columns", "server_name" + columns(63) + "\na" + ",".repeat(63) + "\n", 1),
                bad("empty", "", 0, " is empty; write a header line"),
                bad("byte order mark only", BOM, 0, " is empty"),
                bad("blank lines only", "\n\r\n\n", 0, " is empty"),
                bad("Ctrl-Z only", "\u001a", 0, " is empty"),
                bad("header only", "server_name\n", 0, " has a header but no rows; write one line for each server"),
                bad("header and blank lines", "server_name\n\n\n", 0, " has a header but no rows"),
                bytes("UTF-16 with mark", "server_name\na\n", "UTF-16", 0, "1: is UTF-16 text; save it again"),
                bytes("UTF-16LE without mark", "server_name\na\n", "UTF-16LE", 0, "1: looks like UTF-16 text"),
                bytes("UTF-16BE without mark", "server_name\na\n", "UTF-16BE", 0, "1: looks like UTF-16 text"),
                bytes(
                        "Latin-1",
                        "server_name,app_name\na,x\nb,Caf\u00e9\nc,y\n",
                        "ISO-8859-1",
                        3,
                        "3: row: is not UTF-8 at byte 6 (0xe9), it looks like Latin-1 or Windows-1252; save the file again"),
                bytes(
                        "GBK",
                        "server_name,app_name\na,\u4eba\u4e8b\n",
                        "GBK",
                        1,
                        "2: row: is not UTF-8 at byte 3 (0xc8), it looks like GBK (GB18030); save the file again"),
                bytes(
                        "Latin-1 in many rows",
                        "server_name,app_name\na,x\nb,Caf\u00e9\nc,\u00fc\nd,10\n?,y\ne,\u00e4\n",
                        "ISO-8859-1",
                        6,
                        "3: row: is not UTF-8 at byte 6 (0xe9), it looks like Latin-1 or Windows-1252; 2 more rows below have"
                                + " the same problem; save the file again as \"CSV UTF-8\"",
                        "6: server_name: '?' stands for a missing value"),
                bytes(
                        "Windows-1252 in cells of several lines",
                        "server_name,app_name,note\na,x,\"one\n\u00fc two\nthree\"\nb,Caf\u00e9,\"four\nfive\"\nc,x,y\n",
                        "windows-1252",
                        3,
                        "3: row: is not UTF-8 at byte 1 (0xfc), it looks like Latin-1 or Windows-1252; 1 more row below has"
                                + " the same problem"),
                bytes(
                        "truncated UTF-8",
                        "server_name,app_name\na,x\u00c3\n",
                        "ISO-8859-1",
                        1,
                        "2: row: is not UTF-8 at byte 4 (0xc3)"),
                bytes("Latin-1 header", "server_name,caf\u00e9\na,x\n", "ISO-8859-1", 0, "1: header: is not UTF-8"),
                new Sample(
                        "overlong UTF-8",
                        new byte[] {
                            's', 'e', 'r', 'v', 'e', 'r', '_', 'n', 'a', 'm', 'e', '\n', (byte) 0xc0, (byte) 0xaf
                        },
                        1,
                        List.of("2: row: is not UTF-8")),
                bad("spreadsheet", "PK\u0003\u0004abc", 0, "1: is a spreadsheet, not CSV; open it"),
                bad("NUL", "server_name\na\u0000b\nc\n", 2, "2: row: contains a NUL character at byte 2; remove it"),
                bad("escape", "server_name,note\na,\u001b[31m\n", 1, "2: row: contains a control character (\\u001b)"),
                bad("delete", "server_name\na\u007f\n", 1, "2: row: contains a control character (\\u007f)"),
                bad("C1 control", "server_name,note\na,\u0085\n", 1, "2: row: contains a control character;"),
                bad(
                        "Ctrl-Z in the middle",
                        "server_name\na\u001a\nb\n",
                        2,
                        "2: row: contains a control character (\\u001a)"));
    }

    static Stream<Sample> quotesAndSizes() {
        return Stream.of(
                bad(
                        "unclosed quote",
                        "server_name,note\na,\"x\nb,y\nc,z\n",
                        3,
                        "2: row: has a quote that is not closed within 100 lines and 256 KB; close the quoted cell"),
                bad(
                        "unclosed quote in a long file",
                        "server_name,note\na,\"x\n" + "b,\n".repeat(200),
                        201,
                        concat("2: row: has a quote that is not closed", duplicates(199))),
                bad(
                        "unclosed quote met by the next one",
                        "server_name,note\na,\"x\nb,\"y\"\n",
                        2,
                        "2: row: cell 2, opened on line 2 and closed on line 3, continues after its closing quote"),
                bad(
                        "quote in mid-field",
                        "server_name,note\na,5\" disk\nb,\n",
                        2,
                        "2: row: cell 2 has a quote in the middle; put the whole cell in quotes"),
                bad(
                        "text after a closing quote",
                        "server_name,note\na,\"x\"y\n",
                        1,
                        "2: row: cell 2 continues after its closing quote; close each quoted cell before the comma"),
                bad(
                        "blank before a quote",
                        "server_name,note\na, \"x\"\n",
                        1,
                        "2: row: cell 2 has a quote in the middle"),
                bad(
                        "quote in the header",
                        "server_name,no\"te\na,x\n",
                        0,
                        "1: header: cell 2 has a quote in the middle"),
                bad("unclosed header", "\"server_name\na\n", 0, "1: header: has a quote that is not closed"),
                bad(
                        "cell over 64 KB",
                        "server_name,note\na," + "x".repeat(65_537) + "\n",
                        1,
                        "2: row: cell 2 is longer than 64 KB"),
                bad(
                        "quoted cell over 64 KB",
                        "server_name,note\na,\"" + "x".repeat(65_537) + "\"\n",
                        1,
                        "2: row: cell 2 is longer than 64 KB"),
                bad(
                        "cell over 64 KB on several lines",
                        "server_name,note\na,\"" + ("x".repeat(999) + "\n").repeat(66) + "\"\n",
                        1,
                        "2: row: cell 2 is longer than 64 KB"),
                good(
                        "cell of 64 KB with quotes on several lines",
                        "server_name,note\na,\"" + "\"\"\"\"\n".repeat(99) + "x".repeat(65_239) + "\"\n",
                        1),
                bad(
                        "second quoted cell of a line over several lines",
                        "server_name,app_name,note\na,\"x\ny\",\"z\"z\nb,,\n",
                        2,
                        "2: row: cell 3, opened on line 3 and closed on line 3, continues after its closing quote"),
                bad(
                        "65 columns over several lines",
                        "server_name,note\na,\"x\ny\"" + ",".repeat(63) + "\nb,\n",
                        2,
                        "2: row: has 65 cells where the header has 2"),
                bad(
                        "cell of 10 MB",
                        "server_name,note\na," + "x".repeat(10_000_000) + "\nb,\n",
                        2,
                        "2: row: is longer than 256 KB"),
                bad(
                        "row over 256 KB",
                        "server_name,a,b,c,d,e\nx" + ("," + "y".repeat(60_000)).repeat(5) + "\n",
                        1,
                        "2: row: is longer than 256 KB"),
                bad(
                        "row over 256 KB on several lines",
                        "server_name,a,b,c,d,e\nx" + (",\"" + "y".repeat(60_000) + "\n\"").repeat(5)
                                + "\nz,,,,,\n=,,,,,\n",
                        3,
                        "2: row: has a quote that is not closed within 100 lines and 256 KB",
                        "9: server_name: '=' does not start"),
                bad(
                        "record over 100 lines",
                        "server_name,note\na,\"" + "\n".repeat(100) + "\"\n",
                        1,
                        "2: row: has a quote that is not closed within 100 lines"),
                bad(
                        "65 columns",
                        "server_name" + columns(64) + "\na\n",
                        0,
                        "1: header: has 65 columns, more than 64; keep the columns that are needed, or leave the unknown ones"
                                + " out with columns: {\"*\": ignore} in the job file"),
                bad(
                        "513 columns",
                        "server_name" + columns(512) + "\na\n",
                        0,
                        "1: header: has 513 cells, more than 512"),
                bad(
                        "5,000 columns",
                        "server_name" + columns(4_999) + "\na\n",
                        0,
                        "1: header: has 5000 cells, more than 512"),
                bad(
                        "5,000 quoted columns",
                        "server_name" + ",\"a\"".repeat(4_999) + "\na\n",
                        0,
                        "1: header: has more than 512 cells"),
                bad(
                        "short row",
                        "server_name,app_name,priority\na,x\nb,,\n",
                        2,
                        "2: row: has 2 cells where the header has 3; add the missing commas; a spreadsheet leaves out"),
                bad("one cell", "server_name,source_ip\na\n", 1, "2: row: has 1 cell where the header has 2"),
                bad(
                        "short row whose last read cell is empty",
                        "server_name,speed_limit_mbit,priority,note\na,,5,x\nb,5,\n",
                        2,
                        "3: row: has 3 cells where the header has 4"),
                bad(
                        "short row at the end of a file without a line end",
                        "server_name,source_ip,note\na,10.0.0.1\nb,10.0.0.2",
                        2,
                        "3: row: has 2 cells where the header has 3; check whether the file is cut off here"),
                good("short rows without cells that are only copied", "server_name,app_name,note\na,x\nb\nc,,\n", 3),
                good("short rows without cells below no name", "server_name,app_name,,\na,x\nb,x,\n", 2),
                bad(
                        "long row",
                        "server_name,note\na,x,y\n",
                        1,
                        "2: row: has 3 cells where the header has 2; remove the surplus commas"),
                bad("long by a comma", "server_name,note\na,x,\n", 1, "2: row: has 3 cells where the header has 2"));
    }

    static Stream<Sample> headers() {
        return Stream.of(
                good("semicolons", "server_name;source_ip\na;10.0.0.1\n", 1),
                good("semicolons with quotes", "\"server_name\";depends_on\na;\nb;\n\"c\";\"a;b\"\n", 3),
                good("tabs", "server_name\tsource_ip\na\t10.0.0.1\n", 1),
                good("tabs, and semicolons in a name", "server_name\tsource_ip\tnote;1\na\t10.0.0.1\tx;y\n", 1),
                good("semicolons from another tool", "VM;Primary IP Address\na;10.0.0.1\n", 1),
                bad(
                        "comma in a cell of a file with semicolons",
                        "server_name;speed_limit_mbit\na;1,5\n",
                        1,
                        "2: speed_limit_mbit: '1,5' is not a whole number"),
                bad(
                        "too many semicolons",
                        "server_name;source_ip\na;10.0.0.1;\n",
                        1,
                        "2: row: has 3 cells where the header has 2; remove the surplus semicolons, or put a cell with a"
                                + " semicolon in quotes"),
                bad(
                        "too few tabs",
                        "server_name\tsource_ip\na\n",
                        1,
                        "2: row: has 1 cell where the header has 2; add the missing TABs"),
                bad("bars", "server_name|source_ip\na|10.0.0.1\n", 0, "1: header: is separated by '|', not by commas"),
                bad(
                        "semicolons and one comma",
                        "server_name;source_ip;Tags, all\na;10.0.0.1;x\n",
                        0,
                        "1: header: is separated by ';', not by commas"),
                good("separator line with semicolon", "sep=;\nserver_name;source_ip\na;10.0.0.1\n", 1),
                good("separator line with comma", "sep=,\r\nserver_name,source_ip\r\na,10.0.0.1\r\n", 1),
                good("separator line with TAB", "SEP=\t\nserver_name\tsource_ip\na\t10.0.0.1\n", 1),
                good("separator line and commas in names", "\nsep=;\nserver_name;\"a, b\"\na;x\n", 1),
                bad(
                        "separator line with a bar",
                        "sep=|\nserver_name|source_ip\n",
                        0,
                        "1: header: declares a separator other than comma, semicolon and TAB; save the file"),
                bad("separator line only", "sep=;\n", 0, " is empty"),
                bad(
                        "wrong separator line",
                        "sep=;\nserver_name,source_ip\na,10.0.0.1\n",
                        1,
                        "2: header: missing column server_name"),
                bad(
                        "type line of PowerShell",
                        "#TYPE System.Data.DataRow\r\n\"server_name\",\"source_ip\"\r\n\"a\",\"10.0.0.1\"\r\n",
                        0,
                        "1: header: is a type line of PowerShell, not the header; remove the line, or export with"),
                bad(
                        "title with empty cells",
                        "Wave 3 - as of Monday,,\nserver_name,source_ip,note\na,10.0.0.1,\n",
                        0,
                        "1: header: is a title, since the header is on line 2; remove the lines above line 2"),
                bad(
                        "title, date and blank line",
                        "Servers of the second wave\n12.11.2026\n\nserver_name,source_ip\na,10.0.0.1\n",
                        0,
                        "1: header: is a title, since the header is on line 4"),
                bad(
                        "title above semicolons",
                        "Wave\nVM;Primary IP Address;Wave\na;10.0.0.1;1\n",
                        0,
                        "1: header: is a title, since the header is on line 2"),
                bad(
                        "duplicate column",
                        "server_name,note,Server_Name\na,x,a\n",
                        0,
                        "1: server_name: occurs twice, as columns 1 and 3; keep one of the two columns"),
                bad(
                        "duplicate unknown column",
                        "server_name,Note,note\na,x,y\n",
                        0,
                        "1: note: occurs twice, as columns 2 and 3"),
                bad(
                        "column without a name",
                        "server_name,,note\na,,y\nb,x,y\nc,z,y\n",
                        3,
                        "3: column 2: has 'x', but the header has no name for this column; name the column in the header"),
                bad(
                        "two columns without a name",
                        "server_name,,\na,x,y\n",
                        1,
                        "2: column 2: has 'x'",
                        "2: column 3: has 'y'"),
                good("empty columns without a name", "server_name,,note,,\na,,x,,\nb, ,y,\u00a0,\n", 2),
                good("trailing comma in the header", "server_name,note,\na,x,\n", 1),
                bad("no server_name", "title\na\n", 1, "1: header: missing column server_name; add it"),
                bad(
                        "no header",
                        "web-1,10.0.0.1\nweb-2,10.0.0.2\n",
                        1,
                        "1: header: missing column server_name; add it"),
                bad(
                        "password",
                        "server_name,Password\na,geheim\n",
                        1,
                        "1: Password: looks like a secret; remove the column"),
                bad("secret key", "server_name,sk\na,geheim\n", 1, "1: sk: looks like a secret"),
                bad("camel case", "server_name,accessKeyId\na,geheim\n", 1, "1: accessKeyId: looks like a secret"),
                bad("token", "server_name,x-auth-token\na,geheim\n", 1, "1: x-auth-token: looks like a secret"),
                bad(
                        "Chinese password",
                        "server_name,\u5bc6\u7801\na,geheim\n",
                        1,
                        "1: \u5bc6\u7801: looks like a secret"),
                bad(
                        "long name of a column",
                        "server_name," + "n".repeat(300) + "\na,x\n",
                        1,
                        "1: header: column 2 has a bad name"),
                bad(
                        "mark in the name of a column",
                        "server_name,a\u202eb\na,x\n",
                        1,
                        "1: header: column 2 has a bad name"),
                good(
                        "names that are no secrets",
                        "server_name,secretary,task,disk,monkey,passenger,keyboard\na,,,,,,\n",
                        1));
    }

    static Stream<Sample> cells() {
        return Stream.of(
                one(
                        "server_name",
                        "=cmd|' /C calc'!A0",
                        "2: server_name: '=cmd|' /C calc'!A0' does not start with a letter or digit"),
                one("server_name", "+1", "2: server_name: '+1' does not start"),
                one("server_name", "-1", "2: server_name: '-1' does not start"),
                one("server_name", "@SUM(A1)", "2: server_name: '@SUM(A1)' does not start"),
                one("server_name", "../../etc", "2: server_name: '../../etc' does not start"),
                one("server_name", "a/b", "2: server_name: 'a/b' contains '/'"),
                one("server_name", "<script>", "2: server_name: '<script>' does not start"),
                one("server_name", "a'; drop", "2: server_name: 'a'; drop' contains '''"),
                one("server_name", "${jndi:x}", "2: server_name: '${jndi:x}' does not start"),
                one("server_name", "a\u202egnp.exe", "2: server_name: 'a\\u202egnp.exe' contains '\\u202e'"),
                one("server_name", "a\tb", "2: server_name: 'a\\u0009b' contains '\\u0009'"),
                one("server_name", "\"a\nb\"", "2: server_name: 'a\\u000ab' contains '\\u000a'"),
                one("server_name", "a".repeat(256), "2: server_name: has 256 characters"),
                one("server_name", "", "2: server_name: is empty; fill the cell"),
                one("server_name", "\u00a0\u3000 ", "2: server_name: is empty"),
                cell("source_ip", "10.0.0.300", "2: source_ip: '10.0.0.300' is not an IP address; write one IPv4"),
                cell("source_ip", "10.0.0", "2: source_ip: '10.0.0' is not an IP address"),
                cell(
                        "source_ip",
                        "10.0.0.1/24",
                        "2: source_ip: '10.0.0.1/24' is not an IP address; write one address without a prefix length"),
                cell("source_ip", "10.0.0.01", "2: source_ip: '10.0.0.01' is not an IP address"),
                cell("source_ip", "10.0.0.1:22", "2: source_ip: '10.0.0.1:22' is not an IP address"),
                cell("source_ip", "web.example.com", "2: source_ip: 'web.example.com' is not an IP address"),
                cell("source_ip", "2001:db8:::1", "2: source_ip: '2001:db8:::1' is not an IP address"),
                cell("source_ip", "fe80::1%eth0", "2: source_ip: 'fe80::1%eth0' is not an IP address"),
                cell("source_server_id", "../x", "2: source_server_id: '../x' is not an id"),
                cell("source_server_id", "a b", "2: source_server_id: 'a b' is not an id"),
                cell("source_server_id", "a?b=c", "2: source_server_id: 'a?b=c' is not an id"),
                cell("source_server_id", "a".repeat(256), "2: source_server_id: has 256 characters"),
                cell(
                        "source_server_id",
                        "1.23E+11",
                        "2: source_server_id: '1.23E+11' is a number, into which a spreadsheet turned the text; format the column"
                                + " as text in the spreadsheet, then enter the value again"),
                cell("target_project_id", "\"2,15E+09\"", "2: target_project_id: '2,15E+09' is a number, into which"),
                cell("vm_template_id", "7e+5", "2: vm_template_id: '7e+5' is a number, into which a spreadsheet"),
                cell("target_server_name", "1E+05", "2: target_server_name: '1E+05' is a number, into which"),
                cell("wave_name", "2.02611E+11", "2: wave_name: '2.02611E+11' is a number, into which"),
                cell("depends_on", "id:x;1.2E+11", "2: depends_on: '1.2E+11' is a number, into which"),
                cell("depends_on", "id:1.2E+11", "2: depends_on: '1.2E+11' is a number, into which"),
                cell("target_region", "cn north", "2: target_region: 'cn north' is not an id"),
                cell(
                        "server_os_family",
                        "SOLARIS",
                        "2: server_os_family: 'SOLARIS' is not known; write one of LINUX, WINDOWS"),
                cell("server_os_family", "LINUXX", "2: server_os_family: 'LINUXX' is not known; did you mean LINUX?"),
                cell(
                        "migration_type",
                        "BLOCK",
                        "2: migration_type: 'BLOCK' is not known; write one of MIGRATE_FILE, MIGRATE_BLOCK"),
                cell(
                        "server_os_family",
                        "Microsoft Windows Server 2016 (64-bit)",
                        "2: migration_type: MIGRATE_FILE is not possible for WINDOWS; write MIGRATE_BLOCK"),
                cell(
                        "server_os_family",
                        "windows",
                        "2: migration_type: MIGRATE_FILE is not possible for WINDOWS; write MIGRATE_BLOCK"),
                cell("use_public_ip", "maybe", "2: use_public_ip: 'maybe' is neither true nor false"),
                cell("speed_limit_mbit", "1001", "2: speed_limit_mbit: '1001' is not a whole number from 0 to 1000"),
                cell("speed_limit_mbit", "1.5", "2: speed_limit_mbit: '1.5' is not a whole number"),
                cell("speed_limit_mbit", "\u0661", "2: speed_limit_mbit: '\u0661' is not a whole number"),
                cell(
                        "speed_limit_rules",
                        "08:00-25:00=1",
                        "2: speed_limit_rules: '08:00-25:00=1' is not a speed limit by time of day; write HH:MM-HH:MM"),
                cell(
                        "speed_limit_rules",
                        "24:00-08:00=1",
                        "2: speed_limit_rules: '24:00-08:00=1' is not a speed limit"),
                cell(
                        "speed_limit_rules",
                        "08:00-18:00=1001",
                        "2: speed_limit_rules: '08:00-18:00=1001' is not a speed"),
                cell(
                        "speed_limit_rules",
                        "08:00-18:00=50;17:59-20:00=10",
                        "2: speed_limit_rules: has two speed limits for one time of day: 08:00-18:00 and 17:59-20:00; write ranges that do not overlap"),
                cell(
                        "speed_limit_rules",
                        "20:00-6:00=50;5:00-7:00=10",
                        "2: speed_limit_rules: has two speed limits for one time of day: 20:00-06:00 and 05:00-07:00"),
                cell(
                        "speed_limit_rules",
                        "8:00-18:00=50;08:00-18:00=0",
                        "2: speed_limit_rules: has two speed limits for one time of day: 08:00-18:00 and 08:00-18:00"),
                cell(
                        "speed_limit_rules",
                        "8:00-08:00=50",
                        "2: speed_limit_rules: '08:00-08:00' is a range without time; write an end after the start, or 00:00-24:00"),
                cell(
                        "speed_limit_rules",
                        ";",
                        "2: speed_limit_rules: ';' has no speed limit between its separators; write limits such as 08:00-18:00=50, or none"),
                cell("speed_limit_rules", " ; ;", "2: speed_limit_rules: '; ;' has no speed limit between"),
                cell("speed_limit_rules", "0:00-1:00=1;none", "2: speed_limit_rules: 'none' is not a speed limit"),
                cell(
                        "speed_limit_rules",
                        "0:00-1:00=1;1:00-2:00=1;2:00-3:00=1;3:00-4:00=1;4:00-5:00=1;5:00-6:00=1",
                        "2: speed_limit_rules: has 6 speed limits by time of day; write at most 5"),
                cell(
                        "speed_limit_rules",
                        "8:00-9:00=5@101",
                        "2: speed_limit_rules: the threshold of '8:00-9:00=5@101' is not a percentage from 10 to 100"),
                cell("over_speed_threshold", "9", "2: over_speed_threshold: '9' is not a whole number from 10 to 100"),
                cell("priority", "65536", "2: priority: '65536' is not a whole number from 0 to 65535"),
                cell("priority", "-1", "2: priority: '-1' is not a whole number"),
                cell("owner_email", "nobody", "2: owner_email: 'nobody' is not an e-mail address"),
                cell("owner_email", "a@b@c", "2: owner_email: 'a@b@c' is not an e-mail address"),
                cell("owner_email", "=a@b.c", "2: owner_email: '=a@b.c' is not an e-mail address"),
                cell("tags", "Env", "2: tags: tag 'Env' is not K=V; write tags as Key=Value;Key=Value"),
                cell("tags", "=x", "2: tags: tag '=x' is not K=V"),
                cell("tags", "A=1;A=2", "2: tags: tag 'A' occurs twice"),
                cell("tags", "A=" + "x".repeat(300), "2: tags: tag 'A=xxx"),
                cell(
                        "depends_on",
                        "b",
                        "2: depends_on: 'b' is not a server_name of this file; correct the name, or add the server"),
                cell(
                        "depends_on",
                        "a;b/c",
                        "2: depends_on: 'b/c' contains '/'",
                        "2: depends_on: 'b/c' is not a server_name",
                        "2: depends_on: servers wait for each other in a cycle: a (line 2) -> a"),
                cell(
                        "depends_on",
                        "a",
                        "2: depends_on: servers wait for each other in a cycle: a (line 2) -> a; remove one"),
                cell(
                        "wave_name",
                        "a\u202eb",
                        "2: wave_name: 'a\\u202eb' contains the invisible character U+202E RIGHT-TO-LEFT OVERRIDE; type"),
                cell("change_ticket", "x".repeat(256), "2: change_ticket: has 256 characters; write at most 255"),
                cell(
                        "target_server_id",
                        "ecs-1",
                        "2: migration_ip: is empty, but target_server_id is an existing target"),
                cell("target_server_name", "x/y", "2: target_server_name: 'x/y' contains '/'"),
                // and a valid value
                cell("source_ip", " 2001:DB8::1 "),
                cell("server_os_family", "linux"),
                cell("server_os_family", "Red Hat Enterprise Linux 8 (64-bit)"),
                cell("source_server_id", "1.23E11"),
                cell("target_server_name", "12E5"),
                cell("app_name", "1.23E+11"),
                cell("migration_type", "migrate_block"),
                cell("use_public_ip", "YES"),
                cell("speed_limit_mbit", "0"),
                cell("speed_limit_rules", "None"),
                cell("speed_limit_rules", "0:00-8:00=50@20; 08:00-24:00=0@20%"),
                cell("speed_limit_rules", "20:00-06:00=0;06:00-20:00=50"),
                cell("speed_limit_rules", "00:00-24:00=50"),
                cell("speed_limit_rules", "18:00-00:00=50;00:00-18:00=9"),
                cell("speed_limit_rules", "NONE"),
                cell("over_speed_threshold", "100"),
                cell("priority", "65535"),
                cell("tags", "Env=prod;Owner=;  Cost Center = 12 ;"),
                cell("owner_email", "first.last+x@mail.example.com"),
                cell("change_ticket", "=CHG1"),
                cell("source_server_id", "0c1d2e3f-7a9a-9540-ff28-855fbe12e83b"));
    }

    static Stream<Sample> rowsTogether() {
        return Stream.of(
                bad(
                        "same id",
                        "server_name,source_server_id\na,ID-1\nb,id-1\n",
                        2,
                        "3: source_server_id: 'id-1' is already on line 2; remove one of the two rows"),
                bad(
                        "same name and address",
                        "server_name,source_ip\nweb,10.0.0.1\nWEB.,10.0.0.1\n",
                        2,
                        "3: server_name: 'WEB.' with address 10.0.0.1 is already on line 2"),
                bad(
                        "same address written otherwise",
                        "server_name,source_ip\nweb,2001:db8::1\nweb,2001:0DB8:0:0::0:1\n",
                        2,
                        "3: server_name: 'web' with address 2001:0DB8:0:0::0:1 is already on line 2"),
                bad(
                        "same address mapped",
                        "server_name,source_ip\nweb,10.0.0.1\nweb,::ffff:10.0.0.1\n",
                        2,
                        "3: server_name: 'web' with address ::ffff:10.0.0.1 is already on line 2"),
                bad(
                        "same name, nothing else",
                        "server_name,source_ip\nweb,\nweb,\n",
                        2,
                        "3: server_name: 'web' is already on line 2; remove one of the two rows, or add source_server_id"),
                good("same name, other addresses", "server_name,source_ip\nweb,10.0.0.1\nweb,10.0.0.2\n", 2),
                good("same name, other ids", "server_name,source_server_id\nweb,1\nweb,2\n", 2),
                bad(
                        "same target",
                        "server_name,target_server_id,migration_ip\na,ecs-1,10.0.0.1\nb,ECS-1,10.0.0.2\n",
                        2,
                        "3: target_server_id: 'ECS-1' is already on line 2"),
                bad(
                        "both targets",
                        "server_name,vm_template_id,target_server_id,migration_ip\na,t,e,10.0.0.1\n",
                        1,
                        "2: target_server_id: is set together with vm_template_id; keep target_server_id for an existing target"),
                good(
                        "own target before the default",
                        "server_name,target_server_id,migration_ip\na,ecs-1,10.0.0.1\nb,,\n",
                        2),
                bad(
                        "one target address",
                        targets("10.200.1.24", "10.200.1.24", "::FFFF:10.200.1.24"),
                        3,
                        "3: migration_ip: '10.200.1.24' is already on line 2; write the address of this target",
                        "4: migration_ip: '::FFFF:10.200.1.24' is already on line 2"),
                bad(
                        "one target address in IPv6",
                        targets("2001:db8::7", "2001:0DB8:0:0:0:0:0:7"),
                        2,
                        "3: migration_ip: '2001:0DB8:0:0:0:0:0:7' is already on line 2"),
                bad(
                        "target address of the source itself",
                        targets("10.0.0.1", "::ffff:10.0.0.2"),
                        2,
                        "2: migration_ip: '10.0.0.1' is the source_ip of the same row on line 2; write the address of the target",
                        "3: migration_ip: '::ffff:10.0.0.2' is the source_ip of the same row on line 3"),
                bad(
                        "target address of a source above",
                        targets("10.200.0.1", "10.0.0.1"),
                        2,
                        "3: migration_ip: '10.0.0.1' is the source_ip on line 2; write the address of the target"),
                bad(
                        "target address of a source below",
                        targets("10.0.0.2", "10.200.0.1"),
                        2,
                        "3: source_ip: '10.0.0.2' is the migration_ip on line 2; write the address of the target on that line"),
                good("other target addresses", targets("10.200.0.1", "10.200.0.2", "2001:db8::1"), 3),
                good(
                        "SMS ignores the address of a new target",
                        "server_name,source_ip,migration_ip\na,10.0.0.1,10.0.0.1\nb,10.0.0.2,10.0.0.1\n",
                        2),
                good("dependencies", "server_name,depends_on\na,B;c.\nb,c\nC,\n", 3),
                good("dependency with a dot", "server_name,depends_on\ndb-01,\napp-01,db-01.\n", 2),
                good("dependency decomposed", "server_name,depends_on\nz\u00fcrich-db,\napp-01,zu\u0308rich-db\n", 2),
                good("name decomposed", "server_name,depends_on\nzu\u0308rich-db,\n", 1),
                good("dependency behind NBSP", "server_name,depends_on\ndb-01,\ndb-02,\napp-01,db-01;\u00a0db-02\n", 3),
                good("dependency behind U+202F", "server_name,depends_on\ndb-01,\napp-01,\u202fdb-01\u200b\n", 2),
                bad(
                        "names with characters similar to a hyphen or a blank",
                        "server_name\nsrv\u20111\nsrv\u202f1\nsrv\u00ad1\n",
                        3,
                        "2: server_name: 'srv\u20111' contains '\u2011' (U+2011 NON-BREAKING HYPHEN); use letters",
                        "3: server_name: 'srv\u202f1' contains '\u202f' (U+202F NARROW NO-BREAK SPACE)",
                        "4: server_name: 'srv\\u00ad1' contains '\\u00ad' (U+00AD SOFT HYPHEN)"),
                good("names with U+202F", "server_name,source_ip\nsrv-1\u202f,10.0.0.1\u202f\n", 1),
                good("twins", "server_name,source_ip,depends_on\ndb,10.0.0.1,\nDB.,10.9.0.1,\napp,10.0.0.2,db\n", 3),
                bad(
                        "twins but for their spelling",
                        "server_name,source_ip\nz\u00fcrich,10.0.0.1\nZU\u0308RICH.,10.0.0.1\n",
                        2,
                        "3: server_name: 'ZU\u0308RICH.' with address 10.0.0.1 is already on line 2"),
                bad(
                        "Turkish letters are letters of their own",
                        "server_name,depends_on\nistanbul,\napp,\u0131stanbul;\u0130stanbul\n",
                        2,
                        "3: depends_on: '\u0131stanbul' is not a server_name of this file",
                        "3: depends_on: '\u0130stanbul' is not a server_name of this file"),
                bad(
                        "cycle of three",
                        "server_name,depends_on\na,b\nb,c\nc,a\n",
                        3,
                        "2: depends_on: servers wait for each other in a cycle: a (line 2) -> b (line 3) -> c (line 4) -> a"),
                bad(
                        "two cycles",
                        "server_name,depends_on\na,b\nb,a\nc,c\n",
                        3,
                        "2: depends_on: servers wait",
                        "4: depends_on: servers wait for each other in a cycle: c (line 4) -> c"),
                bad(
                        "everything at once",
                        "server_name,source_ip,tags,depends_on\na,10.0.0.300,Env,z\n,x,,\nb,10.0.0.1\n\"c\"d,,,\n+e,,,a\n",
                        5,
                        "2: source_ip: '10.0.0.300'",
                        "2: tags: tag 'Env'",
                        "3: source_ip: 'x'",
                        "3: server_name: is empty",
                        "4: row: has 2 cells where the header has 4",
                        "5: row: cell 1 continues after its closing quote",
                        "6: server_name: '+e'"));
    }

    /** Rows whose sources are 10.0.0.1, 10.0.0.2 and so on, each with an existing target at that address. */
    private static String targets(String... addresses) {
        StringBuilder text = new StringBuilder("server_name,source_ip,target_server_id,migration_ip\n");
        for (int i = 1; i <= addresses.length; i++) {
            text.append("srv-%d,10.0.0.%d,ecs-%d,%s\n".formatted(i, i, i, addresses[i - 1]));
        }
        return text.toString();
    }

    private static Sample one(String column, String cell, String... problems) {
        return bad(column + " " + problems[0], column + ",note\n" + cell + ",x\n", 1, problems);
    }

    private static Sample cell(String column, String cell, String... problems) {
        return bad(column + " " + cell, "server_name," + column + "\na," + cell + "\n", 1, problems);
    }

    private static String columns(int count) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            names.append(",c").append(i);
        }
        return names.toString();
    }

    private static String[] duplicates(int count) {
        String[] problems = new String[Math.min(count, 99)];
        Arrays.setAll(problems, i -> (i + 4) + ": server_name: 'b' is already on line 3");
        return problems;
    }

    private static String[] concat(String first, String... rest) {
        return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource({"wholeFiles", "quotesAndSizes", "headers", "cells", "rowsTogether"})
    void checkReportsExpectedProblems(Sample sample) throws IOException {
        Path file = Files.write(directory.resolve("i.csv"), sample.bytes());

        InventoryCheckResult checked = JobRules.check(file, DEFAULTS);

        assertThat(checked.problems())
                .as(checked.problems().toString())
                .hasSize(sample.problems().size())
                .zipSatisfy(
                        sample.problems(),
                        (problem, expected) -> assertThat(problem.toString())
                                .startsWith(file + ":" + expected)
                                .contains("; ")
                                .doesNotContain("geheim", "\n", "\u001b"));
        assertThat(checked.rows()).isEqualTo(sample.rows());
        assertThat(checked.sha256()).hasSize(64);
    }

    @Test
    void corpusIsLarge() {
        assertThat(Stream.of(wholeFiles(), quotesAndSizes(), headers(), cells(), rowsTogether())
                        .mapToLong(Stream::count)
                        .sum())
                .isGreaterThan(150);
    }
}
