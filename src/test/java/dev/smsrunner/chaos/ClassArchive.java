package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.scenario.StoryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import org.springframework.util.FileSystemUtils;

/** A small run that archives its loaded classes. */
final class ClassArchive {

    private ClassArchive() {}

    static void warmUp() throws IOException {
        var directory = Files.createTempDirectory("trial");
        try (var scenario = Scenario.of(2, directory, StoryDatabase.embedded());
                var child = InstrumentedProgram.run(scenario, AgentSwitches.NONE)) {
            child.awaitEnd().exits(0);
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }
}
