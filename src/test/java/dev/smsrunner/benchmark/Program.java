package dev.smsrunner.benchmark;

import java.nio.file.Path;
import java.util.List;

/** A way to start the packaged program. */
enum Program {
    JAR(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            Path.of("target/sms-runner.jar").toAbsolutePath().toString())),
    LAUNCHER(List.of(Path.of("bin/sms-runner").toAbsolutePath().toString()));

    private final List<String> command;

    Program(List<String> command) {
        this.command = command;
    }

    /** Program and options, before the arguments. */
    List<String> command() {
        return command;
    }

    /** Text of a table. */
    String label() {
        return this == JAR ? "java -jar" : "bin/sms-runner";
    }
}
