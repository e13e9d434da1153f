package dev.smsrunner.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Journal of all changes to the world, from which a killed simulator resumes. States are computed from the changes and the
 * time, so the world also progresses while no simulator runs. Without a state directory nothing is written.
 */
final class Journal implements AutoCloseable {

    private final JsonLines lines;
    private final Header header;

    /**
     * Parameters of a world. A state directory belongs to one world.
     *
     * @param epoch start of the world
     * @param servers number of servers
     * @param speed virtual seconds per real second
     * @param seed seed
     */
    record Header(Instant epoch, int servers, double speed, long seed) {

        boolean isSameWorld(SimulatorSettings settings) {
            return servers == settings.servers() && speed == settings.speed() && seed == settings.seed();
        }
    }

    private Journal(JsonLines lines, Header header) {
        this.lines = lines;
        this.header = header;
    }

    static Journal inMemory(SimulatorSettings settings) {
        return new Journal(JsonLines.none(), newHeader(settings));
    }

    /** @throws IOException when the directory is unusable, in use, or holds another world */
    static Journal in(Path directory, SimulatorSettings settings) throws IOException {
        JsonLines.createPrivately(directory);
        JsonLines headerLines = JsonLines.open(directory.resolve("world.jsonl"));
        try (headerLines) {
            List<Header> found = headerLines.earlier(Header.class);
            Header header = found.isEmpty() ? newHeader(settings) : found.get(0);
            if (found.isEmpty()) {
                headerLines.append(header);
            } else if (!header.isSameWorld(settings)) {
                throw new IOException(otherWorld(directory, header));
            }
            return new Journal(JsonLines.open(directory.resolve("journal.jsonl")), header);
        }
    }

    private static Header newHeader(SimulatorSettings settings) {
        return new Header(settings.clock().instant(), settings.servers(), settings.speed(), settings.seed());
    }

    private static String otherWorld(Path directory, Header header) {
        return "%s holds a world of --servers %d --speed %s --seed %d. Use these values, or another --state directory."
                .formatted(directory, header.servers(), header.speed(), header.seed());
    }

    Instant epoch() {
        return header.epoch();
    }

    List<Mutation> earlier() {
        return lines.earlier(Mutation.class);
    }

    void append(Mutation mutation) {
        lines.append(mutation);
    }

    @Override
    public void close() {
        lines.close();
    }
}
