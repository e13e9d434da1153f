package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second process with a distorted view of the first one. Needs the right to create namespaces. */
class LivenessIT extends ScenarioTest {

    private final StoryDatabase home = StoryDatabase.postgres();

    @Override
    StoryDatabase home() {
        return home;
    }

    @ParameterizedTest
    @EnumSource
    void livingHolderIsRecognised(View view) throws Exception {
        var command = view.command();
        assumeTrue(
                works(command),
                () -> view + " needs Linux and the right to make namespaces (root with CAP_SYS_ADMIN); "
                        + "ProcfsTableTests tries the same views on a planted /proc everywhere");
        var scenario = scenario(3).job("cutover.window", "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}");

        try (var child = ChildProcess.run(scenario)) {
            child.until("it is at work", () -> scenario.cloud().starts().size() == 3);
            try (var second = ChildProcess.startThrough(
                    command, scenario, "run", scenario.jobFile().toString(), "--json")) {
                var result = second.awaitEnd();
                assertThat(result.exitCode()).as(view + result.err()).isEqualTo(3);
                result.prints("Another process", "process " + child.pid());
            }
            assertThat(child.isAlive()).isTrue();
            child.terminate().awaitEnd().exits(5);
        }
        scenario.cloud().assertNoDuplicates();
    }

    /** View of the first process from the second one. */
    private enum View {
        OTHER_CLOCK,
        HIDDEN_PROCESSES,
        OTHER_NAMESPACE;

        List<String> command() throws IOException {
            return switch (this) {
                case OTHER_CLOCK -> otherClock();
                case HIDDEN_PROCESSES -> hiddenProcesses();
                case OTHER_NAMESPACE -> otherNamespace();
            };
        }
    }

    private static List<String> otherClock() throws IOException {
        return List.of(
                "unshare", "-m", "sh", "-c", "mount --bind " + otherBootTime() + " /proc/stat && exec \"$0\" \"$@\"");
    }

    /** Even root needs CAP_SYS_PTRACE or membership in the group to list all processes. */
    private static List<String> hiddenProcesses() {
        return List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t proc -o hidepid=2 proc /proc && exec setpriv --regid 65534 --clear-groups"
                        + " --bounding-set=-sys_ptrace \"$0\" \"$@\"");
    }

    private static List<String> otherNamespace() {
        return List.of("unshare", "-p", "--fork");
    }

    /** The JDK derives the start of each process from the line {@code btime}. */
    private static Path otherBootTime() throws IOException {
        var stat = Files.readString(Path.of("/proc/stat"));
        var file = Files.createTempFile("proc", ".stat");
        file.toFile().deleteOnExit();
        return Files.writeString(file, stat.replaceFirst("btime \\d+", "btime 1790000000"));
    }

    private static boolean works(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(
                                    java.util.stream.Stream.concat(command.stream(), java.util.stream.Stream.of("true"))
                                            .toList())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException ex) {
            return false;
        }
    }
}
