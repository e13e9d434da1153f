package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Output and refusals of the simulate command. */
class SimulateCommandTests {

    private final StringWriter err = new StringWriter();

    @Test
    void printsItsAddressAndServesUntilInterrupted() throws Exception {
        PipedReader reader = new PipedReader();
        CommandLine command = command(Map.of()).setOut(new PrintWriter(new PipedWriter(reader)));
        Thread thread = new Thread(() -> command.execute("--no-auth", "--servers", "3"));
        thread.start();

        String line = new BufferedReader(reader).readLine();
        assertThat(line).matches("listening on http://127\\.0\\.0\\.1:\\d+");
        assertThat(get(line.substring("listening on ".length()) + "/v3/sources"))
                .contains("\"count\":3");

        thread.interrupt();
        thread.join();
    }

    @Test
    void withoutCredentialsItRefusesWithRemedy() {
        assertThat(command(Map.of()).execute()).isEqualTo(2);
        assertThat(err.toString()).contains("HUAWEICLOUD_SDK_AK").contains("--no-auth");
    }

    @Test
    void incompleteKeyPairIsRefused() {
        assertThat(command(Map.of("CLOUD_SDK_AK", "key", "CLOUD_SDK_SK", " ")).execute())
                .isEqualTo(2);
    }

    @Test
    void invalidFaultFileOrValueIsBadInput(@TempDir Path directory) throws IOException {
        Path faults = Files.writeString(directory.resolve("faults.yaml"), "server: []\n");

        assertThat(command(Map.of()).execute("--no-auth", "--faults", faults.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("faults.yaml").contains("'server'");
        assertThat(command(Map.of()).execute("--no-auth", "--speed", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("speed is 0.0 (must be above 0)");
        assertThat(command(Map.of())
                        .execute(
                                "--no-auth",
                                "--faults",
                                directory.resolve("none").toString()))
                .isEqualTo(2);
    }

    private CommandLine command(Map<String, String> environment) {
        return new CommandLine(new SimulateCommand(environment))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    return ((CommandException) failure).exitCode().code();
                });
    }

    private static String get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
