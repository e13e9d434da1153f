package dev.smsrunner.run.lease;

import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.LeaseHolder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Identity of this process and liveness of other processes of this machine. */
public final class ProcessIdentity {

    private ProcessIdentity() {}

    static LeaseHolder holder() {
        return table().holder();
    }

    /** Whether the holder of the lease was a process of this machine and has ended, so that no process must wait for it. */
    public static boolean isGone(Lease lease) {
        return liveness(lease) == Liveness.GONE;
    }

    /** Whether the holder of the lease is a process of this machine. */
    static boolean isHere(Lease lease) {
        return table().isHere(lease);
    }

    /** Whether the holder of the lease runs. */
    static Liveness liveness(Lease lease) {
        return table().liveness(lease);
    }

    private static ProcessTable table() {
        return System.getProperty("os.name").startsWith("Linux")
                ? new ProcfsTable(Path.of("/proc"), ProcessHandle.current().pid(), host())
                : new JvmProcessTable(host());
    }

    /** Name of this machine. */
    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException ex) {
            return unresolvedHost(); // the name has no address, as in many containers
        }
    }

    private static String unresolvedHost() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException ex) {
            return System.getenv().getOrDefault("HOSTNAME", "localhost");
        }
    }
}
