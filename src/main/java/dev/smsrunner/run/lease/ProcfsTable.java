package dev.smsrunner.run.lease;

import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.LeaseHolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Process table of Linux, read from {@code /proc}. It compares start times as clock ticks since the boot (proc(5), field 22 of
 * {@code stat}). The JDK derives start times from the wall clock, so a clock change would make a living process look new.
 *
 * @param proc root of the proc file system, {@code /proc}
 * @param pid id of this process
 */
record ProcfsTable(Path proc, long pid, String host) implements ProcessTable {

    private static final String UNKNOWN = "unknown";
    private static final String TICKS = "ticks=";

    @Override
    public LeaseHolder holder() {
        return new LeaseHolder(host, space(), pid, startMark());
    }

    /** Also compares the host name, since a host with another name may be a clone of the machine. */
    @Override
    public boolean isHere(Lease lease) {
        var space = lease.space();
        return host.equals(lease.host())
                && space != null
                && !UNKNOWN.equals(space())
                && (space.equals(space()) || space.equals(earlierSpace()));
    }

    @Override
    public Liveness liveness(Lease lease) {
        var started = lease.processStarted();
        if (started == null || !started.startsWith(TICKS)) {
            return Liveness.UNKNOWN; // earlier versions wrote an instant
        }
        if (!isHere(lease) || !new ProcfsView(proc, pid).isOwnNamespace()) {
            return Liveness.UNKNOWN;
        }
        try {
            var stat = ProcessStat.read(proc.resolve(lease.pid() + "/stat"));
            return isSame(stat, started) && !stat.isZombie() ? Liveness.ALIVE : Liveness.GONE;
        } catch (NoSuchFileException ex) {
            return new ProcfsView(proc, pid).showsAll(lease.pid()) ? Liveness.GONE : Liveness.UNKNOWN;
        } catch (IOException ex) {
            return Liveness.UNKNOWN;
        }
    }

    /** Compares the start time, since a process id can be reused. */
    private static boolean isSame(ProcessStat stat, String started) {
        return started.equals(TICKS + stat.startTicks());
    }

    private String startMark() {
        try {
            return TICKS + ProcessStat.read(proc.resolve("self/stat")).startTicks();
        } catch (IOException ex) {
            return UNKNOWN;
        }
    }

    /**
     * Boot id and namespaces in which the process id and the ticks are valid. The result is unknown if one of them cannot be read,
     * since containers may share a host name and a process id.
     */
    private String space() {
        try {
            return "boot=%s %s %s".formatted(bootId(), namespace("pid"), timeNamespace());
        } catch (IOException | RuntimeException ex) {
            return UNKNOWN;
        }
    }

    /** Format of earlier versions. They read the current format as another machine and wait until the lease expires. */
    private String earlierSpace() {
        try {
            return bootId() + " " + namespace("pid");
        } catch (IOException | RuntimeException ex) {
            return UNKNOWN;
        }
    }

    private String bootId() throws IOException {
        var boot = Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
        if (boot.isEmpty()) {
            throw new IOException("The boot id is empty");
        }
        return boot;
    }

    /** Link of the time namespace; kernels before 5.6 have none. */
    private String timeNamespace() throws IOException {
        try {
            return namespace("time");
        } catch (NoSuchFileException ex) {
            return "time:none";
        }
    }

    private String namespace(String kind) throws IOException {
        return Files.readSymbolicLink(proc.resolve("self/ns/" + kind)).toString();
    }
}
