package dev.smsrunner.chaos;

import dev.smsrunner.scenario.CommandResult;
import dev.smsrunner.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.springframework.util.FileSystemUtils;

/** The file of the embedded database is damaged between a kill and the next command. */
final class FileDamageTrials {

    /** A kind of damage. */
    private interface Damage {
        void on(Path file, Random random) throws IOException;
    }

    /** This damage may hit unused pages, where it loses no data. */
    private static final int SOMEWHERE = 4;

    private static final List<Damage> ALL = List.of(
            (file, random) -> truncated(file, Files.size(file) / 2),
            (file, random) -> truncated(file, 4096),
            (file, random) -> truncated(file, 0),
            (file, random) -> overwritten(file, 0, random),
            (file, random) -> overwritten(file, 8192 + random.nextLong(Files.size(file) / 2), random),
            (file, random) -> Files.delete(file),
            (file, random) -> {
                Files.delete(file);
                Files.createDirectory(file);
            });

    private FileDamageTrials() {}

    /** Every command refuses each damage with a message. Then the file is restored, or replaced by a new run. */
    static void each(TrialSetup setup, TrialFindings findings) {
        try (var scenario = setup.quiet().job("cutover.window", ConcurrencyTrials.NEXT_CENTURY)) {
            try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
                child.until("some are started", () -> scenario.cloud().starts().size() > 4);
                KillTrials.pause(5_000);
                child.kill();
            }
            var file = DatabaseCopy.file(scenario);
            var whole = Files.readAllBytes(file);
            for (int at = 0; at < ALL.size(); at++) {
                put(file, whole);
                ALL.get(at).on(file, setup.random());
                if (at != SOMEWHERE || scenario.command("status", "last").exitCode() != 0) {
                    refused(scenario, "damage " + at, findings);
                }
            }
            put(file, whole);
            if (setup.random().nextBoolean()) {
                ConcurrencyTrials.finished(setup, scenario, findings);
            } else {
                adopted(setup, scenario, findings);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void refused(Scenario scenario, String which, TrialFindings findings) {
        int before = scenario.cloud().changes().size();
        for (var result : List.of(scenario.command("runs"), scenario.command("status", "last"), scenario.run())) {
            findings.same(result.exitCode(), 4, which + " is refused");
            findings.holds(advice(result), which + ": what to do", result.err());
            findings.holds(!result.err().contains("\tat "), which + ": no stack trace", result.err());
        }
        findings.same(scenario.cloud().changes().size(), before, which + ": nothing is changed");
    }

    private static boolean advice(CommandResult result) {
        return result.err().contains("estore it from a backup") || result.err().contains("Check that it is a file");
    }

    /** The new run adopts the tasks of the cloud. */
    private static void adopted(TrialSetup setup, Scenario scenario, TrialFindings findings) throws IOException {
        FileSystemUtils.deleteRecursively(scenario.data().resolve("db"));
        scenario.jobWithout("cutover.window").prepare();
        try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
            var result = child.awaitEnd();
            findings.holds(result.exitCode() == 0, "a new run takes over", result.exitCode() + result.err());
            new AuditChecks(scenario.audit()).add(findings);
        }
    }

    private static void put(Path file, byte[] whole) throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(file.resolveSibling("sms-runner.lock.db"));
        Files.write(file, whole);
    }

    private static void truncated(Path file, long size) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    /** Overwrites 64 pages. */
    private static void overwritten(Path file, long from, Random random) throws IOException {
        var garbage = new byte[64 * 4096];
        random.nextBytes(garbage);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(garbage), from);
        }
    }
}
