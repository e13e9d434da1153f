package dev.smsrunner.run.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Liveness of a lease holder according to /proc; certain results only. */
class ProcfsTableTests {

    private static final long SELF = 900;
    private static final long HOLDER = 4711;
    private static final String BOOT = "5b1f0c3e-0000-4000-8000-000000000001";
    private static final String SPACE = "boot=" + BOOT + " pid:[4026531836] time:[4026531834]";
    private static final String MOUNT = "22 27 0:21 / /proc rw,relatime - proc proc rw";

    @TempDir
    private Path proc;

    private ProcfsTable table;

    @BeforeEach
    void plant() throws IOException {
        write("sys/kernel/random/boot_id", BOOT + "\n");
        write("self/status", "Name:\tjava\nNSpid:\t" + SELF + "\n");
        write("self/mountinfo", "27 1 254:0 / / rw - ext4 /dev/root rw\n" + MOUNT + "\n");
        Files.createDirectories(proc.resolve("self/ns"));
        Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[4026531836]"));
        Files.createSymbolicLink(proc.resolve("self/ns/time"), Path.of("time:[4026531834]"));
        process("1", "S", 1, 1);
        process("self", "S", 30, 1234);
        process(String.valueOf(SELF), "S", 30, 1234);
        process(String.valueOf(HOLDER), "S", 30, 5678);
        table = new ProcfsTable(proc, SELF, "ops-1");
    }

    @Test
    void holderContainsStartTicks() {
        assertThat(table.holder().started()).isEqualTo("ticks=1234");
        assertThat(table.holder().space()).isEqualTo(SPACE);
    }

    @Test
    void differentStartTicksMeanAnotherProcess() {
        assertThat(table.liveness(held("ticks=5678"))).isEqualTo(Liveness.ALIVE);
        assertThat(table.liveness(held("ticks=5679"))).isEqualTo(Liveness.GONE);
    }

    @Test
    void systemClockIsIgnored() throws IOException {
        var table = this.table;
        write("stat", "cpu 1 2 3\nbtime 1790000000\n");
        assertThat(table.liveness(held("ticks=5678"))).isEqualTo(Liveness.ALIVE);

        write("stat", "cpu 1 2 3\nbtime 1790003600\n");
        assertThat(table.liveness(held("ticks=5678"))).isEqualTo(Liveness.ALIVE);
    }

    @Test
    void commandNameMayContainAnyCharacter() throws IOException {
        write(HOLDER + "/stat", HOLDER + " (a) Z 1 (b) ) " + fields("S", 30, 5678));

        assertThat(table.liveness(held("ticks=5678"))).isEqualTo(Liveness.ALIVE);
    }

    @Test
    void zombieIsGoneUnlessOtherThreadsRun() throws IOException {
        process(String.valueOf(HOLDER), "Z", 1, 5678);
        assertThat(table.liveness(held("ticks=5678"))).isEqualTo(Liveness.GONE);

        process(String.valueOf(HOLDER), "Z", 12, 5678);
        assertThat(table.liveness(held("ticks=5678"))).isEqualTo(Liveness.ALIVE);
    }

    @Test
    void absentProcessIsGoneIfAllAreVisible() throws IOException {
        remove(HOLDER);

        assertThat(table.liveness(held("ticks=5678"))).isEqualTo(Liveness.GONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22 27 0:21 / /proc rw,relatime - proc proc rw,hidepid=2",
                "22 27 0:21 / /proc rw,relatime - proc proc rw,hidepid=invisible",
                "22 27 0:21 / /proc rw,relatime - proc proc rw,gid=4,hidepid=ptraceable",
                "22 27 0:21 / /proc rw,relatime - proc proc rw,subset=pid",
                "22 27 0:21 / /proc rw,relatime - tmpfs tmpfs rw",
                "22 27 0:21 /1 /proc rw,relatime - proc proc rw",
                "22 27 0:21 / /mnt/proc rw,relatime - proc proc rw",
                MOUNT + "\n40 22 0:21 / /proc rw - proc proc rw,hidepid=2",
                MOUNT + "\n40 22 0:33 / /proc/4711 rw - tmpfs tmpfs rw",
                "",
            })
    void absentProcessIsUnknownIfSomeAreHidden(String mounts) throws IOException {
        remove(HOLDER);
        write("self/mountinfo", mounts + "\n");

        assertThat(table.liveness(held("ticks=5678"))).isEqualTo(Liveness.UNKNOWN);
    }

    @Test
    void absentProcessIsUnknownWithoutProcessOne() throws IOException {
        remove(HOLDER);
        remove(1);

        assertThat(table.liveness(held("ticks=5678"))).isEqualTo(Liveness.UNKNOWN);
    }

