package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A second process on a machine that shows it the first one otherwise than it is. Needs the right to make namespaces. */
class LivenessIT extends Story {

    private final Home home = Home.postgres();

    @Override
    Home home() {
        return home;
    }

    @Test
    void aLivingHolderIsNotTakenForDeadAfterAStepOfTheClockOrInAnotherNamespace() throws Exception {
        var clock = List.of(
                "unshare", "-m", "sh", "-c", "mount --bind " + otherBootTime() + " /proc/stat && exec \"$0\" \"$@\"");
        var namespace = List.of("unshare", "-p", "--fork");
        assumeTrue(works(clock) && works(namespace), "namespaces cannot be made here");
        var night = night(3).job("cutover.window", "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}");

        try (var child = Child.running(night)) {
            child.until("it is at work", () -> night.cloud().starts().size() == 3);
            for (var other : List.of(clock, namespace)) {
                try (var second =
                        Child.behind(other, night, "run", night.jobFile().toString(), "--json")) {
                    second.ended().exits(3).says("Another process", "process " + child.pid());
                }
            }
            assertThat(child.isAlive()).isTrue();
            child.terminate().ended().exits(5);
        }
        night.cloud().sawNothingTwice();
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
        } catch (IOException absent) {
            return false;
        }
    }
}
