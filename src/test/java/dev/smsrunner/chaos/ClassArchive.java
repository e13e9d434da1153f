package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.scenario.StoryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import org.springframework.util.FileSystemUtils;

/** One small run whose only purpose is that the classes it loaded are archived when it ends. */
final class ClassArchive {

    private ClassArchive() {}

    static void warmUp() throws IOException {
        var directory = Files.createTempDirectory("trial");
        try (var night = Scenario.of(2, directory, StoryDatabase.embedded());
                var child = InstrumentedProgram.run(night, AgentSwitches.NONE)) {
            child.ended().exits(0);
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }
}
