package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cli.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipOutputStream;

/**
 * A copy of the launcher in a directory of its own, with an empty jar and a substitute for Java. The substitute prints its
 * arguments, one per line in angle brackets, then its standard input, and exits with 7.
 */
final class LauncherFixture {

    /** The launcher of the checkout. */
    static final Path LAUNCHER = Path.of("bin/sms-runner").toAbsolutePath();

    static final int EXIT_CODE = 7;

    /** Variables with which Java takes options, beside {@code JAVA_TOOL_OPTIONS}. */
    private static final List<String> OF_JAVA = List.of("JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final Path directory;
    private final Map<String, String> environment = new TreeMap<>();

    LauncherFixture(Path directory) throws IOException {
        this.directory = directory.toRealPath();
        install("home");
        jar("home");
        environment.put("JAVA_HOME", java("17.0.9", true).toString());
    }

    /** Copies the launcher, and the program that makes the archive, to {@code DIRECTORY/bin}. */
    private void install(String at) throws IOException {
        var bin = Files.createDirectories(directory.resolve(at).resolve("bin"));
        for (String name : List.of("sms-runner", "sms-runner-archive")) {
            Files.copy(LAUNCHER.resolveSibling(name), bin.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Creates an empty jar in a directory. */
    Path jar(String at) throws IOException {
        var jar = Files.createDirectories(directory.resolve(at)).resolve("sms-runner.jar");
        new ZipOutputStream(Files.newOutputStream(jar)).close();
        return jar;
    }

    /** Creates a substitute for Java and returns its home. */
    Path java(String version, boolean withReleaseFile) throws IOException {
        var home = directory.resolve("java-" + version + (withReleaseFile ? "" : "-unnamed"));
        var program = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(program, """
                #!/bin/sh
                for each in ${JAVA_TOOL_OPTIONS:-} "$@"; do
                    case $each in
                        -Xmx8x)
                            printf 'Invalid maximum heap size: -Xmx8x\nError: Could not create the Java Virtual Machine.\n' >&2
                            exit 1 ;;
                        -version)
                            echo 'openjdk version "%s" 2026-04-15' >&2
                            exit 0 ;;
                    esac
                done
                printf '<%%s>\\n' "$@"
                cat
                exit %d
                """.formatted(version, EXIT_CODE));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        if (withReleaseFile) {
            Files.writeString(
                    home.resolve("release"), "IMPLEMENTOR=\"Example\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        }
        return home;
    }

    /** Sets a variable of the environment; null removes it. */
    LauncherFixture with(String name, String value) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
        return this;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** The installed launcher. */
    Path launcher() {
        return path("home/bin/sms-runner");
    }

    /** Executes a command in the directory, with standard input. */
    CommandResult execute(String input, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("SMS_RUNNER_") || name.startsWith("JAVA_") || OF_JAVA.contains(name));
        builder.environment().putAll(environment);
        var out = Files.createTempFile(directory, "launcher", ".out");
        var err = Files.createTempFile(directory, "launcher", ".err");
        var process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        } finally {
            process.destroyForcibly();
        }
        return new CommandResult(new Shell.Result(process.exitValue(), Files.readString(out), Files.readString(err)));
    }

    /** Executes a shell with the installed launcher and arguments. */
    CommandResult launch(String shell, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(shell, launcher().toString()));
        command.addAll(Arrays.asList(arguments));
        return execute("", command);
    }
}
