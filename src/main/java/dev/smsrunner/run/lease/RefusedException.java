package dev.smsrunner.run.lease;

import java.util.List;

/** The command was refused and changed nothing; the message contains the reason and the remedy. */
public final class RefusedException extends RuntimeException {

    private final transient List<String> details;

    /** @param message reason and remedy */
    public RefusedException(String message) {
        this(message, List.of());
    }

    /**
     * @param message reason and remedy
     * @param details lines that are printed after the message
     */
    public RefusedException(String message, List<String> details) {
        super(message);
        this.details = List.copyOf(details);
    }

    /** Lines that are printed after the message; may be empty. */
    public List<String> details() {
        return details;
    }
}
