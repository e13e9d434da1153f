package dev.smsrunner.run;

import java.util.List;

/** What was asked for is refused and nothing was changed; the message says why and what to do. */
public final class RefusedException extends RuntimeException {

    private final transient List<String> details;

    /** Says why, and what to do. */
    public RefusedException(String message) {
        this(message, List.of());
    }

    /**
     * Says why, and what to do.
     *
     * @param details one line each, to be read after the message
     */
    RefusedException(String message, List<String> details) {
        super(message);
        this.details = List.copyOf(details);
    }

    /** More about the reason, one line each; may be empty. */
    public List<String> details() {
        return details;
    }
}
