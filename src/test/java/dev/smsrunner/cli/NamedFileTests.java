package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipes, devices and directories in place of input files are rejected. */
@Timeout(60)
class NamedFileTests {

    private static final String ENDPOINT = "http://127.0.0.1:1";

    @TempDir
    Path outside;

    private Path folder;

    @BeforeEach
    void files() throws IOException, InterruptedException {
        folder = Files.createDirectory(outside.resolve("job"));
        Files.createDirectory(folder.resolve("folder"));
        Files.writeString(folder.resolve("big.json"), "{\"priority\": 1" + " ".repeat(65_536) + "}");
        Files.writeString(folder.resolve("bad.json"), "{\"priority\": 7, \"id\": \"x\"}");
        Files.write(folder.resolve("latin.json"), new byte[] {'{', (byte) 0xe9, '}'});
        Files.writeString(outside.resolve("elsewhere.json"), "{\"priority\": 1}");
        Files.createSymbolicLink(folder.resolve("link.json"), outside.resolve("elsewhere.json"));
        Files.createSymbolicLink(folder.resolve("nowhere.json"), folder.resolve("gone.json"));
        assertThat(new ProcessBuilder("mkfifo", pipe().toString()).start().waitFor())
                .isZero();
    }

    private Path pipe() {
        return folder.resolve("pipe");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@/dev/zero           | the file '/dev/zero' is not below the folder of the job file; move it there",
                "@pipe                | the file 'pipe' is not a regular file but a pipe, a socket or a device; give a file",
                "@../elsewhere.json   | the file '../elsewhere.json' is not below the folder of the job file",
                "@link.json           | the file 'link.json' is not below the folder of the job file; move it there, without a link",
                "@nowhere.json        | the file 'nowhere.json' is a link to a file that does not exist; correct the link",
                "@gone.json           | the file 'gone.json' does not exist; write its path relative to the job file",
                "@folder              | the file 'folder' is a directory",
                "@                    | the file '' is a directory",
                "@big.json            | the file 'big.json' is larger than 64 KB",
                "@latin.json          | the file 'latin.json' is not UTF-8 text",
                "@bad.json            | the field id belongs to the agent of SMS; remove it"
            })
    void unreadableFileOfRowIsAProblemOfTheRow(String cell, String problem) throws IOException {
        inventory("server_name,update_json\nerp-db-01,\nerp-db-02," + cell + "\n");
        var job = job("job: update", "");

        for (var command : List.of("plan", "run")) {
            var result = execute(command, job);

            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).contains("inventory.csv:3: update_json: " + problem);
        }
    }

    @Test
    void fileBelowJobFolderIsReadOnce() throws IOException {
        Files.writeString(folder.resolve("folder/good.json"), "\ufeff{\"priority\": 1}");
        inventory("server_name,update_json\n"
                + "erp-db-01,@folder/good.json\nerp-db-02,@folder/../folder/good.json\nerp-db-03,@bad.json\n");

        var result = execute("plan", job("job: update", ""));

        assertThat(result.err())
                .contains("The inventory has 2 problems")
                .contains(":4: update_json: the field id belongs");
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void unreadableFileOfDefaultIsAProblem() throws IOException {
        inventory("server_name\nerp-db-01\n");

        var result = execute("plan", job("job: update", "update: {update_json: '@pipe'}\n"));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("update_json: the default the file 'pipe' is not a regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe", "/dev/zero", "folder"})
    void inventoryMustBeRegularFile(String path) throws IOException {
        var result = execute(
                "plan", job("job: action", "action: {operation: start}\n").replace("inventory.csv", path));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .contains(path.equals("folder") ? "is a directory" : "is not a regular file", "give a CSV file");
    }

    @Test
    void jobFileMustBeRegularFile() {
        for (var path : List.of(pipe().toString(), "/dev/zero")) {
            var result = Shell.execute(Map.of(), "plan", path);

            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err())
                    .contains(path + ": is not a regular file but a pipe", "give a YAML file on a disk");
        }
    }

    /** The name is longer than any file system allows. The operating system words its reasons in the language of the locale. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TOO-LONG   | ': cannot be read: [^;]+; give a '",
                "job.yaml/x | ': cannot be read: [^;]+; give a '",
                "loop       | ': cannot be read: [^;]+; give a '",
                "gone/x     | ': does not exist; check the path'"
            })
    void unreadableFileHasAReasonWithoutTypesOfTheJdk(String name, String problem) throws IOException {
        var job = Files.writeString(folder.resolve("job.yaml"), job("job: action", "action: {operation: start}\n"));
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        var path = folder.resolve(name.equals("TOO-LONG") ? "x".repeat(5_000) : name)
                .toString();

        var jobFile = Shell.execute(Map.of(), "plan", path);
        var inventory = Shell.execute(Map.of(), "plan", job.toString(), "--inventory", path);

        assertThat(List.of(jobFile, inventory)).allSatisfy(result -> {
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).containsPattern(problem).doesNotContain("java.", "Exception");
        });
    }

    @Test
    void overrideIsNamedInsteadOfTheJobFile() throws IOException {
        var job = job("job: action", "action: {operation: start}\n");

        var option = execute("plan", job, "--set", "watch.every=30");
        var both = execute("plan", job + "limits: {burst: 3}\n", "--set", "watch.every=30");

        assertThat(option.exit()).isEqualTo(2);
        assertThat(option.err())
                .startsWith("error: --set watch.every=30: '30' has no unit; write")
                .contains(
                        "error: The option --set has 1 problem. Nothing was changed. Correct the option and run the same command again.");
        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.err())
                .contains("job.yaml:5:10: limits.burst: is not a key")
                .contains(
                        "error: The job file and the option --set have 2 problems. Nothing was changed. Correct both");
    }

    @Test
    void credentialsFileMustBeRegularFile() throws IOException {
        inventory("server_name,source_ip\nerp-db-01,10.0.0.1\n");
        Files.setPosixFilePermissions(pipe(), PosixFilePermissions.fromString("rw-------"));

        var result = execute(
                "plan", job("job: action", "action: {operation: start}\n"), "--credentials-file", pipe().toString());

        assertThat(result.exit()).isNotZero().isNotEqualTo(70);
        assertThat(result.err()).contains("The credentials file " + pipe() + " is not a regular file");
    }

    @ParameterizedTest
    @CsvSource({
        "pipe, is not a regular file but a pipe",
        "/dev/zero, is not a regular file but a pipe",
        "folder, is a directory"
    })
    void auditMustBeRegularFile(String path, String problem) {
        var file = folder.resolve(path);

        var result = Shell.execute(
                Map.of(),
                "verify",
                "last",
                "--audit",
                file.toString(),
                "--data",
                outside.resolve("data").toString());

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("Cannot read the audit: " + file + " " + problem, "Set the audit.jsonl");
    }

    @Test
    void notifyCommandAndFaultFileMustBeRegularFiles() throws IOException {
        inventory("server_name,source_ip\nerp-db-01,10.0.0.1\n");
        Files.setPosixFilePermissions(pipe(), PosixFilePermissions.fromString("rwx------"));

        assertThat(execute("plan", job("job: action", "action: {operation: start}\nnotify: {command: pipe}\n"))
                        .err())
                .contains("notify.command", "'pipe' is not a program that can be executed");
        var result = execute(
                "plan",
                job("job: action", "action: {operation: start}\nsimulator: {faults: pipe}\n")
                        .replace(ENDPOINT, "simulator"));
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("pipe: is not a regular file. Name a fault file on a disk.");
    }

    private void inventory(String text) throws IOException {
        Files.writeString(folder.resolve("inventory.csv"), text);
    }

    private static String job(String kind, String block) {
        return kind + "\ninventory: inventory.csv\nservice: {endpoint: \"" + ENDPOINT + "\"}\n" + block;
    }

    private Shell.Result execute(String command, String job, String... more) throws IOException {
        var file = Files.writeString(folder.resolve("job.yaml"), job);
        var arguments = new ArrayList<>(List.of(
                command, file.toString(), "--data", outside.resolve("data").toString()));
        arguments.addAll(List.of(more));
        return Shell.execute(Map.of("HUAWEICLOUD_SDK_AK", ""), arguments.toArray(String[]::new));
    }
}
