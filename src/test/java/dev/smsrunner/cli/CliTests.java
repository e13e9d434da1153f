package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of the command line. */
class CliTests {

    private final InProcessCli cli = new InProcessCli();

    static Stream<List<String>> commands() {
        var all = new ArrayList<List<String>>();
        all.add(List.of());
        Cli.commandLine(new InProcessCli().context()).getSubcommands().keySet().forEach(name -> all.add(List.of(name)));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithItsExitCodes(List<String> command) {
        var arguments = new ArrayList<>(command);
        arguments.add("--help");

        assertThat(cli.execute(arguments.toArray(String[]::new))).isZero();
        assertThat(cli.out())
                .contains("Usage: sms-runner")
                .contains("Exit codes:")
                .contains("internal error");
        assertThat(cli.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "run jobs/demo.yaml --standby,       --standby needs PostgreSQL",
        "run jobs/demo.yaml --standby --new, --standby continues a run and --new starts another one",
    })
    void standbyThatCannotWorkIsRefusedWithTheRemedy(String arguments, String message) {
        assertThat(cli.execute(arguments.split(" "))).isEqualTo(2);
        assertThat(cli.err()).contains(message, "Nothing was changed", "out.");
    }

    @Test
    void helpOfStatusRefersToReasons() {
        assertThat(cli.execute("status", "--help")).isZero();
        assertThat(cli.out().replaceAll("\\s+", " "))
                .contains("--why SERVER follows the chain to its origin", "docs/operating.md", "What a row waits for");
    }

    @Test
    void versionComesFromTheBuild() {
        assertThat(cli.execute("--version")).isZero();
        assertThat(cli.out()).startsWith("sms-runner ");
    }

    @Test
    void missingCommandIsBadInput() {
        assertThat(cli.execute()).isEqualTo(2);
        assertThat(cli.err()).startsWith("error: Missing command").contains("See 'sms-runner --help'.");
        assertThat(cli.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "stauts,        Unknown command 'stauts'. Did you mean 'status'?",
        "xyzzy,         Unknown command 'xyzzy'.",
        "run j.yaml --set limits.concurrent, --set 'limits.concurrent' has no '='. Write --set KEY=VALUE",
        "rerun last --set concurrent, --set 'concurrent' has no '='. Write --set KEY=VALUE",
        "runs --jsn,    Unknown option '--jsn'. Did you mean '--json'?",
        "--data x runs, Unknown option '--data'. It is an option of the commands. Put it after the command.",
        "runs extra,    Unexpected argument 'extra' for command 'runs'.",
        "report --format=xml, Invalid value for option '--format'"
    })
    void usageErrorNamesArgumentWithSuggestion(String arguments, String message) {
        assertThat(cli.execute(arguments.split(" "))).isEqualTo(2);
        assertThat(cli.err()).startsWith("error: " + message);
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void escapeSequenceInArgumentIsEscaped() {
        assertThat(cli.execute("\u001b[2Jruns")).isEqualTo(2);
        assertThat(cli.err()).doesNotContain("\u001b").contains("\\u001b[2Jruns");
    }

    @Test
    void internalErrorIsOneLineWithDetailsInFile(@TempDir Path directory) throws IOException {
        var file = CrashLog.append(directory.resolve("data"), Instant.EPOCH, new IllegalStateException("odd"));
        CrashLog.append(directory.resolve("data"), Instant.EPOCH, new IllegalStateException("odder"));

        assertThat(Files.readString(file))
                .contains("1970-01-01T00:00:00Z java.lang.IllegalStateException: odd\n\tat ")
                .contains("IllegalStateException: odder");
        assertThat(ExceptionExitCodes.of(new IllegalStateException("odd")))
                .isEqualTo(new ExceptionExitCodes.MappedFailure(ExitCode.INTERNAL, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"runs", "status last", "run night.yaml", "plan night.yaml", "inventory night.yaml --out new.csv"
            })
    void malformedDatabaseSettingIsBadInputOfEveryCommand(String command) {
        var h2 = Map.of("SMS_RUNNER_DB_URL", "jdbc:h2:mem:x");
        var half = Map.of("SMS_RUNNER_DB_URL", "jdbc:postgresql://127.0.0.1:1/x", "SMS_RUNNER_DB_PASSWORD", "x");

        assertBadInput(Shell.execute(h2, command.split(" ")), "SMS_RUNNER_DB_URL: The database URL");
        assertBadInput(Shell.execute(half, command.split(" ")), "SMS_RUNNER_DB_PASSWORD is set");
        assertBadInput(
                Shell.execute(h2, (command + " --db jdbc:postgresql://127.0.0.1:99999/x").split(" ")),
                "--db: The database URL has no valid port '99999'");
    }

    private static void assertBadInput(Shell.Result result, String message) {
        assertThat(result.exit()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).startsWith("error: " + message).hasLineCount(1);
    }

    @Test
    void helpNeedsNoDatabaseSetting() {
        assertThat(Shell.execute(Map.of("SMS_RUNNER_DB_URL", "jdbc:h2:mem:x"), "runs", "--help")
                        .exit())
                .isZero();
    }

    @Test
    void unreachableDatabaseHasItsOwnExitCode() {
        assertThat(cli.execute("runs", "--db", "jdbc:postgresql://127.0.0.1:1/x"))
                .isEqualTo(4);
        assertThat(cli.err())
                .startsWith("error: Cannot open jdbc:postgresql://127.0.0.1:1/x: 127.0.0.1:1 accepts no connection")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "file/data", "file/a/data"})
    void dataThatIsAFileIsBadInput(String data, @TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("file"), "");
        for (var command : List.of("runs", "run night.yaml", "plan night.yaml")) {
            assertThat(cli.execute((command + " --data " + directory.resolve(data)).split(" ")))
                    .isEqualTo(2);
            assertThat(cli.err())
                    .contains(
                            "Invalid value for option '--data'", "is a file, not a directory", "Set another directory");
        }
        assertThat(file).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs", "status last", "stop last", "verify last", "report last", "resume last"})
    void directoryWritableByOthersIsBadInputWithRemedy(String arguments, @TempDir Path data) throws IOException {
        Files.createDirectory(data.resolve("db"));
        Files.writeString(data.resolve("db/sms-runner.mv.db"), "planted");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(cli.execute((arguments + " --data " + data).split(" "))).isEqualTo(2);
        assertThat(cli.err()).startsWith("error: ").contains("\n  The directory " + data, "chmod go-w " + data);
        assertThat(data.resolve("db/sms-runner.lock")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;INIT=runscript from 'x'", "a\\b", "a;b/data"})
    void dataPathThatH2MisreadsIsRefused(String name, @TempDir Path directory) {
        for (var command : List.of("runs", "status")) {
            assertThat(cli.execute(command, "--data", directory.resolve(name).toString()))
                    .isEqualTo(2);
            assertThat(cli.err())
                    .startsWith("error: Invalid value for option '--data'")
                    .contains("cannot be used");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void exitCodesMatchTheContract() {
        assertThat(Stream.of(ExitCode.values()).map(ExitCode::code)).containsExactly(0, 1, 2, 3, 4, 5, 70);
    }

    @Test
    void pathThatNoLocaleCanNameIsBadInput() {
        var mapped = ExceptionExitCodes.of(
                new IllegalStateException(new InvalidPathException("night\0.csv", "Nul character not allowed")));

        assertThat(mapped.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(mapped.message())
                .isEqualTo("The path 'night\0.csv' is not a path: Nul character not allowed. Nothing was changed.");
    }

    @Test
    void emptyLocationOfTheRunsIsBadInput() {
        var database = Shell.execute(Map.of("SMS_RUNNER_DB_URL", "jdbc:postgresql://db/x"), "runs", "--db", "");
        var directory = Shell.execute(Map.of(), "runs", "--data", "");

        assertThat(database.exit()).isEqualTo(2);
        assertThat(database.err()).contains("--db is empty", "SMS_RUNNER_DB_URL");
        assertThat(directory.exit()).isEqualTo(2);
        assertThat(directory.err()).contains("the directory is empty");
    }
}
