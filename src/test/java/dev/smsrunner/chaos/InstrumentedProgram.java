package dev.smsrunner.chaos;

import dev.smsrunner.scenario.ChildProcess;
import dev.smsrunner.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged program with the overlay before it, and an archive of its classes that lets it start in half the time. */
final class InstrumentedProgram {

    private static final Path JAR = Path.of(System.getProperty("sms-runner.jar", "target/sms-runner.jar"));

    private static final Path OVERLAY = JAR.toAbsolutePath().resolveSibling("trials/inside.jar");
    private static final Path ARCHIVE = JAR.toAbsolutePath().resolveSibling("trials/inside.jsa");

    private static boolean prepared;

    private InstrumentedProgram() {}

    /** Starts a command on the database of the night. */
    static ChildProcess start(Scenario night, AgentSwitches switches, String... words) {
        prepare();
        return ChildProcess.of(night, java(switches), night.onThisDatabase(words));
    }

    /** Starts, or goes on with, the job of the night. */
    static ChildProcess run(Scenario night, AgentSwitches switches) {
        night.begins();
        return start(night, switches, "run", night.jobFile().toString(), "--json");
    }

    private static List<String> java(AgentSwitches switches) {
        var words = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        words.add(Files.exists(ARCHIVE) ? "-XX:SharedArchiveFile=" + ARCHIVE : "-XX:ArchiveClassesAtExit=" + ARCHIVE);
        words.add("-Xlog:cds=off");
        words.add("-Xlog:cds+dynamic=off");
        words.addAll(switches.properties());
        words.addAll(List.of("-cp", OVERLAY + ":" + JAR.toAbsolutePath(), "dev.smsrunner.SmsRunner"));
        return words;
    }

    /** Once per set of tests: the program may have been built anew. */
    private static synchronized void prepare() {
        if (!prepared) {
            try {
                InstrumentationJar.of(JAR, OVERLAY);
                Files.deleteIfExists(ARCHIVE);
                prepared = true;
                ClassArchive.warmUp();
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }
}
