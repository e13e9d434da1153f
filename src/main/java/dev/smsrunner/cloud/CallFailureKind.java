package dev.smsrunner.cloud;

/** Effect of a failed call on the service; decides what the runner may do next. */
public enum CallFailureKind {
    /** The service answered and changed nothing. */
    REFUSED("was refused", "Nothing was changed.", ""),

    /** The service answered 429 until the retry time was over; it executed nothing. */
    THROTTLED("was throttled", "Nothing was changed.", "Try again later or lower limits.requests-per-second."),

    /** Unknown effect: no answer, a broken answer, or a gateway error. */
    UNKNOWN(
            "has no clear answer",
            "The service may have executed it. The runner checks this before it sends the call again.",
            ""),

    /** No connection, so nothing was sent. */
    NOT_SENT("was not sent", "Nothing was changed.", "Check the endpoint and the network."),

    /** The service rejected the credentials, which affects every call of the run. */
    DENIED("was denied", "Nothing was changed.", "Check the credentials, their scope and the clock of this machine.");

    private final String phrase;
    private final String effect;
    private final String remedy;

    CallFailureKind(String phrase, String effect, String remedy) {
        this.phrase = phrase;
        this.effect = effect;
        this.remedy = remedy;
    }

    /** Effect and remedy of a failed read, which changes nothing whatever the answer. */
    String consequenceOfRead(String special) {
        return (REFUSED.effect + " " + (special.isEmpty() ? remedy : special)).strip();
    }

    String phrase() {
        return phrase;
    }

    /**
     * Effect and remedy, for messages.
     *
     * @param special remedy that fits better than that of the kind; empty for none
     */
    String consequence(String special) {
        return (effect + " " + (special.isEmpty() ? remedy : special)).strip();
    }
}
