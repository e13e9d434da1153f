package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.database.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Confirmation of hosts that receive credentials. */
@Timeout(60)
class KnownEndpointsTests {

    private static final String HOST = "sms.example.com";

    @TempDir
    private Path data;

    @TempDir
    private Path jobs;

    private final InProcessCli cli = new InProcessCli()
            .environment("HUAWEICLOUD_SDK_AK", "AK-EXAMPLE-0000000001")
            .environment("HUAWEICLOUD_SDK_SK", "sk-example-of-a-test-0001");
    private final List<String> prompts = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private KnownEndpoints answering(String answer) {
        return new KnownEndpoints(
                data,
                question -> {
                    prompts.add(question);
                    return answer;
                },
                false,
                warnings::add);
    }

    @Test
    void newHostIsConfirmedOnceAtTerminal() throws Exception {
        answering("yes").confirm(HOST);
        answering("no").confirm("SMS.example.com");

        assertThat(prompts).hasSize(1).first().asString().contains(HOST);
        assertThat(data.resolve("known-endpoints")).hasContent(HOST);
        assertThat(Files.getPosixFilePermissions(data.resolve("known-endpoints")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void refusedHostGetsNothingAndPromptsAgain() {
        for (var answer : new String[] {"n", "", null}) {
            assertThatThrownBy(() -> answering(answer).confirm(HOST))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("nothing was sent");
        }

        assertThat(prompts).hasSize(3);
        assertThat(data.resolve("known-endpoints")).doesNotExist();
    }

    @Test
    void withoutTerminalEachUseWarns() {
        for (int time = 0; time < 2; time++) {
            new KnownEndpoints(data, null, false, warnings::add).confirm(HOST + ":8443");
        }
        assertThat(warnings)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("Endpoint sms.example.com:8443")
                        .contains("--yes"));
        assertThat(data.resolve("known-endpoints")).doesNotExist();

        answering("y").confirm(HOST + ":8443");
        assertThat(prompts).hasSize(1);
    }

    @Test
    void confirmedHostIsReportedOnceWithoutPrompt() {
        for (int time = 0; time < 2; time++) {
            new KnownEndpoints(data, question -> "n", true, warnings::add).confirm(HOST);
        }

        assertThat(warnings).singleElement().asString().startsWith("Endpoint " + HOST);
        assertThat(data.resolve("known-endpoints")).hasContent(HOST);
    }

    @Test
    void listOver64KilobytesIsRejected() throws Exception {
        Files.writeString(data.resolve("known-endpoints"), (HOST + "\n").repeat(5_000));

        assertThatThrownBy(() -> answering("y").contains(HOST))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("larger than 64 KB");
    }

    @Test
    void otherPortOrLongerNameIsAnotherHost() {
        answering("y").confirm(HOST);

        assertThat(answering("y").contains(HOST)).isTrue();
        assertThat(answering("y").contains(HOST + ":444")).isFalse();
        assertThat(answering("y").contains(HOST + ".example.net")).isFalse();
        assertThat(answering("y").contains("localhost.example.net")).isFalse();
    }

    @Test
    void localHostNeedsNoConfirmation() {
        for (var host : List.of("localhost", "127.0.0.1:8080", "[::1]:9000", "localhost:1")) {
            answering("n").confirm(host);
        }

        assertThat(prompts).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe", "link", "folder", "written by others"})
    void foreignListIsBadInput(String kind) throws Exception {
        var list = data.resolve("known-endpoints");
        switch (kind) {
            case "pipe" ->
                assertThat(new ProcessBuilder("mkfifo", "-m", "600", list.toString())
                                .start()
                                .waitFor())
                        .isZero();
            case "link" -> Files.createSymbolicLink(list, Path.of("/dev/zero"));
            case "folder" -> PrivateDirectory.create(list);
            default -> {
                Files.writeString(list, "sms.invalid\n");
                Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-rw-rw-"));
            }
        }

        assertThat(plan(data)).isEqualTo(2);
        assertThat(cli.err()).contains(list.toString()).doesNotContain("internal error", "warning:");
    }

    @Test
    void dataDirectoryWritableByOthersIsRejected() throws Exception {
        Files.writeString(data.resolve("known-endpoints"), "sms.invalid\n");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(plan(data)).isEqualTo(2);
        assertThat(cli.err()).contains("chmod go-w " + data);
    }

    @Test
    void quietPlanWarnsAboutNewHostAndCreatesNothing() throws Exception {
        var absent = data.resolve("absent");

        assertThat(plan(absent, "--quiet")).isEqualTo(4);
        assertThat(cli.err()).startsWith("warning: Endpoint sms.invalid");
        assertThat(absent).doesNotExist();
    }

    /** Plans a job at a host that cannot be resolved. */
    private int plan(Path directory, String... more) throws IOException {
        Files.writeString(jobs.resolve("inventory.csv"), "server_name,source_ip\nerp-db-01,10.0.0.1\n");
        var job = Files.writeString(jobs.resolve("job.yaml"), """
                job: action
                service: {endpoint: 'https://sms.invalid'}
                inventory: inventory.csv
                action: {operation: start}
                """);
        var arguments = new ArrayList<>(List.of("plan", job.toString(), "--data", directory.toString()));
        arguments.addAll(List.of(more));
        return cli.execute(arguments.toArray(String[]::new));
    }
}
