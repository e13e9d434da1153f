package dev.smsrunner;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules for the names of types and variables. */
class NamingTests {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.smsrunner");

    /** One word with the ending of a participle or of an adjective. */
    private static final Pattern PARTICIPLE = Pattern.compile("[A-Z][a-z]+(ed|ing|ible|able|ful|ous|less)");

    /** Nouns with such an ending. */
    private static final Set<String> NOUNS = Set.of(
            "Ending", "Finding", "Setting", "Listing", "Heading", "Greeting", "Timing", "Table", "Variable", "Seed");

    /** Participles and adjectives without such an ending, prepositions and adverbs. */
    private static final Set<String> NO_NOUNS = Set.of(
            "Begun",
            "Told",
            "Sought",
            "Seen",
            "Sent",
            "Unsent",
            "Took",
            "Taken",
            "Known",
            "Unknown",
            "Found",
            "Written",
            "Held",
            "Heard",
            "Meant",
            "Kept",
            "Lost",
            "Given",
            "Shown",
            "Done",
            "Gone",
            "Met",
            "Late",
            "Early",
            "Same",
            "Open",
            "Whole",
            "Slow",
            "Tolerant",
            "Outside",
            "Inside",
            "Out",
            "Before",
            "After",
            "When",
            "Once",
            "Now",
            "New",
            "Old");

    /** Declaration of a variable with its type. */
    private static final Pattern NOW =
            Pattern.compile("(?<![\\w.])([A-Z]\\w*(?:<[^;(){}=]*>)?|int|double|boolean)(?:\\[])?\\s+now\\s*[,;)=:]");

    private static final Set<String> TIMES =
            Set.of("Instant", "LocalDate", "LocalDateTime", "OffsetDateTime", "ZonedDateTime");

    private static final Pattern CATCH = Pattern.compile("catch \\(([^)]*?)\\b(\\w+)\\)");

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)//.*$");

    private record SourceFile(Path path, String text) {}

    private static Stream<JavaClass> types() {
        return PRODUCT.stream()
                .filter(type ->
                        !type.isAnonymousClass() && !type.getSimpleName().equals("package-info"));
    }

    private static List<SourceFile> sources(String root) throws IOException {
        try (var files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(NamingTests::read)
                    .toList();
        }
    }

    private static SourceFile read(Path file) {
        try {
            return new SourceFile(file, COMMENT.matcher(Files.readString(file)).replaceAll(""));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void noTwoTypesShareASimpleName() {
        var packages = new TreeMap<String, Set<String>>();
        types().filter(JavaClass::isTopLevelClass)
                .forEach(type -> packages.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                        .add(type.getPackageName()));

        packages.values().removeIf(homes -> homes.size() == 1);
        assertThat(packages).as("give each type a name of its own").isEmpty();
    }

    @Test
    void typeIsNamedByANoun() {
        var wrong = types().filter(type -> NO_NOUNS.contains(type.getSimpleName())
                        || PARTICIPLE.matcher(type.getSimpleName()).matches() && !NOUNS.contains(type.getSimpleName()))
                .map(JavaClass::getName)
                .sorted();

        assertThat(wrong).as("name each type by a noun").isEmpty();
    }

    @Test
    void nowIsATime() throws IOException {
        var wrong = Stream.concat(sources("src/main/java").stream(), sources("src/test/java").stream())
                .flatMap(source -> NOW.matcher(source.text())
                        .results()
                        .filter(found -> !TIMES.contains(found.group(1)))
                        .map(found -> source.path() + ": " + found.group().strip()));

        assertThat(wrong).as("use 'now' for a time only").isEmpty();
    }

    @Test
    void caughtExceptionIsCalledEx() throws IOException {
        var wrong = Stream.concat(sources("src/main/java").stream(), sources("src/test/java").stream())
                .flatMap(source -> CATCH.matcher(source.text())
                        .results()
                        .filter(found -> !found.group(2).equals("ex"))
                        .map(found -> source.path() + ": " + found.group()));

        assertThat(wrong).as("call each caught exception 'ex'").isEmpty();
    }

    @Test
    void noTypeHasTheNameOfATypeOfSpringBatch() {
        var batch = new ClassFileImporter()
                .importPackages("org.springframework.batch").stream()
                        .filter(JavaClass::isTopLevelClass)
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.equals("package-info"))
                        .collect(java.util.stream.Collectors.toSet());

        assertThat(batch).contains("JobLauncher");
        assertThat(types().filter(JavaClass::isTopLevelClass).map(JavaClass::getSimpleName))
                .as("leave the names of Spring Batch to Spring Batch")
                .doesNotContainAnyElementsOf(batch);
    }
}
