package dev.smsrunner.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Journal of all changes to the world, from which a killed simulator resumes. States are computed from the changes and the
 * time, so the world also progresses while no simulator runs. Without a state directory nothing is written.
 */
final class Journal implements AutoCloseable {

    private final @Nullable JsonLines lines;
    private final Header header;
    private final List<Mutation> earlier;

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

    private Journal(@Nullable JsonLines lines, Header header, List<Mutation> earlier) {
        this.lines = lines;
        this.header = header;
        this.earlier = earlier;
    }

    static Journal inMemory(SimulatorSettings settings) {
        return new Journal(null, newHeader(settings), List.of());
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
            JsonLines lines = JsonLines.open(directory.resolve("journal.jsonl"));
            return new Journal(lines, header, lines.earlier(Mutation.class));
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
        return earlier;
    }

    void append(Mutation mutation) {
        if (lines != null) {
            lines.append(mutation);
        }
    }

    @Override
    public void close() {
        if (lines != null) {
            lines.close();
        }
    }
}
