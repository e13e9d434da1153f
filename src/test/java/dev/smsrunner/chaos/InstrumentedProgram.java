package dev.smsrunner.chaos;

import dev.smsrunner.scenario.ChildProcess;
import dev.smsrunner.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The instrumented program with a class archive, which halves its start-up time. */
final class InstrumentedProgram {

    private static final Path JAR = Path.of(System.getProperty("sms-runner.jar", "target/sms-runner.jar"));

    private static final Path OVERLAY = JAR.toAbsolutePath().resolveSibling("trials/inside.jar");
    private static final Path ARCHIVE = JAR.toAbsolutePath().resolveSibling("trials/inside.jsa");

    private static boolean prepared;

    private InstrumentedProgram() {}

    /** Starts a command on the database of the scenario. */
    static ChildProcess start(Scenario scenario, AgentSwitches switches, String... arguments) {
        prepare();
        return ChildProcess.of(scenario, java(switches), scenario.withDatabase(arguments));
    }

    /** Starts or resumes the job of the scenario. */
    static ChildProcess run(Scenario scenario, AgentSwitches switches) {
        scenario.prepare();
        return start(scenario, switches, "run", scenario.jobFile().toString(), "--json");
    }

    private static List<String> java(AgentSwitches switches) {
        var arguments = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        arguments.add(
                Files.exists(ARCHIVE) ? "-XX:SharedArchiveFile=" + ARCHIVE : "-XX:ArchiveClassesAtExit=" + ARCHIVE);
        arguments.add("-Xlog:cds=off");
        arguments.add("-Xlog:cds+dynamic=off");
        arguments.addAll(switches.properties());
        arguments.addAll(List.of("-cp", OVERLAY + ":" + JAR.toAbsolutePath(), "dev.smsrunner.SmsRunner"));
        return arguments;
    }

    /** Rebuilds the overlay once per set of tests, since the program may have changed. */
    static synchronized void prepare() {
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
