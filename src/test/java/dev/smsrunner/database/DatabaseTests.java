package dev.smsrunner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.smsrunner.ledger.Leases;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.support.TestDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;
import org.springframework.jdbc.core.JdbcTemplate;

/** Opening and refusal of the database. */
class DatabaseTests {

    /** Parameters whose descriptions mention classes or files, but whose values contain none. */
    private static final Set<String> NAMES_NONE =
            Set.of("kerberosServerName", "requireAuth", "gssUseDefaultCreds", "sslkey", "sslNegotiation");

    @TempDir
    private Path data;

    @Test
    void embeddedDatabaseKeepsCommits() {
        try (var database = TestDatabases.embedded(data)) {
            assertThat(setting(database, "WRITE_DELAY")).isEqualTo("0");
            assertThat(setting(database, "MODE")).isEqualTo("PostgreSQL");
        }
    }

    @Test
    void directoryThatCannotBeCreatedIsBadInput() {
        var kernel = Path.of("/proc");
        assumeThat(kernel.resolve("self/status")).exists();
        var nowhere = kernel.resolve("sms-runner-data");

        assertThatThrownBy(() -> TestDatabases.embedded(nowhere))
                .isInstanceOf(UnsafeDirectoryException.class)
                .hasMessageStartingWith("Cannot create the data directory " + nowhere + ": ")
                .hasMessageEndingWith(" Nothing was changed. Set another directory with --data.");
    }

    @Test
    void secondProcessOpensMeanwhileAndLater() throws SQLException {
        try (var first = TestDatabases.embedded(data);
                var second = TestDatabases.embedded(data);
                var beside = first.connect()) {
            new Leases(first.source()).find("a");

            assertThat(new Leases(second.source()).find("a").token()).isZero();
            assertThat(beside.isValid(5)).isTrue();
        }
        try (var again = TestDatabases.embedded(data)) {
            assertThat(new Runs(again.source(), Clock.systemUTC()).findAll()).isEmpty();
        }
    }

    @Test
    void interruptedScriptRunsAgain() throws SQLException {
        try (var database = TestDatabases.embedded(data)) {
            new JdbcTemplate(database.source()).update("delete from flyway_schema_history");
        }

        try (var again = TestDatabases.embedded(data)) {
            assertThat(new Runs(again.source(), Clock.systemUTC()).findAll()).isEmpty();
        }
    }

    @Test
    void tablesOfNewerVersionAreUnchanged() {
        try (var database = TestDatabases.embedded(data)) {
            new JdbcTemplate(database.source())
                    .update(
                            "update flyway_schema_history set version = ? where version = ?",
                            String.valueOf(Schema.VERSION + 1),
                            String.valueOf(Schema.VERSION));
        }

        assertThatThrownBy(() -> TestDatabases.embedded(data))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("of a newer version of sms-runner (%d, this one supports %d)"
                        .formatted(Schema.VERSION + 1, Schema.VERSION));
    }

