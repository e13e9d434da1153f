package dev.smsrunner.ledger;

import dev.smsrunner.inventory.QuotedText;
import java.util.Map;

/**
 * Operator who changes a run. The name is not authenticated: it is as reliable as the account that runs the command.
 *
 * @param name short name, as in {@code approvers} of a gate
 * @param text name with the account, the host and the interface used, for example {@code ana@bastion-1, command line}
 */
public record Actor(String name, String text) {

    /** Environment variable with the name of the operator, for shared accounts and containers. */
    public static final String VARIABLE = "SMS_RUNNER_ACTOR";

    private static final int MAX_NAME = 64;

    /**
     * Operator named by the environment, else the account.
     *
     * @param user account of the operating system
     * @param host name of this machine
     * @throws IllegalArgumentException when the variable is set but is no name; its message is for the operator
     */
    public static Actor of(Map<String, String> environment, String user, String host) {
        var account = printable(user) + "@" + printable(host);
        var name = environment.getOrDefault(VARIABLE, "").strip();
        if (name.isEmpty()) {
            return new Actor(cut(printable(user)), account);
        }
        if (name.codePointCount(0, name.length()) > MAX_NAME || !name.equals(printable(name))) {
            throw new IllegalArgumentException(
                    "%s=%s is no name of an operator. Set at most %d printable characters, or unset the variable."
                            .formatted(VARIABLE, QuotedText.of(name), MAX_NAME));
        }
        return new Actor(name, "%s (%s)".formatted(name, account));
    }

    /** The same operator through an interface, for example {@code command line}. */
    public Actor via(String usedInterface) {
        return new Actor(name, text + ", " + usedInterface);
    }

    private static String cut(String text) {
        return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
    }

    /** The text without characters that could disturb a terminal or hide a part of the name. */
    private static String printable(String text) {
        var kept = new StringBuilder();
        text.codePoints().filter(Actor::isPrintable).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isPrintable(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
