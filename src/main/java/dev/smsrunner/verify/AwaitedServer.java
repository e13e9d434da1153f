package dev.smsrunner.verify;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A server that another one is launched after, from the column {@code depends_on}.
 *
 * @param text as written
 * @param key the key of its name, or {@code id:} and the id of its source in lower case
 * @param level how far it must be: {@code synced}, {@code launched} or {@code accepted}
 */
record AwaitedServer(String text, String key, String level) {

    static final String ID = "id:";

    private static final Pattern ENTRY =
            Pattern.compile("(.*)@\\s*(synced|launched|accepted)\\s*", Pattern.CASE_INSENSITIVE);

    private static final Set<String> ACCEPTED = Set.of("MIGRATED", "SKIPPED");

    static AwaitedServer of(String written) {
        var text = NameKey.trimmed(written);
        var entry = ENTRY.matcher(text);
        boolean levelled = entry.matches();
        var server = levelled ? NameKey.trimmed(entry.group(1)) : text;
        return new AwaitedServer(
                text,
                server.regionMatches(true, 0, ID, 0, ID.length())
                        ? keyOfId(server.substring(ID.length()))
                        : NameKey.of(server),
                levelled ? entry.group(2).toLowerCase(Locale.ROOT) : "accepted");
    }

    static String keyOfId(String source) {
        return ID + NameKey.trimmed(source).toLowerCase(Locale.ROOT);
    }

    /** Whether that is the id of a source, not a name. */
    boolean isById() {
        return key.startsWith(ID);
    }

    /** Whether a row with these values is as far as it must be. */
    boolean isReachedBy(Map<String, String> row) {
        boolean failed = FailedTask.is(row.getOrDefault("task_state", ""));
        return isAccepted(row) || !level.equals("accepted") && !failed && isNearer(row);
    }

    private static boolean isAccepted(Map<String, String> row) {
        return ACCEPTED.contains(row.getOrDefault("outcome", ""));
    }

    /** In sync or being launched now, or left in sync at its end. */
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