    @Test
    void directoriesAndFilesArePrivate() throws IOException {
        try (var database = TestDatabases.embedded(data.resolve("new"))) {
            assertThat(database.source()).isNotNull();
            assertThat(mode(data.resolve("new"))).isEqualTo("rwx------");
            assertThat(mode(data.resolve("new/db"))).isEqualTo("rwx------");
            try (var files = Files.list(data.resolve("new/db"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".mv.db")))
                        .singleElement()
                        .satisfies(file -> assertThat(mode(file)).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void interruptDoesNotCloseTheDatabase() throws InterruptedException {
        try (var database = TestDatabases.embedded(data)) {
            var jdbc = new JdbcTemplate(database.source());
            var written = new AtomicBoolean();
            var interrupted = new Thread(() -> {
                Thread.currentThread().interrupt();
                jdbc.update("insert into lease (name, token) values ('a', 1)");
                written.set(true);
            });

            interrupted.setUncaughtExceptionHandler((thread, failure) -> {});
            interrupted.start();
            interrupted.join();

            assertThat(jdbc.update("insert into lease (name, token) values ('b', 1)"))
                    .isEqualTo(1);
            assertThat(new Leases(database.source()).find("a").token()).isEqualTo(written.get() ? 1 : 0);
        }
    }

    @Test
    void uncreatableDataDirectoryIsNamed() throws IOException {
        var file = Files.writeString(data.resolve("file"), "");

        assertThatThrownBy(() -> TestDatabases.embedded(file.resolve("below")))
                .isInstanceOf(UnsafeDirectoryException.class)
                .hasMessageContaining(
                        file.resolve("below") + " cannot be used: " + file + " is a file, not a directory")
                .hasMessageContaining("--data");
    }

    @Test
    void fileWithoutDatabaseIsRefusedAndKept() throws IOException {
        Files.createDirectory(data.resolve("db"));
        var file = Files.writeString(data.resolve("db/sms-runner.mv.db"), "not a database ".repeat(1_000));

        assertThatThrownBy(() -> TestDatabases.embedded(data))
                .isInstanceOf(DatabaseException.class)
                .hasMessageStartingWith("Cannot open the embedded database under " + data);
        assertThat(Files.readString(file)).startsWith("not a database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret\n", "secret\r\n", "secret\n\n", "  sec\nret  \n", "secret"})
    void theLineEndOfALoginIsIgnored(String value) {
        var config = Database.serverConfig(
                "jdbc:postgresql://127.0.0.1/x", Map.of("SMS_RUNNER_DB_USER", value, "SMS_RUNNER_DB_PASSWORD", value));

        assertThat(config.getUsername()).isIn("secret", "  sec\nret  ");
        assertThat(config.getPassword()).isIn("secret", "  sec\nret  ");
    }

    /** Every printable character of ASCII, and some others: the file is in the directory of that name, or nothing is created. */
    @Test
    void theFileIsInTheDirectoryThatTheOperatorNamed() throws IOException {
        var refused = new StringBuilder();
        var characters = IntStream.concat(IntStream.rangeClosed(' ', '~'), "\t\n\u00fc\u4e2d\u202e".chars())
                .filter(character -> character != '/')
                .toArray();
        for (int character : characters) {
            var directory = data.resolve("~a%s%%41${HOME}?x=1:".formatted(Character.toString(character)));
            try {
                TestDatabases.embedded(directory).close();
                assertThat(directory.resolve("db/sms-runner.mv.db"))
                        .as(directory.toString())
                        .exists();
            } catch (UnsafeDirectoryException ex) {
                refused.appendCodePoint(character);
                assertThat(directory).doesNotExist();
            }
        }
        assertThat(refused.toString()).isEqualTo(";\\");
        try (var files = Files.list(data)) {
            assertThat(files).hasSize(characters.length - refused.length());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://127.0.0.1/x.sql'",
                "jdbc:h2:mem:x;PASSWORD=CANARY",
                "jdbc:mysql://127.0.0.1/x",
                "mysql://root:CANARY@127.0.0.1/x",
                "postgresql://127.0.0.1/x",
                "JDBC:POSTGRESQL://127.0.0.1/x",
                ""
            })
    void onlyPostgresqlUrlIsAccepted(String url) {
        assertThatThrownBy(() -> Database.open(data, url, Map.of()))
                .isInstanceOf(DatabaseSettingException.class)
                .hasMessageContaining("is not a PostgreSQL URL")
                .hasMessageContaining("Set jdbc:postgresql://HOST:PORT/DATABASE with --db")
                .hasMessageNotContaining("CANARY");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://127.0.0.1;password=CANARY/x       | contains a semicolon. Write parameters as
            jdbc:postgresql://127.0.0.1:5432;password=CANARY/x  | contains a semicolon
            jdbc:postgresql://127.0.0.1/x;password=CANARY       | contains a semicolon
            jdbc:postgresql://admin:CANARY/x                    | has no valid port. Set
            jdbc:postgresql://127.0.0.1:5432:CANARY/x           | has no valid host. Set
            jdbc:postgresql://127.0.0.1&password=CANARY/x       | has no valid host. Set
            """)
    void loginInAnotherFormIsNotRepeated(String url, String problem) {
        assertThatThrownBy(() -> Database.open(data, url, Map.of()))
                .isInstanceOf(DatabaseSettingException.class)
                .hasMessageStartingWith("The database URL " + problem)
                .hasMessageNotContaining("CANARY");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://127.0.0.1/x?password=CANARY                          | password
            jdbc:postgresql://127.0.0.1/x?PassWord=CANARY                          | PassWord
            jdbc:postgresql://127.0.0.1/x?pass%77ord=CANARY                        | a parameter without a known name
            jdbc:postgresql://127.0.0.1/x?CANARY+1                                 | a parameter without a known name
            jdbc:postgresql://127.0.0.1/x?user=CANARY                              | user
            jdbc:postgresql://127.0.0.1/x?ssl=true&sslpassword=CANARY              | sslpassword
            jdbc:postgresql://127.0.0.1/x?socketFactory=CANARY&socketFactoryArg=x  | socketFactory
            jdbc:postgresql://127.0.0.1/x?ssl=true&socketFactoryArg=CANARY         | socketFactoryArg
            jdbc:postgresql://127.0.0.1/x?sslfactory=CANARY                        | sslfactory
            jdbc:postgresql://127.0.0.1/x?sslfactoryarg=CANARY                     | sslfactoryarg
            jdbc:postgresql://127.0.0.1/x?loggerLevel=TRACE&loggerFile=CANARY      | loggerFile
            jdbc:postgresql://127.0.0.1/x?authenticationPluginClassName=CANARY     | authenticationPluginClassName
            jdbc:postgresql://127.0.0.1/x?loginTimeout=9&connectExecutor=CANARY    | connectExecutor
            jdbc:postgresql://127.0.0.1/x?classLoaderStrategy=CANARY               | classLoaderStrategy
            jdbc:postgresql://127.0.0.1/x?sslhostnameverifier=CANARY               | sslhostnameverifier
            jdbc:postgresql://127.0.0.1/x?sslpasswordcallback=CANARY               | sslpasswordcallback
            jdbc:postgresql://127.0.0.1/x?xmlFactoryFactory=CANARY                 | xmlFactoryFactory
            jdbc:postgresql://127.0.0.1/x?jaasApplicationName=CANARY               | jaasApplicationName
            jdbc:postgresql://127.0.0.1/x?service=CANARY                           | service
            jdbc:postgresql://127.0.0.1/x?PGHOST=CANARY                            | PGHOST
            jdbc:postgresql://127.0.0.1/x?SSLMODE=verify-full                      | SSLMODE' (the driver spells it sslmode
            jdbc:postgresql://admin:CANARY@127.0.0.1/x                             | @
            jdbc:postgresql://CANARY@127.0.0.1:5432/x                              | @
            """)
    void urlWithSecretOrClassIsRefusedWithoutRepeatingIt(String url, String forbidden) {
        assertThatThrownBy(() -> Database.open(data, url, Map.of()))
                .isInstanceOf(DatabaseSettingException.class)
                .hasMessageContaining("must not contain '" + forbidden)
                .hasMessageContaining("SMS_RUNNER_DB_PASSWORD")
                .satisfies(failure -> assertThat(everything(failure)).doesNotContain("CANARY"));
    }

    /** A new version of the driver may add parameters. */
    @Test
    void parametersForClassesFilesOrSecretsAreRejected() {
        var risky = Arrays.stream(PGProperty.values())
                .filter(property -> (property.getName() + " " + property.getDescription())
                        .matches("(?i).*(class|factory|plugin|callback|executor|password|logger *file|service).*"))
                .map(PGProperty::getName)
                .toList();

        assertThat(risky).hasSizeGreaterThan(15).contains("socketFactory", "connectExecutor", "loggerFile");
        assertThat(risky.stream().filter(name -> !NAMES_NONE.contains(name)))
                .allSatisfy(name -> assertThatThrownBy(
                                () -> Database.exposure("jdbc:postgresql://127.0.0.1/x?" + name + "=x"))
                        .isInstanceOf(DatabaseSettingException.class)
                        .hasMessageContaining("must not contain '" + name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
            db.example.com:5432/x                             | may be unencrypted
            db.example.com/x?sslmode=prefer                   | sslmode is prefer
            10.0.0.5:5432/x?sslmode=disable                   | may be unencrypted
            10.0.0.5:5432/x?ssl=false                         | may be unencrypted
            db.example.com/x?sslmode=require                  | any server may answer
            db.example.com/x?sslmode=verify-ca                | host name in the certificate
            db.example.com/x?sslmode=verify-full&sslmode=require | any server may answer
            localhost:5432,db2.example.com/x                  | at db2.example.com may be unencrypted
            [2001:db8::1]:5432/x                              | at [2001:db8::1] may be unencrypted
            localhost.example.com/x                           | may be unencrypted
            127.0.0.1.example.com/x                           | may be unencrypted
            db.example.com/x?sslmode=verify-full              | nothing
            db.example.com/x?sslmode=Verify-Full              | nothing
            db.example.com/x?ssl=true                         | nothing
            db.example.com/x?ssl                              | nothing
            localhost:5432/x                                  | nothing
            127.0.0.1:5432/x                                  | nothing
            [::1]:5432/x                                      | nothing
            /x                                                | nothing
            """)
    void unverifiedRemoteConnectionIsReported(String url, String message) {
        var exposure = Database.exposure("jdbc:postgresql://" + url);

        if (message == null) {
            assertThat(exposure).isEmpty();
        } else {
            assertThat(exposure).hasValueSatisfying(text -> assertThat(text).contains(message, "sslmode=verify-full"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql:x                                 | names no server. Set jdbc:postgresql://HOST:PORT/DATABASE
            jdbc:postgresql://127.0.0.1                       | names no database. Set jdbc:postgresql://HOST:PORT/DATABASE
            jdbc:postgresql://127.0.0.1/                      | names no database
            jdbc:postgresql://127.0.0.1/?ssl=true             | names no database
            jdbc:postgresql://127.0.0.1/x/y                   | has more than one name after the server
            jdbc:postgresql://127.0.0.1/x%zz                  | has a % that starts no escape in the name of the database. Write %25
            jdbc:postgresql://127.0.0.1/my db                 | contains a blank. Write %20
            jdbc:postgresql://127.0.0 1/x                     | contains a blank
            jdbc:postgresql://127.0.0.1:99999/x               | has no valid port '99999'. Set a port from 1 to 65535.
            jdbc:postgresql://127.0.0.1:0/x                   | has no valid port '0'
            jdbc:postgresql://127.0.0.1:pg/x                  | has no valid port. Set a port from 1 to 65535.
            jdbc:postgresql://127.0.0.1:/x                    | has no valid port ''
            jdbc:postgresql://db1:5432,db2:99999/x            | has no valid port '99999'
            jdbc:postgresql://::1/x                           | has no valid host '::1'. Set a name
            jdbc:postgresql://db+1/x                          | has no valid host. Set a name
            jdbc:postgresql://db/x?sslmode=on                 | has the invalid value 'on' for the parameter sslmode. Set one of disable, allow
            jdbc:postgresql://db/x?targetServerType=leader    | for the parameter targetServerType. Set one of any, primary
            jdbc:postgresql://db/x?connectTimeout=5s          | has the invalid value '5s' for the parameter connectTimeout. Set a whole number.
            jdbc:postgresql://db/x?socketTimeout              | has the invalid value for the parameter socketTimeout
            jdbc:postgresql://db/x?sslrootcert=%zz            | has the invalid value for the parameter sslrootcert. Write %25
            jdbc:postgresql://db/x?ssl=true&sslrootcert=/a/ca | The file /a/ca of the parameter sslrootcert does not exist
            """)
    void malformedUrlIsNamedBeforeAnythingIsOpened(String url, String problem) {
        assertThatThrownBy(() -> Database.verifyUrl(url))
                .isInstanceOf(DatabaseSettingException.class)
                .hasMessageContaining(problem);
    }

    /** A new version of the driver may add values. */
    @Test
    void choicesAreThoseOfTheDriver() {
        assertThat(DriverParameters.CHOICES)
                .isNotEmpty()
                .allSatisfy(
                        (name, choices) -> assertThat(PGProperty.forName(name).getChoices())
                                .as(name)
                                .containsExactlyElementsOf(choices));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql:///x",
                "jdbc:postgresql://db_1.example.com/x%20y",
                "jdbc:postgresql://[2001:db8::7]:6432/x",
                "jdbc:postgresql://db1,db2:6432/x?targetServerType=preferSecondary",
                "jdbc:postgresql://db/x?&sslmode=VERIFY-FULL&requireAuth=!md5,!password&prepareThreshold=-1"
            })
    void urlOfTheDriverIsAccepted(String url) {
        assertThatCode(() -> Database.verifyUrl(url)).doesNotThrowAnyException();
    }

    /** The driver would use the name of the user of this machine. */
    @Test
    void passwordWithoutUserIsRefused() {
        assertThatThrownBy(() -> Database.verifyLogin(Map.of("SMS_RUNNER_DB_PASSWORD", "CANARY")))
                .isInstanceOf(DatabaseSettingException.class)
                .hasMessageStartingWith(
                        "SMS_RUNNER_DB_PASSWORD is set in the environment but SMS_RUNNER_DB_USER is not. Set both")
                .hasMessageNotContaining("CANARY");
        assertThatCode(() -> Database.verifyLogin(Map.of("SMS_RUNNER_DB_USER", "a", "SMS_RUNNER_DB_PASSWORD", "")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            127.0.0.1:1/x              | 127.0.0.1:1 accepts no connection (
            127.0.0.1:1,127.0.0.1:2/x  | 127.0.0.1:1, 127.0.0.1:2 accepts no connection (
            db.invalid/x               | the host name db.invalid cannot be resolved. Correct the host in the URL
            127.0.0.1:1,db.invalid/x   | the host name db.invalid cannot be resolved
            """)
    void missingServerIsNamedWithRemedy(String server, String cause) {
        assertThatThrownBy(() -> Database.open(data, "jdbc:postgresql://" + server + "?ssl=false", Map.of()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageStartingWith("Cannot open jdbc:postgresql://" + server + ": " + cause)
                .hasMessageEndingWith(", then run the same command again.");
    }

    @Test
    void serverThatIsNotPostgresqlIsNamedWithRemedy() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var answers = new Thread(() -> answerAsSsh(other));
            answers.setDaemon(true);
            answers.start();

            assertThatThrownBy(() -> Database.open(
                            data,
                            "jdbc:postgresql://localhost:%d/x?ssl=false".formatted(other.getLocalPort()),
                            Map.of("SMS_RUNNER_DB_USER", "a")))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageStartingWith("Cannot open jdbc:postgresql://localhost:")
                    .hasMessageContaining("Check that a PostgreSQL server answers there");
        }
    }

    private static void answerAsSsh(ServerSocket server) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                socket.getOutputStream().write("SSH-2.0-test\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException ex) {
                // the client has left, or the test has ended
            }
        }
    }

    @Test
    void fileStaysDurableAfterOtherSettings() throws SQLException {
        try (var database = TestDatabases.embedded(data)) {
            assertThat(database.source()).isNotNull();
        }
        try (var careless = DriverManager.getConnection(
                        "jdbc:h2:file:" + data.resolve("db/sms-runner").toAbsolutePath()
                                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                        "sms_runner",
                        Database.embeddedPassword(data).orElseThrow());
                var statement = careless.createStatement()) {
            statement.execute("set write_delay 500");
        }

        try (var database = TestDatabases.embedded(data)) {
            assertThat(setting(database, "WRITE_DELAY")).isEqualTo("0");
        }
    }

    private static String setting(Database database, String name) {
        return new JdbcTemplate(database.source())
                .queryForObject(
                        "select setting_value from information_schema.settings where setting_name = ?",
                        String.class,
                        name);
    }

    static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private static String everything(Throwable failure) {
        var text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
