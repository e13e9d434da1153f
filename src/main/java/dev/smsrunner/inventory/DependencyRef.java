package dev.smsrunner.inventory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One entry of the column {@code depends_on}: a server, and how far it must be before this row's target is launched.
 *
 * @param text as written, trimmed
 * @param server the {@code server_name}, or the source server id where {@code byId} is true
 * @param byId whether the entry is {@code id:<source_server_id>}: a server that need not be in this inventory
 * @param level how far the server must be
 */
public record DependencyRef(String text, String server, boolean byId, Level level) {

    private static final String ID = "id:";

    /** How far a server must be. */
    public enum Level {
        /** Its copy is complete and kept in sync, or it is further. */
        SYNCED,
        /** The launch of its target was accepted, or it is further. */
        LAUNCHED,
        /** Its target runs: the row ended MIGRATED, or was skipped because there was nothing to do. */
        ACCEPTED;

        /** The word behind the {@code @}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Level> of(String word) {
            return Arrays.stream(values())
                    .filter(level -> level.word().equalsIgnoreCase(word.strip()))
                    .findFirst();
        }
    }

    /**
     * Reads one entry. A word behind the {@code @} that is no level is kept as part of the name: {@link #unknownLevel()} tells
     * of it, and no server has such a name.
     */
    public static DependencyRef of(String written) {
        String text = Whitespace.trim(written);
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

    /** Reads the entries of a cell, which are separated by semicolons. */
    public static List<DependencyRef> all(String cell) {
        return Arrays.stream(cell.split(";"))
                .map(DependencyRef::of)
                .filter(each -> !each.text().isEmpty())
                .toList();
    }

    /** What stands behind the {@code @} and is no level; empty when nothing does. */
    public Optional<String> unknownLevel() {
        int at = text.lastIndexOf('@');
        return at < 0 || Level.of(text.substring(at + 1)).isPresent()
                ? Optional.empty()
                : Optional.of(text.substring(at + 1));
    }

    /** The entry with what stands behind {@code id:} as a name. */
    String byName() {
        return level == Level.ACCEPTED ? server : server + "@" + level.word();
    }

    /** The source server id in lower case; only of an entry that {@linkplain #byId names one}. */
    public String id() {
        return server.toLowerCase(Locale.ROOT);
    }

    /** Under what it is compared: the key of the name, or the id in lower case behind {@code id:}. */
    public String key() {
        return byId ? ID + id() : ServerName.key(server);
    }
}
