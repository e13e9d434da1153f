package dev.smsrunner.trial;

import dev.smsrunner.scenario.Home;
import dev.smsrunner.scenario.Night;
import java.io.IOException;
import java.nio.file.Files;
import org.springframework.util.FileSystemUtils;

/** One small run whose only purpose is that the classes it loaded are archived when it ends. */
final class Archiving {

    private Archiving() {}

    static void warmUp() throws IOException {
        var directory = Files.createTempDirectory("trial");
        try (var night = Night.of(2, directory, Home.embedded());
                var child = Program.run(night, Switches.NONE)) {
            child.ended().exits(0);
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }
}
