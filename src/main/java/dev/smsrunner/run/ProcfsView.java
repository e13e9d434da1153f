package dev.smsrunner.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much of the processes {@code /proc} shows to this one. With {@code hidepid} (systemd: {@code ProtectProc=}) those of other
 * users are absent though they run, and a {@code /proc} of another namespace has other process ids.
 */
final class ProcfsView {

    private static final int MOUNT_ROOT = 3;
    private static final int MOUNT_POINT = 4;

    private final Path proc;
    private final long pid;

    /** @param pid of this process in its own namespace */
    ProcfsView(Path proc, long pid) {
        this.proc = proc;
        this.pid = pid;
    }

    /** Whether its process ids are those of this process' own namespace: then they are the only ones it has there. */
    boolean isOfOwnSpace() {
        return lines("self/status").stream()
                .filter(line -> line.startsWith("NSpid:"))
                .anyMatch(line -> line.substring("NSpid:".length()).strip().equals(String.valueOf(pid)));
    }

    /** Whether a process that runs would be seen, for certain. */
    boolean showsAll(long wanted) {
        var mounts =
                lines("self/mountinfo").stream().map(line -> line.split(" ")).toList();
        return shows("1")
                && shows(String.valueOf(pid))
                && mounts.stream().noneMatch(mount -> hides(mount, wanted))
                && latest(mounts).filter(ProcfsView::isUnrestricted).isPresent();
    }

    private boolean shows(String process) {
        try {
            return !ProcessStat.read(proc.resolve(process + "/stat"))
                    .startTicks()
                    .isEmpty();
        } catch (IOException ex) {
            return false;
        }
    }

    /** Something else may be mounted over the entry of a process. */
    private static boolean hides(String[] mount, long process) {
        return mount.length > MOUNT_POINT && (mount[MOUNT_POINT] + "/").startsWith("/proc/" + process + "/");
    }

    private static Optional<String[]> latest(List<String[]> mounts) {
        return mounts.stream()
                .filter(mount -> mount.length > MOUNT_POINT && mount[MOUNT_POINT].equals("/proc"))
                .reduce((first, second) -> second);
    }

    /** The type of the file system and its options stand behind a dash. */
    private static boolean isUnrestricted(String[] mount) {
        int dash = Arrays.asList(mount).indexOf("-");
        return dash > 0
                && mount.length > dash + 3
                && mount[MOUNT_ROOT].equals("/")
                && mount[dash + 1].equals("proc")
                && Stream.of(mount[dash + 3].split(","))
                        .noneMatch(option -> option.startsWith("subset=")
                                || (option.startsWith("hidepid=") && !option.matches("hidepid=(0|off)")));
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(proc.resolve(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException ex) {
            return List.of();
        }
    }
}
