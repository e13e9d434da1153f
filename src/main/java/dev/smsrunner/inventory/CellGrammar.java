package dev.smsrunner.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Grammar of single cells. Each method returns the problem of a trimmed, non-empty value, or null. */
final class CellGrammar {

    private static final int MAX_LENGTH = 255;
    private static final int MAX_NAMES = 100;
    private static final int MAX_TAGS = 50;

    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9_][^\\s@,;:<>\"()]{0,63}@[\\p{L}\\p{N}][\\p{L}\\p{N}.-]{0,252}");
    private static final Pattern TASK_NAME = Pattern.compile("[\\p{IsHan}A-Za-z0-9_-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private static final Set<String> YES = Set.of("true", "yes", "1");
    private static final Set<String> NO = Set.of("false", "no", "0");

    /** UpdateCopyState, API reference 2026-01-27, and the older spelling of init. */
    private static final List<String> COPY_STATES = List.of(
            "unavailable",
            "waiting",
            "init",
            "initialize",
            "replicate",
            "syncing",
            "stopping",
            "stopped",
            "skipping",
            "deleting",
            "error",
            "cloning",
            "cutovering",
            "finished",
            "clearing",
            "cleared",
            "clearfailed",
            "premigready",
            "premiging",
            "premiged",
            "premigfailed");

    /** UpdateCopyState, API reference 2026-01-27. */
    private static final List<String> CYCLES = List.of(
            "checking",
            "setting",
            "replicating",
            "syncing",
            "cutovering",
            "cutovered",
            "no_ready",
            "ready_for_test",
            "testing",
            "tested");

    private CellGrammar() {}

    static @Nullable CellProblem text(String value) {
        if (value.length() > MAX_LENGTH) {
            return new CellProblem(length(value), "write at most 255 characters");
        }
        return value.codePoints().anyMatch(QuotedText::isInvisible)
                ? new CellProblem(
                        QuotedText.of(value) + " contains the invisible character " + QuotedText.firstInvisible(value),
                        "type the value again as plain text")
                : null;
    }

    static @Nullable CellProblem serverName(String value) {
        if (value.length() > MAX_LENGTH) {
            return new CellProblem(length(value), "write the name as SMS shows it, at most 255 characters");
        }
        if (!isNameStart(value.codePointAt(0))) {
            return new CellProblem(
                    QuotedText.of(value) + " does not start with a letter or digit",
                    "write the name of the server as SMS shows it");
        }
        return value.codePoints().allMatch(CellGrammar::isNamePart)
                ? null
                : new CellProblem(
                        QuotedText.of(value) + " contains " + firstInvalid(value),
                        "use letters, digits, space, dot, underscore and hyphen only");
    }

    private static boolean isNameStart(int c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean isNamePart(int c) {
        return Character.isLetterOrDigit(c)
                || c == '.'
                || c == '_'
                || c == '-'
                || c == ' '
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }

    private static String firstInvalid(String value) {
        return value.codePoints()
                .filter(c -> !isNamePart(c))
                .mapToObj(QuotedText::named)
                .findFirst()
                .orElse("");
    }

    static @Nullable CellProblem serverNames(String value) {
        String[] names = value.split(";");
        if (names.length > MAX_NAMES) {
            return new CellProblem("has " + names.length + " servers", "write at most " + MAX_NAMES);
        }
        for (String name : names) {
            CellProblem fault = Whitespace.trim(name).isEmpty() ? null : dependency(DependencyRef.of(name));
            if (fault != null) {
                return new CellProblem(
                        fault.what(),
                        "write server names of this file or id:<source_server_id>, separated by ;, each followed by @synced,"
                                + " @launched, @accepted or nothing");
            }
        }
        return null;
    }

    private static @Nullable CellProblem dependency(DependencyRef reference) {
        if (reference.server().isEmpty()) {
            return new CellProblem(QuotedText.of(reference.text()) + " has no server name", "");
        }
        if (reference.unknownLevel().isPresent()) {
            return new CellProblem(QuotedText.of(reference.text()) + " has an unknown level after the @", "");
        }
        CellProblem lost = LostValue.problemOf(reference.server());
        if (lost != null) {
            return lost;
        }
        return reference.byId() ? id(reference.server()) : serverName(reference.server());
    }

    static @Nullable CellProblem id(String value) {
        if (value.length() > MAX_LENGTH) {
            return new CellProblem(length(value), "copy the id again, at most 255 characters");
        }
        return isId(value)
                ? null
                : new CellProblem(
                        QuotedText.of(value) + " is not an id" + QuotedText.strangeCharacter(value),
                        "copy it from the console: letters, digits, dot, colon, underscore and hyphen");
    }

    private static boolean isId(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z';
            if (!plain && (i == 0 || c != '-' && c != '_' && c != '.' && c != ':')) {
                return false;
            }
        }
        return true;
    }

    static @Nullable CellProblem ip(String value) {
        if (IpAddress.parse(value).isPresent()) {
            return null;
        }
        String advice = value.contains("/")
                ? "write one address without a prefix length"
                : "write one IPv4 address such as 10.0.0.17, or one IPv6 address";
        return new CellProblem(
                QuotedText.of(value) + " is not an IP address" + QuotedText.strangeCharacter(value), advice);
    }

    static @Nullable CellProblem osFamily(String value) {
        boolean known = OsFamily.of(value).isPresent();
        return known
                ? null
                : oneOf(value, List.of("LINUX", "WINDOWS"), ", or leave the cell empty to take it from the source");
    }

    static @Nullable CellProblem migrationType(String value) {
        return oneOf(value, List.of("MIGRATE_FILE", "MIGRATE_BLOCK"), "");
    }

    static @Nullable CellProblem operation(String value) {
        return Operations.checkList(value) == null && !value.contains(",")
                ? null
                : new CellProblem(
                        QuotedText.of(value) + " is not an operation", "write one operation such as start or stop");
    }

    static @Nullable CellProblem copystate(String value) {
        return oneOf(value, COPY_STATES, "");
    }

    static @Nullable CellProblem migrationcycle(String value) {
        return oneOf(value, CYCLES, "");
    }

    private static @Nullable CellProblem oneOf(String value, List<String> values, String hint) {
        return values.stream().anyMatch(value::equalsIgnoreCase)
                ? null
                : new CellProblem(
                        QuotedText.of(value) + " is not known",
                        Suggestions.advice(value, values, "write one of " + String.join(", ", values) + hint));
    }

    static @Nullable CellProblem yesOrNo(String value) {
        String text = value.toLowerCase(Locale.ROOT);
        return YES.contains(text) || NO.contains(text)
                ? null
                : new CellProblem(
                        QuotedText.of(value) + " is neither true nor false", "write true or false (yes, no, 1, 0)");
    }

    static boolean isYes(String value) {
        return YES.contains(value.toLowerCase(Locale.ROOT));
    }

    static @Nullable CellProblem speedLimit(String value, CellLimits limits) {
        return number(value, 0, limits.speed(), "Mbit/s, 0 = no limit");
    }

    static @Nullable CellProblem overSpeedThreshold(String value) {
        return number(value, 10, 100, "percent, 10 is the default");
    }

    static @Nullable CellProblem priority(String value) {
        return number(value, 0, 65535, "1 is the default");
    }

    private static @Nullable CellProblem number(String value, int min, int max, String unit) {
        boolean digits = NUMBER.matcher(value).matches();
        return digits && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max
                ? null
                : new CellProblem(
                        QuotedText.of(value) + " is not a whole number from " + min + " to " + max,
                        "write digits only (" + unit + ")");
    }

    static @Nullable CellProblem email(String value) {
        return EMAIL.matcher(value).matches()
                ? null
                : new CellProblem(
                        QuotedText.of(value) + " is not an e-mail address",
                        "write one address such as ops@example.com");
    }

    static @Nullable CellProblem taskName(String value) {
        return TASK_NAME.matcher(value).matches()
                ? null
                : new CellProblem(
                        QuotedText.of(value) + " is not a task name",
                        "use 1 to 64 letters, digits, Chinese characters, underscores and hyphens");
    }

    static @Nullable CellProblem tags(String value) {
        String[] pairs = value.split(";");
        if (pairs.length > MAX_TAGS) {
            return new CellProblem("has " + pairs.length + " tags", "write at most " + MAX_TAGS);
        }
        Map<String, String> pairByKey = new LinkedHashMap<>();
        for (String pair : pairs) {
            CellProblem fault = Whitespace.trim(pair).isEmpty() ? null : tag(Whitespace.trim(pair), pairByKey);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable CellProblem tag(String pair, Map<String, String> pairByKey) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            return new CellProblem("tag " + QuotedText.of(pair) + " is not K=V", "write tags as Key=Value;Key=Value");
        }
        String key = Whitespace.trim(pair.substring(0, equals));
        if (pairByKey.putIfAbsent(key, pair) != null) {
            return new CellProblem("tag " + QuotedText.of(key) + " occurs twice", "keep one of them");
        }
        return key.isEmpty() || text(pair) != null
                ? new CellProblem(
                        "tag " + QuotedText.of(pair) + " is not K=V", "use visible characters, at most 255 in all")
                : null;
    }

    static Map<String, String> readTags(String value) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String pair : value.split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                tags.put(Whitespace.trim(pair.substring(0, equals)), Whitespace.trim(pair.substring(equals + 1)));
            }
        }
        return tags;
    }

    private static String length(String value) {
        return "has " + value.length() + " characters";
    }
}
