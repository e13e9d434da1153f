package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program under the locales, users and directories of other machines. */
class MachineIT extends ScenarioTest {

    private static final Path JAR = Path.of(System.getProperty("sms-runner.jar", "target/sms-runner.jar"));
    private static final int NOBODY = 65_534;

    @TempDir
    private Path directory;

    /** A whole run with the built-in simulator. Another locale reads it. */
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "tr-TR", "th-TH-u-ca-buddhist-nu-thai"})
    void localeChangesNothing(String locale) throws IOException {
        var scenario = scenario(1);
        var job = Files.writeString(directory.resolve("night.yaml"), """
                job: migrate
                inventory: %s
                service: {endpoint: simulator}
                defaults: {migration_type: MIGRATE_FILE, target_region: ap-southeast-3}
                limits: {requests-per-second: auto}
                watch: {every: 100ms, stalled-after: 30s}
                cutover: {when: synced}
                report: {directory: reports}
                simulator: {servers: 48, seed: 7, speed: 6000}
                """.formatted(
                        Path.of("sample-data/inventory.csv").toAbsolutePath()));

        var english = execute(scenario, "en-US", "plan", job.toString(), "--json");
        var other = execute(scenario, locale, "plan", job.toString(), "--json");
        var run = execute(scenario, locale, "run", job.toString(), "--json");

        assertThat(other.out()).isEqualTo(english.out()).isNotEmpty();
        assertThat(run.exitCode()).as(run.err()).isIn(0, 1);
        assertThat(run.outcomes().get("MIGRATED")).isGreaterThan(20);
        assertThat(execute(scenario, "en-US", "verify", "last").exitCode()).isZero();
        var reports = directory.resolve("reports");
        try (Stream<Path> files = Files.walk(reports)) {
            var csv = files.filter(file -> file.endsWith("report.csv"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(csv)).doesNotContainPattern("[\\u0660-\\u0669\\u0e50-\\u0e59]");
        }
    }

    @Test
    void pathThatTheLocaleCannotNameIsRefusedWithTheRemedy() throws IOException {
        var scenario = scenario(1);
        var inventory = Files.writeString(directory.resolve("night.yaml"), """
                job: migrate
                inventory: n\u00e4cht.csv
                service: {endpoint: simulator}
                """);
        var remedy = "the locale of this process (LC_ALL=C, ";

        var argument = inLocaleC(scenario, "$(printf 'n\\303\\244cht.yaml')", "plan");
        var setting = inLocaleC(scenario, "", "plan", inventory.toString());
        var data = inLocaleC(scenario, "--data $(printf 'd\\303\\244ta')", "runs");

        assertThat(List.of(argument, setting, data)).allSatisfy(refused -> {
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
            assertThat(refused.err()).contains(remedy, "cannot write", "set LC_ALL=C.UTF-8");
        });
        assertThat(setting.err()).contains("night.yaml:2:12: inventory: ");
    }

    @Test
    void dataDirectoryOfAnotherUserIsPermissionDenied() throws IOException {
        var scenario = scenario(1);
        scenario.command("runs").exits(0);
        var privateDirectory = Files.createDirectory(directory.resolve("private"), owner("rwx------"));
        var data = Files.createDirectories(privateDirectory.resolve("data"));
        boolean root = ProcessHandle.current().info().user().orElse("").equals("root");
        if (!root) {
            Files.setPosixFilePermissions(privateDirectory, PosixFilePermissions.fromString("---------"));
        }
        try {
            for (var command : List.of("status", "runs", "resume", "report", "verify")) {
                var result = asOtherUser(root, scenario, command, "--data", data.toString());

                assertThat(result.exitCode()).as(command + ": " + result.err()).isEqualTo(2);
                assertThat(result.err())
                        .contains("Permission denied for the data directory " + data, "--data")
                        .doesNotContain("There is no run");
            }
        } finally {
            Files.setPosixFilePermissions(privateDirectory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static FileAttribute<?> owner(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /** As root through another user, since permissions do not apply to root; that user needs a readable jar. */
    private CommandResult asOtherUser(boolean root, Scenario scenario, String... arguments) throws IOException {
        if (!root) {
            return end(ChildProcess.startWithoutDatabase(scenario, arguments));
        }
        var open = Files.createTempDirectory("jar");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        var jar = Files.copy(JAR, open.resolve("sms-runner.jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
        var command = "cd / && exec setpriv --reuid %d --regid %d --clear-groups \"$0\" -jar '%s' %s"
                .formatted(NOBODY, NOBODY, jar, String.join(" ", arguments));
        try {
            return end(ChildProcess.startThrough(List.of("sh", "-c", command), scenario));
        } finally {
            Files.delete(jar);
            Files.delete(open);
        }
    }

    private static CommandResult inLocaleC(Scenario scenario, String last, String... arguments) {
        var script = "LC_ALL=C; export LC_ALL; exec \"$0\" \"$@\" " + last;
        return end(ChildProcess.startWithoutDatabaseThrough(List.of("sh", "-c", script), scenario, arguments));
    }

    private CommandResult execute(Scenario scenario, String tag, String... arguments) {
        var locale = Locale.forLanguageTag(tag);
        var options = new ArrayList<>(
                Map.of("user.language", locale.getLanguage(), "user.country", locale.getCountry()).entrySet().stream()
                        .map(each -> "-D%s=%s".formatted(each.getKey(), each.getValue()))
                        .toList());
        if (tag.contains("-u-")) {
            options.add("-Duser.extensions=" + tag.substring(tag.indexOf("-u-") + 1));
        }
        options.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR.toString()));
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", directory.resolve("data").toString()));
        return end(ChildProcess.of(scenario, options, all.toArray(String[]::new)));
    }

    private static CommandResult end(ChildProcess child) {
        try (child) {
            return child.awaitEnd();
        }
    }
}
