package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of the command line, before anything else starts. */
class CliTests {

    private final InProcessCli spoken = new InProcessCli();

    static Stream<List<String>> commands() {
        var all = new ArrayList<List<String>>();
        all.add(List.of());
        Cli.commandLine(new InProcessCli().surroundings())
                .getSubcommands()
                .keySet()
                .forEach(name -> all.add(List.of(name)));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithItsExitCodes(List<String> command) {
        var words = new ArrayList<>(command);
        words.add("--help");

        assertThat(spoken.say(words.toArray(String[]::new))).isZero();
        assertThat(spoken.out())
                .contains("Usage: sms-runner")
                .contains("Exit codes:")
                .contains("internal error");
        assertThat(spoken.err()).isEmpty();
    }

    @Test
    void theHelpOfStatusSaysWhereAReasonIsFoundAndExplained() {
        assertThat(spoken.say("status", "--help")).isZero();
        assertThat(spoken.out().replaceAll("\\s+", " "))
                .contains(
                        "--why SERVER follows that down to what holds the server",
                        "docs/operating.md",
                        "What a row waits for");
    }

    @Test
    void versionIsThatOfTheBuild() {
        assertThat(spoken.say("--version")).isZero();
        assertThat(spoken.out()).startsWith("sms-runner ");
    }

    @Test
    void noCommandIsBadInput() {
        assertThat(spoken.say()).isEqualTo(2);
        assertThat(spoken.err()).startsWith("error: Missing the command").contains("See 'sms-runner --help'.");
        assertThat(spoken.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "stauts,        Unknown command 'stauts'. Did you mean 'status'?",
        "xyzzy,         Unknown command 'xyzzy'.",
        "runs --jsn,    Unknown option '--jsn'. Did you mean '--json'?",
        "--data x runs, Unknown option '--data'. It is an option of the commands: write it after the command.",
        "runs extra,    Too many words: 'extra' is one that 'runs' does not take.",
        "report --format=xml, Invalid value for option '--format'"
    })
    void wrongWordsAreNamedWithWhatWasMeant(String words, String message) {
        assertThat(spoken.say(words.split(" "))).isEqualTo(2);
        assertThat(spoken.err()).startsWith("error: " + message);
        assertThat(spoken.out()).isEmpty();
    }

    @Test
    void anEscapeSequenceInAWordDoesNotReachTheTerminal() {
        assertThat(spoken.say("\u001b[2Jruns")).isEqualTo(2);
        assertThat(spoken.err()).doesNotContain("\u001b").contains("\\u001b[2Jruns");
    }

    @Test
    void anInternalErrorIsOneLineAndItsDetailsAreInAFile(@TempDir Path directory) throws IOException {
        var file = CrashLog.append(directory.resolve("data"), Instant.EPOCH, new IllegalStateException("odd"));
        CrashLog.append(directory.resolve("data"), Instant.EPOCH, new IllegalStateException("odder"));

        assertThat(Files.readString(file))
                .contains("1970-01-01T00:00:00Z java.lang.IllegalStateException: odd\n\tat ")
                .contains("IllegalStateException: odder");
        assertThat(ExitCodeMapper.of(new IllegalStateException("odd")))
                .isEqualTo(new ExitCodeMapper.Ending(ExitCode.INTERNAL, null));
    }

    @Test
    void aDatabaseThatCannotBeUsedIsUnreachable() {
        assertThat(spoken.say("runs", "--db", "jdbc:h2:mem:x")).isEqualTo(4);
        assertThat(spoken.err())
                .startsWith("error: ")
                .contains("jdbc:postgresql://")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs", "status last", "stop last", "verify last", "report last", "resume last"})
    void aDirectoryThatOthersCanWriteToIsBadInputWithTheCommandThatCuresIt(String words, @TempDir Path data)
            throws IOException {
        Files.createDirectory(data.resolve("db"));
        Files.writeString(data.resolve("db/sms-runner.mv.db"), "planted");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(spoken.say((words + " --data " + data).split(" "))).isEqualTo(2);
        assertThat(spoken.err()).startsWith("error: ").contains("\n  The directory " + data, "chmod go-w " + data);
        assertThat(data.resolve("db/sms-runner.lock")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;INIT=runscript from 'x'", "a\\b", "a;b/data"})
    void aDataDirectoryWhosePathTheDatabaseMisreadsIsRefused(String name, @TempDir Path directory) {
        for (var command : List.of("runs", "status")) {
            assertThat(spoken.say(command, "--data", directory.resolve(name).toString()))
                    .isEqualTo(2);
            assertThat(spoken.err())
                    .startsWith("error: Invalid value for option '--data'")
                    .contains("cannot be used");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void exitCodesAreThoseOfTheContract() {
        assertThat(Stream.of(ExitCode.values()).map(ExitCode::code)).containsExactly(0, 1, 2, 3, 4, 5, 70);
    }
}
