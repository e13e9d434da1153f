package dev.smsrunner.simulator;

import java.util.List;

/** An error answer: status, code and text in the error body of the service. */
final class Refusal extends RuntimeException {

    private final int status;
    private final String code;
    private final transient List<String> params;
    private final boolean violation;

    private Refusal(int status, String code, String text, List<String> params, boolean violation) {
        super(text, null, false, false);
        this.status = status;
        this.code = code;
        this.params = params;
        this.violation = violation;
    }

    /** A refusal by the service itself, with HTTP 400. */
    static Refusal service(String code, String text, String... params) {
        return new Refusal(400, code, text, List.of(params), false);
    }

    /** A refusal because the state of the task forbids the call. */
    static Refusal wrongState(String code, String text) {
        return new Refusal(400, code, text, List.of(), true);
    }

    /** A refusal by the API gateway, or with a specific status. */
    static Refusal of(int status, String code, String text) {
        return new Refusal(status, code, text, List.of(), false);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    List<String> params() {
        return params;
    }

    boolean isViolation() {
        return violation;
    }
}
