package dev.smsrunner.run;

import dev.smsrunner.ledger.Holder;
import dev.smsrunner.ledger.Lease;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Who this process is, and whether another one of this machine still lives. */
public final class ThisProcess {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path PID_SPACE = Path.of("/proc/self/ns/pid");

    private ThisProcess() {}

    static Holder holder() {
        var self = ProcessHandle.current();
        return new Holder(host(), space(), self.pid(), started(self));
    }

    /** Whether the holder of the lease was a process of this machine that is gone: nobody has to wait for it. */
    public static boolean isGone(Lease lease) {
        return isHere(lease) && !lives(lease);
    }

    /** Whether the holder of the lease is a process of this machine. */
    static boolean isHere(Lease lease) {
        return host().equals(lease.host()) && space().equals(lease.space());
    }

    private static boolean lives(Lease lease) {
        return ProcessHandle.of(lease.pid())
                .filter(ProcessHandle::isAlive)
                .filter(process -> started(process).equals(lease.processStarted()))
                .filter(process -> !isZombie(process.pid()))
                .isPresent();
    }

    /** A killed process whose parent does not care for it still has an id, and does nothing any more. */
    private static boolean isZombie(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException | RuntimeException unknown) {
            return false;
        }
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException unnamed) {
            return System.getenv().getOrDefault("HOSTNAME", "localhost");
        }
    }

    /** Containers may share a host name: a process id says something only within one boot and one space of ids. */
    private static String space() {
        try {
            return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(PID_SPACE);
        } catch (IOException | RuntimeException otherSystem) {
            return System.getProperty("os.name") + " " + host();
        }
    }
}
