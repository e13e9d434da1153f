package dev.smsrunner.chaos;

import dev.smsrunner.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** The data directory was there before, and another user could have put something into it. */
final class PlantedFileTrials {

    private static final List<String> PATHS = List.of("", "db", "db/sms-runner.mv.db");

    private PlantedFileTrials() {}

    /** Each is refused before anything is opened, with the command that corrects it. */
    static void refused(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.quiet()) {
            Database.open(night.data(), null, Map.of()).close();
            for (var path : PATHS) {
                var shared = night.data().resolve(path);
                var before = Files.getPosixFilePermissions(shared);
                Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
                var lock = opened(night.data());
                try (var child = InstrumentedProgram.start(night, ground.switches(), "runs")) {
                    var told = child.ended();
                    findings.holds(told.exitCode() == 2, "refused: " + path, told.exitCode() + told.err());
                    findings.holds(told.err().contains("chmod go-w " + shared), "the cure of " + path, told.err());
                }
                findings.holds(opened(night.data()).equals(lock), "nothing was opened: " + path, lock);
                Files.setPosixFilePermissions(shared, before);
            }
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    /** The file of the database changes whenever it is opened. */
    private static Object opened(Path data) throws IOException {
        return Files.getLastModifiedTime(data.resolve("db/sms-runner.mv.db"));
    }
}
