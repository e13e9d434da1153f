package dev.smsrunner.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares samples of output in the pages with the packaged program: a run of the demo in a new folder, and commands on it.
 * {@code WRITE_DOCS=1} rewrites stale samples.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentSamplesIT {

    private static final Path JAR = Path.of(System.getProperty("sms-runner.jar", "target/sms-runner.jar"))
            .toAbsolutePath();

    /** The arguments of each sample, in the order of execution. */
    private static final Map<String, String> COMMANDS = commands();

    /** Environment variables with credentials or databases, hidden from the program. */
    private static final Pattern FOREIGN = Pattern.compile("(?:HUAWEICLOUD|CLOUD_SDK|HW|SMS_RUNNER|JAVA)_.*|NO_COLOR");

    private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private static Path folder;

    private final Map<String, List<String>> outputs = new HashMap<>();

    private static Map<String, String> commands() {
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put("demo-plan", "plan jobs/demo.yaml");
        commands.put("demo-run", "run jobs/demo.yaml");
        commands.put("demo-status", "status last");
        commands.put("verify-last", "verify last");
        return commands;
    }

    /**
     * A sample of a page.
     *
     * @param at its place, for messages
     */
    record PlacedSample(Page page, String at, Page.Block block) {

        @Override
        public String toString() {
            return at + " " + block.sample();
        }
    }

    static List<PlacedSample> samples() {
        return Documents.all().stream()
                .flatMap(page -> page.blocks().stream()
                        .filter(block -> !block.sample().isEmpty())
                        .map(block -> new PlacedSample(page, page.at(block.number()), block)))
                .toList();
    }

    @BeforeAll
    void executeTheCommands() throws IOException, InterruptedException {
        for (String name : List.of("jobs", "sample-data")) {
            copy(Path.of(name), folder.resolve(name));
        }
        copy(Path.of("bin"), folder.resolve("bin"));
        Files.copy(JAR, folder.resolve("sms-runner.jar"));
        for (Map.Entry<String, String> command : COMMANDS.entrySet()) {
            outputs.put(command.getKey(), output(command.getValue()));
        }
        if (Page.WRITE) {
            Documents.all().forEach(this::rewrite);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private List<String> output(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bin/sms-runner"));
        command.addAll(Arrays.asList(arguments.split(" ")));
        Path out = Files.createTempFile("sample", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> FOREIGN.matcher(name).matches());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SMS_RUNNER_JAVA_OPTS", "-Duser.home=" + folder);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(arguments).isTrue();
            return Files.readAllLines(out);
        } finally {
            process.destroyForcibly();
            Files.delete(out);
        }
    }

    private void rewrite(Page page) {
        Map<Integer, List<String>> renewed = new HashMap<>();
        page.blocks().stream()
                .filter(block -> outputs.containsKey(block.sample()))
                .filter(block -> !missing(block).isEmpty())
                .forEach(block -> renewed.put(
                        block.number(), Sample.renewed(block.lines(), outputs.get(block.sample()), folder.toString())));
        if (!renewed.isEmpty()) {
            page.write(Sample.replaced(page, renewed));
        }
    }

    private String missing(Page.Block block) {
        return Sample.missing(block.lines(), outputs.get(block.sample()), folder.toString());
    }

    @Test
    void everyCommandHasASample() {
        Set<String> shown = new TreeSet<>();
        samples().forEach(sample -> shown.add(sample.block().sample()));

        assertThat(shown).containsExactlyInAnyOrderElementsOf(COMMANDS.keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "status, status last",
        "status, status last --why mail-db-01",
        "runs, runs",
        "'run, resume, rerun and report', report last --format json",
        "plan, plan jobs/demo.yaml",
        "stop, stop last",
        "verify, verify last"
    })
    void jsonFieldsAreDocumented(String section, String command) throws IOException {
        List<String> documented = new ArrayList<>(fields("run, resume, rerun and report"));
        documented.addAll(fields(section));
        documented.addAll(Arrays.asList(reportColumns()));
        List<String> arguments = new ArrayList<>(Arrays.asList(command.split(" ")));
        arguments.replaceAll(argument ->
                argument.endsWith(".yaml") ? folder.resolve(argument).toString() : argument);
        arguments.addAll(List.of("--json", "--data", folder.resolve("data").toString()));

        Set<String> names = new TreeSet<>();
        addNames(
                JSON.readTree(Shell.execute(Map.of(), arguments.toArray(String[]::new))
                        .out()),
                names);

        assertThat(names).isNotEmpty().isSubsetOf(documented);
        assertThat(fields("run, resume, rerun and report")).contains("report_directory", "state");
    }

    /** The names in code of the section about the JSON of a command. */
    private static List<String> fields(String section) {
        List<String> fields = new ArrayList<>();
        boolean inside = false;
        for (Page.Line line : new Page(Path.of("docs/commands.md")).prose()) {
            inside = line.text().startsWith("#") ? line.text().equals("### `--json` of " + section) : inside;
            if (inside) {
                CODE.matcher(line.text()).results().forEach(found -> fields.add(found.group(1)));
            }
        }
        assertThat(fields).as(section).isNotEmpty();
        return fields;
    }

    private String[] reportColumns() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("reports"))) {
            Path report = files.filter(file -> file.endsWith("report.csv"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(report).get(0).replace("\"", "").split(",");
        }
    }

    /** Adds the names of fields. A name in capitals is a value: an outcome, a step or a kind of obstacle. */
    private static void addNames(JsonNode node, Set<String> names) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            boolean nested = !field.getKey().equals("target");
            if (field.getKey().matches("[a-z_]+")) {
                names.add(field.getKey());
            }
            if (nested) {
                addNames(field.getValue(), names);
            }
        }
        if (node.isArray()) {
            node.forEach(element -> addNames(element, names));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sampleEqualsTheOutput(PlacedSample shown) {
        List<String> real = outputs.get(shown.block().sample());

        assertThat(missing(shown.block()))
                .as(
                        "%s is stale. Run: WRITE_DOCS=1 mvn -ntp verify -Dit.test=DocumentSamplesIT, then commit. The output is:%n%s",
                        shown, String.join("\n", real))
                .isEmpty();
    }
}
