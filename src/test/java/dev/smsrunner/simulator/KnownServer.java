package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.List;

/**
 * A source server of the simulated world, for tests that write inventories.
 *
 * @param id id of the source server
 * @param windows whether it runs Windows, which requires migration by blocks
 */
public record KnownServer(String id, String name, String ip, boolean windows) {

    private static final ServerGenerator WORLD =
            new ServerGenerator(SimulatorSettings.defaults().seed(), Instant.EPOCH);

    /** The first servers of the default seed. */
    public static List<KnownServer> first(int count) {
        return WORLD.members(count).stream()
                .map(ServerGenerator.Member::machine)
                .map(machine -> new KnownServer(machine.id(), machine.name(), machine.ip(), machine.isWindows()))
                .toList();
    }

    /** One of the first servers of the default seed, by its name. */
    public static KnownServer named(String name) {
        return first(48).stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The id of the task of the default seed that was created as the given number, from 0. */
    public static String task(int number) {
        return WORLD.id("task", number);
    }

    /** The id of a data-migration task of DCS, by its number from 0. */
    public static String dcsTask(int number) {
        return WORLD.id("dcs", number);
    }

    /** A template of the default seed for new targets. */
    public static String template() {
        return WORLD.id("template", 0);
    }
}
