package dev.smsrunner.run;

import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.LeaseHolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The processes of Linux as {@code /proc} shows them. A start is compared by its raw clock ticks since the boot (proc(5), field
 * 22 of {@code stat}): the JDK derives it from the wall clock, so a clock that is set makes another process of a living one.
 */
final class ProcfsTable implements ProcessTable {

    private static final String UNKNOWN = "unknown";
    private static final String TICKS = "ticks=";

    private final Path proc;
    private final long pid;
    private final String host;

    /**
     * @param proc the root of the file system, {@code /proc}
     * @param pid of this process
     */
    ProcfsTable(Path proc, long pid, String host) {
        this.proc = proc;
        this.pid = pid;
        this.host = host;
    }

    @Override
    public LeaseHolder holder() {
        return new LeaseHolder(host, space(), pid, started());
    }

    /** A host that has another name since then may be a copy of the machine. */
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
        boolean comparable = started != null && started.startsWith(TICKS); // earlier versions wrote an instant
        if (!isHere(lease) || !comparable || !new ProcfsView(proc, pid).isOfOwnSpace()) {
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

    /** A process id may be in use again. */
    private static boolean isSame(ProcessStat stat, String started) {
        return started.equals(TICKS + stat.startTicks());
    }

    private String started() {
        try {
            return TICKS + ProcessStat.read(proc.resolve("self/stat")).startTicks();
        } catch (IOException ex) {
            return UNKNOWN;
        }
    }

    /**
     * A process id says something only within one boot and one namespace of ids, ticks only within one namespace of time. When
     * one of them cannot be read, nothing is known: containers may share a host name and a process id.
     */
    private String space() {
        try {
            return "boot=%s %s %s".formatted(boot(), link("pid"), time());
        } catch (IOException | RuntimeException ex) {
            return UNKNOWN;
        }
    }

    /** The words of earlier versions. These read those of today as another machine, so they wait for the lease to run out. */
    private String earlierSpace() {
        try {
            return boot() + " " + link("pid");
        } catch (IOException | RuntimeException ex) {
            return UNKNOWN;
        }
    }

    private String boot() throws IOException {
        var boot = Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
        if (boot.isEmpty()) {
            throw new IOException("The boot id is empty");
        }
        return boot;
    }

    /** Kernels before 5.6 have no such namespace. */
    private String time() throws IOException {
        try {
            return link("time");
        } catch (NoSuchFileException ex) {
            return "time:none";
        }
    }

    private String link(String namespace) throws IOException {
        return Files.readSymbolicLink(proc.resolve("self/ns/" + namespace)).toString();
    }
}
