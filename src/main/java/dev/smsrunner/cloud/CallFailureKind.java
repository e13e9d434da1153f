package dev.smsrunner.cloud;

/** Effect of a failed call on the service; decides what the runner may do next. */
public enum CallFailureKind {
    /** The service answered and changed nothing. */
    REFUSED("was refused", "Nothing was changed."),

    /** The service answered 429 until the retry time was over; it executed nothing. */
    THROTTLED("was throttled", "Nothing was changed. Try again later or lower limits.requests-per-second."),

    /** Unknown effect: no answer, a broken answer, or a gateway error. */
    UNKNOWN(
            "has no clear answer",
            "The service may have executed it. The runner checks this before it sends the call again."),

    /** No connection, so nothing was sent. */
    NOT_SENT("was not sent", "Nothing was changed. Check the endpoint and the network."),

    /** The service rejected the credentials, which affects every call of the run. */
    DENIED("was denied", "Nothing was changed. Check the credentials, their scope and the clock of this machine.");

    private final String phrase;
    private final String consequence;

    CallFailureKind(String phrase, String consequence) {
        this.phrase = phrase;
        this.consequence = consequence;
    }

    String phrase() {
        return phrase;
    }

    String consequence() {
        return consequence;
    }
}