    @Test
    void procOfAnotherNamespaceIsUnknown() throws IOException {
        write("self/status", "NSpid:\t18279\t" + SELF + "\n");

        assertThat(table.liveness(held("ticks=5678"))).isEqualTo(Liveness.UNKNOWN);
        assertThat(table.liveness(held("ticks=1"))).isEqualTo(Liveness.UNKNOWN);
        remove(HOLDER);
        assertThat(table.liveness(held("ticks=5678"))).isEqualTo(Liveness.UNKNOWN);
    }

    @Test
    void unreadableEntryIsUnknown() throws IOException {
        write(HOLDER + "/stat", "");

        assertThat(table.liveness(held("ticks=5678"))).isEqualTo(Liveness.UNKNOWN);
    }

    @Test
    void leaseOfEarlierVersionIsHereAndUnknown() {
        var earlier = lease("ops-1", BOOT + " pid:[4026531836]", "2026-11-21T20:00:00Z");

        assertThat(table.isHere(earlier)).isTrue();
        assertThat(table.liveness(earlier)).isEqualTo(Liveness.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boot=another pid:[4026531836] time:[4026531834]",
                "boot=" + BOOT + " pid:[4026532177] time:[4026531834]",
                "boot=" + BOOT + " pid:[4026531836] time:[4026532000]",
                "unknown",
                "Linux ops-1",
            })
    void holderOfAnotherNamespaceIsElsewhere(String space) throws IOException {
        remove(HOLDER);
        var lease = lease("ops-1", space, "ticks=5678");

        assertThat(table.isHere(lease)).isFalse();
        assertThat(table.liveness(lease)).isEqualTo(Liveness.UNKNOWN);
    }

    @Test
    void containersWithoutBootIdAreSeparate() throws IOException {
        for (var unreadable : List.of("", "\n")) {
            write("sys/kernel/random/boot_id", unreadable);
            assertThat(table.holder().space()).isEqualTo("unknown");
            assertThat(table.isHere(lease("ops-1", "unknown", "ticks=5678"))).isFalse();
        }
        Files.delete(proc.resolve("sys/kernel/random/boot_id"));
        assertThat(table.isHere(lease("ops-1", table.holder().space(), "ticks=1")))
                .isFalse();
        assertThat(table.liveness(lease("ops-1", table.holder().space(), "ticks=1")))
                .isEqualTo(Liveness.UNKNOWN);
    }

    @Test
    void cloneWithAnotherHostNameIsElsewhere() {
        assertThat(table.isHere(lease("ops-2", SPACE, "ticks=5678"))).isFalse();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc; JvmProcessTable serves other systems")
    void realProcessIsAliveUntilKilled() throws Exception {
        var real = Path.of("/proc");
        long self = ProcessHandle.current().pid();
        boolean certain = new ProcfsView(real, self).showsAll(self);
        var child = new ProcessBuilder("sleep", "60").start();
        var here = ProcessIdentity.holder();
        var ticks = ProcessStat.read(real.resolve(child.pid() + "/stat")).startTicks();
        var lease = new Lease(
                "job", 1, here.host(), here.space(), child.pid(), "ticks=" + ticks, Instant.EPOCH, null, false);

        assertThat(ProcessIdentity.liveness(lease)).isEqualTo(Liveness.ALIVE);
        child.destroyForcibly().waitFor();

        assertThat(ProcessIdentity.liveness(lease))
                .as("where /proc may hide processes, absence proves nothing")
                .isEqualTo(certain ? Liveness.GONE : Liveness.UNKNOWN);
        assertThat(ProcessIdentity.isGone(lease)).isEqualTo(certain);
    }

    private static Lease held(String started) {
        return lease("ops-1", SPACE, started);
    }

    private static Lease lease(String host, String space, String started) {
        return new Lease("job", 1, host, space, HOLDER, started, Instant.EPOCH, Instant.EPOCH, false);
    }

    private void process(String id, String state, int threads, long ticks) throws IOException {
        write(id + "/stat", id + " (java) " + fields(state, threads, ticks));
    }

    /** Fields 3 to 24. */
    private static String fields(String state, int threads, long ticks) {
        return state + " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 20 0 " + threads + " 0 " + ticks + " 100 200\n";
    }

    private void remove(long id) throws IOException {
        Files.delete(proc.resolve(id + "/stat"));
        Files.delete(proc.resolve(String.valueOf(id)));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(proc.resolve(file).getParent());
        Files.writeString(proc.resolve(file), text);
    }
}
