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

/** Something happens to the file of the embedded database between a death and the next command. */
final class FileDamageTrials {

    /** One of them. */
    private interface Damage {
        void on(Path file, Random random) throws IOException;
    }

    /** That one may strike what held nothing any more: then all that was committed is there. */
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

    /** Each is refused in words, by the commands that look too; then the file is put back, or given up for a new run. */
    static void each(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.quiet().job("cutover.window", ConcurrencyTrials.NEXT_CENTURY)) {
            try (var child = InstrumentedProgram.run(night, ground.switches())) {
                child.until("some are started", () -> night.cloud().starts().size() > 4);
                KillTrials.pause(5_000);
                child.kill();
            }
            var file = DatabaseCopy.file(night);
            var whole = Files.readAllBytes(file);
            for (int at = 0; at < ALL.size(); at++) {
                put(file, whole);
                ALL.get(at).on(file, ground.random());
                if (at != SOMEWHERE || night.command("status", "last").exitCode() != 0) {
                    refused(night, "damage " + at, findings);
                }
            }
            put(file, whole);
            if (ground.random().nextBoolean()) {
                ConcurrencyTrials.finished(ground, night, findings);
            } else {
                adopted(ground, night, findings);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void refused(Scenario night, String which, TrialFindings findings) {
        int before = night.cloud().changes().size();
        for (var told : List.of(night.command("runs"), night.command("status", "last"), night.run())) {
            findings.same(told.exitCode(), 4, which + " is refused");
            findings.holds(advice(told), which + ": what to do", told.err());
            findings.holds(!told.err().contains("\tat "), which + ": no stack trace", told.err());
        }
        findings.same(night.cloud().changes().size(), before, which + ": nothing is changed");
    }

    private static boolean advice(CommandResult told) {
        return told.err().contains("estore it from a backup") || told.err().contains("Check that it is a file");
    }

    /** The new run takes over what is in the cloud. */
    private static void adopted(TrialSetup ground, Scenario night, TrialFindings findings) throws IOException {
        FileSystemUtils.deleteRecursively(night.data().resolve("db"));
        night.jobWithout("cutover.window").begins();
        try (var child = InstrumentedProgram.run(night, ground.switches())) {
            var told = child.ended();
            findings.holds(told.exitCode() == 0, "a new run takes over", told.exitCode() + told.err());
            new AuditChecks(night.audit()).add(findings);
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

    /** Sixty-four pages of it. */
    private static void overwritten(Path file, long from, Random random) throws IOException {
        var garbage = new byte[64 * 4096];
        random.nextBytes(garbage);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(garbage), from);
        }
    }
}
