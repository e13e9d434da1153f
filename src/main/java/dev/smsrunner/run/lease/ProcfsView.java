package dev.smsrunner.run.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Visibility of other processes in {@code /proc}. With {@code hidepid} (systemd: {@code ProtectProc=}) processes of other
 * users are hidden. A {@code /proc} of another namespace has different process ids.
 *
 * @param pid id of this process in its own namespace
 */
record ProcfsView(Path proc, long pid) {

    private static final int MOUNT_ROOT = 3;
    private static final int MOUNT_POINT = 4;

    /** Whether {@code /proc} belongs to the process id namespace of this process. */
    boolean isOwnNamespace() {
        return lines("self/status").stream()
                .filter(line -> line.startsWith("NSpid:"))
                .anyMatch(line -> line.substring("NSpid:".length()).strip().equals(String.valueOf(pid)));
    }

    /** Whether {@code /proc} would certainly show the process if it ran. */
    boolean showsAll(long process) {
        var mounts =
                lines("self/mountinfo").stream().map(line -> line.split(" ")).toList();
        return shows("1")
                && shows(String.valueOf(pid))
                && mounts.stream().noneMatch(mount -> hides(mount, process))
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

    /** Whether another mount covers the directory of the process. */
    private static boolean hides(String[] mount, long process) {
        return mount.length > MOUNT_POINT && (mount[MOUNT_POINT] + "/").startsWith("/proc/" + process + "/");
    }

    private static Optional<String[]> latest(List<String[]> mounts) {
        return mounts.stream()
                .filter(mount -> mount.length > MOUNT_POINT && mount[MOUNT_POINT].equals("/proc"))
                .reduce((first, second) -> second);
    }

    /** Checks type and options of the file system, which follow a dash. */
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
