package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the metadata of the packaged jar with its components. */
class SupplyChainIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern DATE_LINE =
            Pattern.compile("(?m)^#\\w{3} \\w{3} \\d\\d \\d\\d:\\d\\d:\\d\\d \\w+ \\d{4}$");

    /** Licence texts by the first identifier of a component; Apache-2.0 is also the licence of the product. */
    private static final Map<String, String> TITLES = Map.of(
            "Apache-2.0", "Apache License\n",
            "BSD-2-Clause", "Redistributions in binary form must reproduce",
            "EPL-2.0", "# Eclipse Public License - v 2.0",
            "MIT", "Permission is hereby granted, free of charge, to any person obtaining",
            "MPL-2.0", "Mozilla Public License Version 2.0");

    private JarFile jar;
    private List<Component> components;

    /**
     * A component of the jar.
     *
     * @param name group and artifact
     * @param file jar on the class path of the tests
     * @param licences licences of its SBOM entry
     */
    private record Component(String name, File file, Set<String> licences) {}

    @BeforeEach
    void readSbom() throws IOException {
        jar = new JarFile(System.getProperty("sms-runner.jar", "target/sms-runner.jar"));
        components = new ArrayList<>();
        var files = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .toList();
        for (var component :
                JSON.readTree(text("META-INF/sbom/application.cdx.json")).path("components")) {
            var artifact = component.path("name").asString();
            var fileName =
                    "%s-%s.jar".formatted(artifact, component.path("version").asString());
            files.stream()
                    .filter(file -> file.getName().equals(fileName))
                    .map(file -> new Component(
                            component.path("group").asString() + ":" + artifact, file, licences(component)))
                    .forEach(components::add);
        }
        assertThat(components).hasSizeGreaterThan(40);
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    private static Set<String> licences(JsonNode component) {
        var licences = new TreeSet<String>();
        component.path("licenses").findValuesAsString("id").forEach(licences::add);
        return licences;
    }

    @Test
    void thirdPartyFileListsLicenceAndSourceOfEachComponent() throws IOException {
        var listed = text("META-INF/THIRD-PARTY.txt");
        var lines = listed.lines().toList();

        assertThat(components).allSatisfy(component -> {
            int at = lines.indexOf(component.name());
            assertThat(at)
                    .as("%s in src/main/resources/META-INF/THIRD-PARTY.txt", component.name())
                    .isNotNegative();
            var licence = lines.get(at + 1).replaceFirst("^ {4}licence: ", "").split(" ")[0];
            assertThat(component.licences()).as(component.name()).contains(licence);
            assertThat(listed).contains(TITLES.get(licence));
            assertThat(lines.get(at + 2)).startsWith("    source:  https://");
        });
    }

    @Test
    void noticesOfAllComponentsAreMerged() throws IOException {
        var merged = normalised(text("META-INF/NOTICE"));

        for (var component : components) {
            for (var notice : texts(component, "META-INF/NOTICE(\\.TXT|\\.MD)?")) {
                assertThat(merged)
                        .as(component.name() + " in src/main/resources/META-INF/NOTICE")
                        .contains(normalised(notice));
            }
        }
    }

    @Test
    void entriesOfAllSpringFactoriesAreMerged() throws IOException {
        var expected = new TreeMap<String, Set<String>>();
        for (var component : components) {
            for (var factories : texts(component, "META-INF/SPRING\\.FACTORIES")) {
                add(expected, factories);
            }
        }
        var merged = new TreeMap<String, Set<String>>();
        add(merged, text("META-INF/spring.factories"));

        assertThat(merged).as("src/main/resources/META-INF/spring.factories").isEqualTo(expected);
    }

    @Test
    void licenceBelongsToTheProduct() throws IOException {
        assertThat(text("META-INF/LICENSE")).contains("Apache License", "END OF TERMS AND CONDITIONS");
    }

    @Test
    void buildFilesContainNoDate() {
        assertThat(jar.stream().filter(SupplyChainIT::isText))
                .allSatisfy(entry ->
                        assertThat(text(entry.getName())).as(entry.getName()).doesNotContainPattern(DATE_LINE));
    }

    private static boolean isText(JarEntry entry) {
        return entry.getName().startsWith("META-INF/")
                && !entry.getName().startsWith("META-INF/maven/")
                && !entry.isDirectory()
                && !entry.getName().endsWith(".class");
    }

    private static void add(Map<String, Set<String>> entries, String factories) throws IOException {
        var read = new Properties();
        read.load(new StringReader(factories));
        for (var key : read.stringPropertyNames()) {
            var values = entries.computeIfAbsent(key, ignored -> new TreeSet<>());
            Stream.of(read.getProperty(key).split(",")).map(String::strip).forEach(values::add);
        }
    }

    /** The texts of a component whose names match, in capitals. */
    private static List<String> texts(Component component, String name) throws IOException {
        var texts = new ArrayList<String>();
        try (var own = new JarFile(component.file())) {
            for (var entry : own.stream().toList()) {
                if (entry.getName().toUpperCase(Locale.ROOT).matches(name)) {
                    texts.add(read(own, entry));
                }
            }
        }
        return texts;
    }

    private static String normalised(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private String text(String name) {
        try {
            return read(jar, jar.getJarEntry(name));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String read(JarFile from, JarEntry entry) throws IOException {
        try (var in = from.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
