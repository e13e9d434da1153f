package dev.smsrunner.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Generates source servers from a seed. The same seed and number give the same servers and ids on every machine.
 *
 * @param seed seed of all random values
 * @param epoch virtual start time of the world
 */
record ServerGenerator(long seed, Instant epoch) {

    private static final List<String> SYSTEMS = List.of("erp", "crm", "hr", "bi", "shop", "mail", "dms", "pay");
    private static final List<String> ROLES = List.of("app", "app", "app", "db", "db", "web");
    private static final List<String> LINUX = List.of(
            "CENTOS_7_9_64BIT", "UBUNTU_20_4_64BIT", "REDHAT_8_6_64BIT", "SUSE_12_SP5_64BIT", "DEBIAN_11_64BIT");
    private static final List<String> WINDOWS =
            List.of("WINDOWS2012_R2_64BIT", "WINDOWS2016_64BIT", "WINDOWS2019_64BIT");

    /**
     * A server and the plan of its migration.
     *
     * @param machine the server
     * @param plan durations and quirks
     */
    record Member(ServerSpec machine, ServerPlan plan) {}

    List<Member> members(int count) {
        return IntStream.range(0, count).mapToObj(this::member).toList();
    }

    /** An id that depends only on the seed, the kind and the number. */
    String id(String kind, long number) {
        String name = "sms-runner/" + seed + "/" + kind + "/" + number;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Member member(int index) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + index);
        boolean windows = random.nextInt(10) < 3;
        ServerSpec machine = machine(index, windows, random);
        return new Member(machine, ServerPlan.draw(random));
    }

    private ServerSpec machine(int index, boolean windows, SplittableRandom random) {
        List<String> versions = windows ? WINDOWS : LINUX;
        String version = versions.get(random.nextInt(versions.size()));
        String firmware = random.nextInt(10) < 4 ? "UEFI" : "BIOS";
        int cpus = 1 << random.nextInt(1, 5);
        DiskLayout layout = DiskLayout.draw(windows, firmware, random);
        return new ServerSpec(
                id("source", index),
                name(index),
                ip(index),
                windows ? "WINDOWS" : "LINUX",
                version,
                firmware,
                cpus,
                cpus * 4096,
                layout.disks(),
                layout.volumeGroups(),
                layout.btrfs(),
                layout.usedBytes(),
                epoch.minus(Duration.ofMinutes(random.nextInt(600, 30000))));
    }

    /** Server names, six per system: erp-app-01 to -03, erp-db-01, -02, erp-web-01, crm-app-01 and so on. */
    static String name(int index) {
        int place = index % ROLES.size();
        int round = index / (ROLES.size() * SYSTEMS.size());
        String role = ROLES.get(place);
        long perRound = ROLES.stream().filter(role::equals).count();
        long number = round * perRound + place - ROLES.indexOf(role) + 1;
        String system = SYSTEMS.get(index / ROLES.size() % SYSTEMS.size());
        return "%s-%s-%02d".formatted(system, role, number);
    }

    static String ip(int index) {
        return "10.%d.%d.%d".formatted(20 + index / 40000, index / 200 % 200, 10 + index % 200);
    }
}
