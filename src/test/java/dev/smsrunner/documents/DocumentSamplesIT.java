package dev.smsrunner.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Samples of output in the pages are what the packaged program prints: one run of the demo in a new folder, and commands about it.
 * {@code WRITE_DOCS=1} writes the stale ones anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentSamplesIT {

    private static final Path JAR = Path.of(System.getProperty("sms-runner.jar", "target/sms-runner.jar"))
            .toAbsolutePath();

    /** The words behind each sample, in the order in which they are executed. */
    private static final Map<String, String> COMMANDS = commands();

    /** The program must neither find credentials nor a database of the machine. */
    private static final Pattern FOREIGN = Pattern.compile("(?:HUAWEICLOUD|CLOUD_SDK|HW|SMS_RUNNER|JAVA)_.*|NO_COLOR");

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
    record Shown(Page page, String at, Page.Block block) {

        @Override
        public String toString() {
            return at + " " + block.sample();
        }
    }

    static List<Shown> samples() {
        return Documents.all().stream()
                .flatMap(page -> page.blocks().stream()
                        .filter(block -> !block.sample().isEmpty())
                        .map(block -> new Shown(page, page.at(block.number()), block)))
                .toList();
    }

    @BeforeAll
    void executeTheCommands() throws IOException, InterruptedException {
        for (String name : List.of("jobs", "sample-data")) {
            copy(Path.of(name), folder.resolve(name));
        }
        for (Map.Entry<String, String> command : COMMANDS.entrySet()) {
            outputs.put(command.getKey(), output(command.getValue()));
        }
        if (Page.WRITE) {
            Documents.all().forEach(this::renew);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private List<String> output(String words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Duser.home=" + folder,
                "-jar",
                JAR.toString()));
        command.addAll(Arrays.asList(words.split(" ")));
        Path out = Files.createTempFile("sample", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> FOREIGN.matcher(name).matches());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(words).isTrue();
            return Files.readAllLines(out);
        } finally {
            process.destroyForcibly();
            Files.delete(out);
        }
    }

    private void renew(Page page) {
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
    void everyCommandOfASampleIsShownSomewhere() {
        Set<String> shown = new TreeSet<>();
        samples().forEach(sample -> shown.add(sample.block().sample()));

        assertThat(shown).containsExactlyInAnyOrderElementsOf(COMMANDS.keySet());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsWhatTheProgramPrints(Shown shown) {
        List<String> real = outputs.get(shown.block().sample());

        assertThat(missing(shown.block()))
                .as(
                        "%s is stale. Run: WRITE_DOCS=1 mvn -ntp verify -Dit.test=DocumentSamplesIT, then commit. The output is:%n%s",
                        shown, String.join("\n", real))
                .isEmpty();
    }
}
