package dev.smsrunner.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cli.CommandReference;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobFileException;
import dev.smsrunner.jobfile.JobFiles;
import dev.smsrunner.jobfile.Overrides;
import dev.smsrunner.support.JobRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** The program accepts the commands, job files and inventories of the pages. */
class DocumentedInputTests {

    private static final Pattern COMMAND = Pattern.compile(
            "(?:(?<![\\w./-])(?:(?:/opt/sms-runner/)?bin/)?sms-runner|java (?:-\\S+ )*-jar \\S*sms-runner\\.jar)"
                    + " +([^/\\s].*)");

    /** Text after the arguments of a command: comment, redirection, pipe, another command, closing quote, explanation. */
    private static final Pattern AFTER_THE_ARGUMENTS = Pattern.compile("\\s#.*|\\s[&>|].*|\\s2>.*|[;')].*|\\s{3,}.*");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern TOP_LEVEL_KEY = Pattern.compile("(?m)^([a-z-]+):");
    private static final Pattern PROGRAM = Pattern.compile("(?m)^ +command: (\\S+)");
    private static final String SMALLEST_JOB = "job: migrate\ninventory: rows.csv\nservice: {endpoint: simulator}\n";
    private static final Map<String, String> USUAL_DEFAULTS =
            Map.of("target_region", "ap-southeast-3", "target_project_id", "0a1b2c3d4e5f60718293a4b5c6d7e8f9");

    @TempDir
    private Path folder;

    /**
     * A command line of a page.
     *
     * @param whole whether the arguments are complete; a code span may omit them
     */
    record DocumentedCommand(String at, String arguments, boolean whole) {}

    static List<DocumentedCommand> commands() {
        List<DocumentedCommand> commands = new ArrayList<>();
        for (Page page : Documents.all()) {
            for (Page.Block block : page.blocks()) {
                if (!block.language().equals("text")) {
                    commands.addAll(commands(page.at(block.number()), block.text()));
                }
            }
            for (Page.Line span : page.codeSpans()) {
                commands.addAll(commandsIn(page.at(span.number()), span.text(), false));
            }
        }
        return commands;
    }

    static List<DocumentedCommand> examplesOfTheHelp() {
        List<DocumentedCommand> examples = new ArrayList<>();
        CommandReference.commands(CommandReference.program())
                .forEach((name, command) -> examples.addAll(commands(
                        name + " --help",
                        String.join("\n", command.usageMessage().footer()))));
        return examples;
    }

    private static List<DocumentedCommand> commands(String at, String text) {
        return text.replaceAll("\\\\\n\\s*", " ")
                .lines()
                .flatMap(line -> commandsIn(at, line, true).stream())
                .toList();
    }

    private static List<DocumentedCommand> commandsIn(String at, String line, boolean whole) {
        return COMMAND.matcher(line)
                .results()
                .map(match -> match.group(1).replaceAll("<[^>]*>", "x").replace("ACTION", "pause"))
                .map(arguments ->
                        AFTER_THE_ARGUMENTS.matcher(arguments).replaceFirst("").strip())
                .filter(arguments -> !arguments.isEmpty() && !arguments.matches("\"\\$@\".*|COMMAND.*|.*[…\\[].*"))
                .map(arguments -> new DocumentedCommand(at, arguments, whole))
                .toList();
    }

    static Stream<DocumentedCommand> allCommands() {
        return Stream.concat(commands().stream(), examplesOfTheHelp().stream());
    }

    @Test
    void pagesAndHelpShowManyCommands() {
        assertThat(commands()).hasSizeGreaterThan(30);
        assertThat(examplesOfTheHelp()).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("allCommands")
    void documentedCommandIsAccepted(DocumentedCommand shown) {
        CommandLine program = CommandReference.program().commandLine();
        try {
            program.parseArgs(shown.arguments().split("\\s+"));
        } catch (MissingParameterException ex) {
            assertThat(shown.whole()).as("%s: %s", shown, ex.getMessage()).isFalse();
        } catch (ParameterException ex) {
            throw new AssertionError(shown + ": " + ex.getMessage(), ex);
        }
    }

    static Stream<Arguments> blocks(String language) {
        return Documents.all().stream()
                .flatMap(page -> page.blocks().stream()
                        .filter(block -> block.language().equals(language))
                        .map(block -> Arguments.of(page.at(block.number()), block.text())));
    }

    static Stream<Arguments> yaml() {
        return blocks("yaml");
    }

    static Stream<Arguments> csv() {
        return blocks("csv");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("yaml")
    void documentedJobFileIsAccepted(String at, String text) throws IOException {
        try {
            assertThat(job(text).settings()).as(at).isNotEmpty();
        } catch (JobFileException ex) {
            throw new AssertionError(at + ": " + ex.problems(), ex);
        }
    }

    /** Reads a job file and completes a partial one. */
    private JobFile job(String text) throws IOException, JobFileException {
        boolean whole = TOP_LEVEL_KEY
                .matcher(text)
                .results()
                .anyMatch(key -> key.group(1).equals("job"));
        Map<String, String> environment = new HashMap<>();
        VARIABLE.matcher(text).results().map(found -> found.group(1)).forEach(name -> environment.put(name, "p-1"));
        Matcher program = PROGRAM.matcher(text);
        if (program.find()) {
            Path file = Files.writeString(folder.resolve(program.group(1)), "#!/bin/sh\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Path file = Files.writeString(folder.resolve("job.yaml"), whole ? text : SMALLEST_JOB + text);
        return JobFiles.read(file, Overrides.none(), environment, BulkJobs.ALL);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("csv")
    void documentedInventoryIsAccepted(String at, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.csv"), text);

        assertThat(JobRules.check(file, USUAL_DEFAULTS).problems()).as(at).isEmpty();
    }

    @Test
    void jobFileOfTheReadmeCompletesItsInventory() throws IOException, JobFileException {
        Page readme = new Page(Path.of("README.md"));
        String job = first(readme, "yaml");
        Path file = Files.writeString(folder.resolve("rows.csv"), first(readme, "csv"));

        assertThat(JobRules.check(file, job(job).defaults()).problems()).isEmpty();
    }

    private static String first(Page page, String language) {
        return page.blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(Page.Block::text)
                .findFirst()
                .orElseThrow();
    }
}
