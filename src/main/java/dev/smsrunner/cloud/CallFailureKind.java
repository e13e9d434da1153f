package dev.smsrunner.cloud;

/** What a failed call leaves behind, which decides what may be done next. */
public enum CallFailureKind {
    /** The service answered and did nothing. */
    REFUSED("was refused", "Nothing was changed."),

    /** Answered 429 until the time for trying was used up; nothing was executed. */
    THROTTLED("was throttled", "Nothing was changed. Try again later or lower limits.requests-per-second."),

    /** It may or may not have been executed: no answer, a broken one, or an error of a gateway. */
    UNKNOWN("has no clear answer", "It may or may not have been carried out: look before it is sent again."),

    /** No connection came about, so nothing was sent. */
    NOT_SENT("was not sent", "Nothing was changed. Check the endpoint and the network."),

    /** The credentials were not accepted, which concerns every call of the run. */
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
