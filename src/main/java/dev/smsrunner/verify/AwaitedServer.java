package dev.smsrunner.verify;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Dependency of a server, from the column {@code depends_on}.
 *
 * @param text original text
 * @param key key of the server name, or {@code id:} and the source id in lower case
 * @param level required level: {@code synced}, {@code launched} or {@code accepted}
 */
record AwaitedServer(String text, String key, String level) {

    static final String ID = "id:";

    private static final Pattern ENTRY =
            Pattern.compile("(.*)@\\s*(synced|launched|accepted)\\s*", Pattern.CASE_INSENSITIVE);

    private static final Set<String> ACCEPTED = Set.of("MIGRATED", "SKIPPED");

    static AwaitedServer of(String written) {
        var text = NameKey.trim(written);
        var entry = ENTRY.matcher(text);
        boolean levelled = entry.matches();
        var server = levelled ? NameKey.trim(entry.group(1)) : text;
        return new AwaitedServer(
                text,
                server.regionMatches(true, 0, ID, 0, ID.length())
                        ? keyOfId(server.substring(ID.length()))
                        : NameKey.of(server),
                levelled ? entry.group(2).toLowerCase(Locale.ROOT) : "accepted");
    }

    static String keyOfId(String source) {
        return ID + NameKey.trim(source).toLowerCase(Locale.ROOT);
    }

    /** Whether the dependency is a source id, not a name. */
    boolean isById() {
        return key.startsWith(ID);
    }

    /** Whether a row with these values has the required level. */
    boolean isReachedBy(Map<String, String> row) {
        boolean failed = FailedTask.matches(row.getOrDefault("task_state", ""));
        return isAccepted(row) || !level.equals("accepted") && !failed && isNearer(row);
    }

    private static boolean isAccepted(Map<String, String> row) {
        return ACCEPTED.contains(row.getOrDefault("outcome", ""));
    }

    /** Whether the row is in sync or launching, or ended in sync. */
    private boolean isNearer(Map<String, String> row) {
        boolean launching = row.getOrDefault("stage", "").equals("LAUNCHING");
        if (level.equals("launched")) {
            return launching;
        }
        return launching
                || row.getOrDefault("stage", "").equals("SYNCING")
                || row.getOrDefault("outcome", "").equals("SYNCED")
                || row.getOrDefault("outcome", "").equals("NOT_LAUNCHED") && row.containsKey("replicated_at");
    }
}
