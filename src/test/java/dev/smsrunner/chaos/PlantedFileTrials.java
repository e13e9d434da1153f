package dev.smsrunner.chaos;

import dev.smsrunner.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** An existing data directory that another user could have changed. */
final class PlantedFileTrials {

    private static final List<String> PATHS = List.of("", "db", "db/sms-runner.mv.db");

    private PlantedFileTrials() {}

    /** Each is refused before the database is opened, with the correcting command. */
    static void refused(TrialSetup setup, TrialFindings findings) {
        try (var scenario = setup.quiet()) {
            Database.open(scenario.data(), null, Map.of()).close();
            for (var path : PATHS) {
                var shared = scenario.data().resolve(path);
                var before = Files.getPosixFilePermissions(shared);
                Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
                var lock = opened(scenario.data());
                try (var child = InstrumentedProgram.start(scenario, setup.switches(), "runs")) {
                    var result = child.awaitEnd();
                    findings.holds(result.exitCode() == 2, "refused: " + path, result.exitCode() + result.err());
                    findings.holds(result.err().contains("chmod go-w " + shared), "the cure of " + path, result.err());
                }
                findings.holds(opened(scenario.data()).equals(lock), "nothing was opened: " + path, lock);
                Files.setPosixFilePermissions(shared, before);
            }
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    /** Modification time of the database file, which changes whenever it is opened. */
    private static Object opened(Path data) throws IOException {
        return Files.getLastModifiedTime(data.resolve("db/sms-runner.mv.db"));
    }
}
