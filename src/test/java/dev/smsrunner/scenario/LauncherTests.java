package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher with a substitute for Java, in each shell of this machine. */
class LauncherTests {

    private static final String[] ARGUMENTS = {
        "run", "a b.yaml", "", "it's", "\"quoted\"", "$HOME", "`id`", "*", "back\\slash", "two\nlines", "-Xmx1m"
    };

    @TempDir
    private Path directory;

    private LauncherFixture fixture;

    @BeforeEach
    void install() throws IOException {
        fixture = new LauncherFixture(directory);
    }

    static Stream<String> shells() {
        return Stream.of("sh", "dash", "bash", "ksh", "zsh")
                .filter(shell -> Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, shell))));
    }

    private static String lines(String... arguments) {
        return Stream.of(arguments).map("<%s>\n"::formatted).reduce("", String::concat);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void argumentsInputAndExitCodePassUnchanged(String shell) throws IOException {
        var command = Stream.concat(Stream.of(shell, fixture.launcher().toString()), Stream.of(ARGUMENTS))
                .toList();

        var result = fixture.execute("typed\n", command).exits(LauncherFixture.EXIT_CODE);

        assertThat(result.out())
                .endsWith(lines("-jar", fixture.path("home/sms-runner.jar").toString()) + lines(ARGUMENTS) + "typed\n");
        assertThat(result.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void optionsOfTheOperatorFollowThoseOfTheLauncher(String shell) throws IOException {
        var result = fixture.with("SMS_RUNNER_JAVA_OPTS", "-Xmx64m  -Dstar=* -Dlast=1")
                .launch(shell, "runs");

        assertThat(result.out())
                .startsWith(lines(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:MaxRAMPercentage=50",
                        "-Xlog:cds*=off",
                        "-Xmx64m",
                        "-Dstar=*",
                        "-Dlast=1"));
    }

    @Test
    void collectorOfTheOperatorReplacesThatOfTheLauncher() throws IOException {
        assertThat(fixture.launch("sh", "runs").out()).contains("<-XX:+UseSerialGC>");
        assertThat(fixture.with("SMS_RUNNER_JAVA_OPTS", "-Xmx1g -XX:+UseG1GC")
                        .launch("sh", "runs")
                        .out())
                .contains("<-XX:+UseG1GC>")
                .doesNotContain("UseSerialGC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx16m", "-Xms8m", "-XX:MaxHeapSize=16m"})
    void firstHeapSizeGivesWayToThatOfTheOperator(String option) throws IOException {
        assertThat(fixture.launch("sh", "runs").out()).contains("<-Xms32m>");
        assertThat(fixture.with("SMS_RUNNER_JAVA_OPTS", option)
                        .launch("sh", "runs")
                        .out())
                .contains("<" + option + ">")
                .doesNotContain("<-Xms32m>");
    }

    /** The JVM would exit with 1, as a run with failed rows does. */
    @Test
    void optionsThatTheJvmRefusesAreBadInput() throws IOException {
        fixture.with("SMS_RUNNER_JAVA_OPTS", "-Xmx8x")
                .launch("sh", "runs")
                .exits(2)
                .prints(
                        "error: Java does not accept SMS_RUNNER_JAVA_OPTS. Correct the variable. Java: Invalid maximum heap size: -Xmx8x");
    }

    @Test
    void optionsThatJavaReadsItselfAreChecked() throws IOException {
        fixture.with("JAVA_TOOL_OPTIONS", "-Xmx8x")
                .launch("sh", "runs")
                .exits(2)
                .prints("does not accept JAVA_TOOL_OPTIONS. Correct the variable. Java: Invalid maximum heap size");
        fixture.with("SMS_RUNNER_JAVA_OPTS", "-Dhttps.proxyPassword=sesame")
                .launch("sh", "runs")
                .exits(2)
                .prints("does not accept SMS_RUNNER_JAVA_OPTS, JAVA_TOOL_OPTIONS. Correct the variable.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"})
    void ownOptionsGiveWayToThoseThatJavaReadsItself(String variable) throws IOException {
        var result = fixture.with(variable, "-Xmx16m -XX:+UseG1GC").launch("sh", "runs");

        assertThat(result.out()).doesNotContain("-Xms32m", "UseSerialGC", "UseG1GC");
    }

    /** The check would start the agent, which may wait for a debugger. */
    @ParameterizedTest
    @ValueSource(strings = {"-agentlib:jdwp=suspend=y", "-javaagent:a.jar", "-Xrunjdwp:suspend=y"})
    void optionsWithAnAgentAreNotChecked(String agent) throws IOException {
        fixture.with("SMS_RUNNER_JAVA_OPTS", agent + " -Xmx8x")
                .launch("sh", "runs")
                .exits(1);
    }

    @Test
    void programOfTheArchiveIsFoundThroughSymbolicLinks() throws IOException {
        Files.createSymbolicLink(fixture.path("first"), Path.of("home/bin/sms-runner-archive"));
        Files.createSymbolicLink(fixture.path("second"), Path.of("first"));

        // The substitute for Java makes no archive.
        fixture.execute("", List.of("sh", "second"))
                .exits(2)
                .prints("error: Cannot make " + fixture.path("home/sms-runner.jsa") + ".");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void truncatedJarIsBadInput(int size) throws IOException {
        var jar = fixture.path("home/sms-runner.jar");
        Files.write(jar, Arrays.copyOf(Files.readAllBytes(jar), size));

        fixture.launch("sh", "runs")
                .exits(2)
                .prints("error: " + jar + " is not a complete jar. Copy or build it again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"home/bin", "home/lib", "home", "home/target"})
    void jarIsFoundBesideTheLauncherInAReleaseAndInACheckout(String at) throws IOException {
        Files.delete(fixture.path("home/sms-runner.jar"));
        var jar = fixture.jar(at);

        assertThat(fixture.launch("sh", "runs").out()).contains("<-jar>\n<" + jar + ">");
    }

    @Test
    void missingJarIsNamedWithTheCommandThatBuildsIt() throws IOException {
        Files.delete(fixture.path("home/sms-runner.jar"));

        fixture.launch("sh", "runs").exits(2).prints("There is no sms-runner.jar in " + fixture.path("home/bin"));
        Files.writeString(fixture.path("home/pom.xml"), "");
        fixture.launch("sh", "runs")
                .exits(2)
                .prints(
                        "error: There is no " + fixture.path("home/target/sms-runner.jar"),
                        "mvn -q -ntp package -DskipTests -f " + fixture.path("home/pom.xml"));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void missingJavaIsNamedWithTheRemedy(String shell) throws IOException {
        fixture.with("JAVA_HOME", "/no where")
                .launch(shell, "runs")
                .exits(2)
                .prints("error: JAVA_HOME is /no where, but there is no program /no where/bin/java. Set JAVA_HOME");
        var shellFile = Stream.of(System.getenv("PATH").split(":"))
                .map(each -> Path.of(each, shell).toString())
                .filter(each -> Files.isExecutable(Path.of(each)))
                .findFirst()
                .orElseThrow();
        fixture.with("JAVA_HOME", null)
                .with("PATH", directory.toString())
                .launch(shellFile, "runs")
                .exits(2)
                .prints("error: There is no java on the PATH. Install Java 17 or newer, or set JAVA_HOME to it.");
    }

    @ParameterizedTest
    @CsvSource({
        "1.8.0_392, true, Java 8",
        "1.8.0_392, false, Java 8",
        "11.0.2, true, Java 11",
        "16, false, Java 16",
        "17, true, ''",
        "17.0.15, false, ''",
        "26-ea, true, ''"
    })
    void olderJavaIsRefused(String version, boolean withReleaseFile, String refused) throws IOException {
        fixture.with("JAVA_HOME", fixture.java(version, withReleaseFile).toString());

        var result = fixture.launch("sh", "runs");

        if (refused.isEmpty()) {
            result.exits(LauncherFixture.EXIT_CODE);
        } else {
            result.exits(2).prints(" is " + refused + ". Install Java 17 or newer, or set JAVA_HOME to it.");
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    void javaOfThePathIsFoundThroughSymbolicLinks() throws IOException {
        var java = fixture.java("11.0.2", true).resolve("bin/java");
        Files.createDirectories(fixture.path("usr/bin"));
        Files.createSymbolicLink(fixture.path("usr/alternative"), java);
        Files.createSymbolicLink(fixture.path("usr/bin/java"), Path.of("../alternative"));

        fixture.with("JAVA_HOME", null)
                .with("PATH", fixture.path("usr/bin") + ":" + System.getenv("PATH"))
                .launch("sh", "runs")
                .exits(2)
                .prints(fixture.path("usr/bin/java") + " is Java 11.");
    }

    @Test
    void launcherIsFoundThroughSymbolicLinksAndNamedAsTyped() throws IOException {
        Files.createDirectories(fixture.path("usr/bin"));
        Files.createSymbolicLink(fixture.path("linked home"), Path.of("home"));
        Files.createSymbolicLink(fixture.path("usr/bin/sms-runner"), Path.of("../../linked home/bin/sms-runner"));
        fixture.with("PATH", fixture.path("usr/bin") + ":" + System.getenv("PATH"));
        var jar = "<-jar>\n<" + fixture.path("home/sms-runner.jar") + ">";

        assertThat(fixture.execute("", List.of("usr/bin/sms-runner", "runs")).out())
                .contains("<-Dsms-runner.command=usr/bin/sms-runner>\n" + jar);
        assertThat(fixture.execute("", List.of("sh", "-c", "sms-runner runs")).out())
                .contains("<-Dsms-runner.command=sms-runner>\n" + jar);
        assertThat(fixture.execute("", List.of("sh", "-c", "cd home/bin && ./sms-runner runs"))
                        .out())
                .contains("<-Dsms-runner.command=./sms-runner>\n" + jar);
    }

    @Test
    void archiveIsUsedOnlyWhenItIsCompleteAndOfThisJava() throws IOException {
        var archive = fixture.path("home/sms-runner.jsa");
        var option = "<-XX:SharedArchiveFile=" + archive + ">";
        Files.writeString(archive, "12345");

        assertThat(fixture.launch("sh", "runs").out()).doesNotContain("SharedArchiveFile");
        Files.writeString(fixture.path("home/sms-runner.jsa.stamp"), "5 17.0.9\n");
        assertThat(fixture.launch("sh", "runs").out()).contains(option);
        fixture.with("JAVA_HOME", fixture.java("17.0.10", true).toString());
        assertThat(fixture.launch("sh", "runs").out()).doesNotContain("SharedArchiveFile");
        fixture.with("JAVA_HOME", fixture.java("17.0.9", false).toString());
        assertThat(fixture.launch("sh", "runs").out()).contains(option);
        Files.writeString(archive, "1234");
        assertThat(fixture.launch("sh", "runs").out()).doesNotContain("SharedArchiveFile");
        Files.delete(archive);
        assertThat(fixture.launch("sh", "runs").out()).doesNotContain("SharedArchiveFile");
    }

    @Test
    void messagesAboutTheArchiveAreSwitchedOffInEachVersionOfJava() throws IOException {
        assertThat(fixture.launch("sh", "runs").out())
                .contains("<-Xlog:cds*=off>")
                .doesNotContain("aot");
        fixture.with("JAVA_HOME", fixture.java("25", true).toString());
        assertThat(fixture.launch("sh", "runs").out()).contains("<-Xlog:cds*=off>", "<-Xlog:aot*=off>");
    }
}
