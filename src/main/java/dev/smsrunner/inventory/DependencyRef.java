package dev.smsrunner.inventory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Entry of the column {@code depends_on}: a server and the level that it must reach before the target of the row is launched.
 *
 * @param text entry as written, trimmed
 * @param server {@code server_name}, or the source server id if {@code byId} is true
 * @param byId whether the entry is {@code id:<source_server_id>}, a server that may be outside this inventory
 * @param level level that the server must reach
 */
public record DependencyRef(String text, String server, boolean byId, Level level) {

    private static final String ID = "id:";

    /** Levels that a server can reach. */
    public enum Level {
        /** Its copy is complete and kept in sync, or a higher level is reached. */
        SYNCED,
        /** SMS accepted the launch of its target, or a higher level is reached. */
        LAUNCHED,
        /** Its target runs: the row ended MIGRATED, or was skipped because there was nothing to do. */
        ACCEPTED;

        /** Name after the {@code @}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Level> of(String name) {
            return Arrays.stream(values())
                    .filter(level -> level.label().equalsIgnoreCase(name.strip()))
                    .findFirst();
        }
    }

    /**
     * Reads one entry. An unknown level after the {@code @} stays part of the name, which no server has; {@link #unknownLevel()}
     * returns it.
     */
    public static DependencyRef of(String entry) {
        String text = Whitespace.trim(entry);
        int at = text.lastIndexOf('@');
        var level = at < 0 ? Optional.<Level>empty() : Level.of(text.substring(at + 1));
        String server = level.isPresent() ? Whitespace.trim(text.substring(0, at)) : text;
        boolean byId = server.regionMatches(true, 0, ID, 0, ID.length());
        return new DependencyRef(
                text,
                byId ? Whitespace.trim(server.substring(ID.length())) : server,
                byId,
                level.orElse(Level.ACCEPTED));
    }

    /** Reads the entries of a cell, separated by semicolons. */
    public static List<DependencyRef> all(String cell) {
        return Arrays.stream(cell.split(";"))
                .map(DependencyRef::of)
                .filter(each -> !each.text().isEmpty())
                .toList();
    }

    /** Text after the {@code @} that is not a level; empty when there is none. */
    public Optional<String> unknownLevel() {
        int at = text.lastIndexOf('@');
        return at < 0 || Level.of(text.substring(at + 1)).isPresent()
                ? Optional.empty()
                : Optional.of(text.substring(at + 1));
    }

    /** Entry with the text after {@code id:} as a name. */
    String asName() {
        return level == Level.ACCEPTED ? server : server + "@" + level.label();
    }

    /** Source server id in lower case; only for an entry {@linkplain #byId by id}. */
    public String id() {
        return server.toLowerCase(Locale.ROOT);
    }

    /** Comparison key: the key of the name, or {@code id:} and the id in lower case. */
    public String key() {
        return byId ? ID + id() : ServerName.key(server);
    }
}
