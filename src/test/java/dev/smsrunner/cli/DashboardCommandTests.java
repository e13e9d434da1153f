package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.report.SampleLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Options and failures of the live page. */
class DashboardCommandTests {

    @CommandLine.Command(name = "some")
    static final class Some {
        @Mixin
        private DashboardOptions options = new DashboardOptions();

        @Parameters(index = "0", arity = "0..1")
        private String file = "";
    }

    @Test
    void occupiedPortEndsTheCommand(@TempDir Path directory) throws IOException {
        try (var sample = new SampleLedger(directory);
                var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            sample.fill();
            var port = "" + taken.getLocalPort();

            var result = Shell.execute(
                    Map.of(),
                    "dashboard",
                    "--port",
                    port,
                    "--data",
                    sample.data().toString());

            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).contains("Cannot listen on port " + port, "Choose another --port");
        }
    }

    @Test
    void nonLoopbackAddressIsRefused() {
        for (var address : new String[] {"0.0.0.0", "10.0.0.1", "::", "example.com"}) {
            var result = Shell.execute(Map.of(), "dashboard", "--dashboard-address", address);

            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).contains("has no TLS", "ssh -L");
        }
    }

    @Test
    void portNeedsEqualsSign() {
        var some = new Some();
        new CommandLine(some).parseArgs("--dashboard", "night.yaml");
        assertThat(some.file).isEqualTo("night.yaml");
        assertThat(some.options.requestedPort()).isZero();

        var other = new Some();
        new CommandLine(other).parseArgs("--dashboard=8080", "night.yaml");
        assertThat(other.options.requestedPort()).isEqualTo(8080);
        assertThat(new Some().options.requestedPort()).isNull();
    }
}
