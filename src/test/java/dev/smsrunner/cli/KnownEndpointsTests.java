package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which hosts may get credentials without a word. */
class KnownEndpointsTests {

    private static final String HOST = "sms.example.com";

    @TempDir
    private Path data;

    private final List<String> asked = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    private KnownEndpoints answering(String answer) {
        return new KnownEndpoints(
                data,
                question -> {
                    asked.add(question);
                    return answer;
                },
                said::add);
    }

    @Test
    void aNewHostIsConfirmedOnceAtATerminal() throws Exception {
        answering("yes").confirm(HOST);
        answering("no").confirm("SMS.example.com");

        assertThat(asked).hasSize(1).first().asString().contains(HOST);
        assertThat(data.resolve("known-endpoints")).hasContent(HOST);
        assertThat(Files.getPosixFilePermissions(data.resolve("known-endpoints")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whoDoesNotConfirmSendsNothingAndIsAskedAgain() {
        for (var answer : new String[] {"n", "", null}) {
            assertThatThrownBy(() -> answering(answer).confirm(HOST))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("nothing was sent");
        }

        assertThat(asked).hasSize(3);
        assertThat(data.resolve("known-endpoints")).doesNotExist();
    }

    @Test
    void withoutATerminalANewHostIsNamedOnce() {
        for (int time = 0; time < 2; time++) {
            new KnownEndpoints(data, null, said::add).confirm(HOST + ":8443");
        }

        assertThat(said).hasSize(1).first().asString().startsWith("warning: Endpoint sms.example.com:8443");
    }

    @Test
    void anotherPortOrANameThatBeginsAlikeIsAnotherHost() {
        answering("y").confirm(HOST);

        assertThat(answering("y").has(HOST)).isTrue();
        assertThat(answering("y").has(HOST + ":444")).isFalse();
        assertThat(answering("y").has(HOST + ".example.net")).isFalse();
        assertThat(answering("y").has("localhost.example.net")).isFalse();
    }

    @Test
    void thisMachineNeedsNoConfirmation() {
        for (var host : List.of("localhost", "127.0.0.1:8080", "[::1]:9000", "localhost:1")) {
            answering("n").confirm(host);
        }

        assertThat(asked).isEmpty();
        assertThat(said).isEmpty();
    }
}
