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

/** When there is a live page, and what happens when there can be none. */
class DashboardCommandTests {

    @CommandLine.Command(name = "some")
    static final class Some {
        @Mixin
        private DashboardOptions choice = new DashboardOptions();

        @Parameters(index = "0", arity = "0..1")
        private String file = "";
    }

    @Test
    void aPortThatIsTakenEndsTheCommandAndNeverARun(@TempDir Path directory) throws IOException {
        try (var sample = new SampleLedger(directory);
                var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            sample.fill();
            var port = "" + taken.getLocalPort();

            var said = Shell.execute(
                    Map.of(),
                    "dashboard",
                    "--port",
                    port,
                    "--data",
                    sample.data().toString());

            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.err()).contains("Cannot listen on port " + port, "Choose another --port");
        }
    }

    @Test
    void onlyThisMachineIsServed() {
        for (var address : new String[] {"0.0.0.0", "10.0.0.1", "::", "example.com"}) {
            var said = Shell.execute(Map.of(), "dashboard", "--dashboard-address", address);

            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.err()).contains("on this machine only", "ssh -L");
        }
    }

    @Test
    void aPortIsNamedWithAnEqualsSignSoThatTheJobFileStaysTheJobFile() {
        var some = new Some();
        new CommandLine(some).parseArgs("--dashboard", "night.yaml");
        assertThat(some.file).isEqualTo("night.yaml");
        assertThat(some.choice.asked()).isZero();

        var other = new Some();
        new CommandLine(other).parseArgs("--dashboard=8080", "night.yaml");
        assertThat(other.choice.asked()).isEqualTo(8080);
        assertThat(new Some().choice.asked()).isNull();
    }
}
