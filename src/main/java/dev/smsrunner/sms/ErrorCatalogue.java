package dev.smsrunner.sms;

import dev.smsrunner.cloud.ApiException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an error code means, what to do about it, and whether a task that failed with it is started again. */
public final class ErrorCatalogue {

    private static final Map<String, ErrorEntry> ENTRIES = ErrorTable.read();

    private ErrorCatalogue() {}

    /**
     * The entry of a code.
     *
     * @param code with or without {@code SMS.}, gateway codes as {@code APIG.} or {@code APIGW.}; null and blank are not known
     */
    public static Optional<ErrorEntry> find(@Nullable String code) {
        return Optional.ofNullable(ENTRIES.get(normal(code)));
    }

    /** For a failed task: a code that no table knows, and no code at all, are worth another start, within the limit of restarts. */
    public static ErrorEntry ofTask(@Nullable String code) {
        return find(code)
                .orElseGet(() -> new ErrorEntry(
                        normal(code).isEmpty()
                                ? "the task failed and named no error"
                                : "error " + code + " is not in the list",
                        ErrorClass.OPERATOR,
                        "Look at the task in the console of SMS, then run the server again.",
                        true));
    }

    /**
     * For a call that failed.
     *
     * @param httpStatus decides when the code is not known; 0 when there was no answer
     */
    public static ErrorEntry ofCall(@Nullable String code, int httpStatus) {
        return find(code).orElseGet(() -> byStatus(httpStatus));
    }

    /** For a call that failed. */
    public static ErrorEntry of(ApiException failure) {
        return ofCall(failure.errorCode(), failure.httpStatus());
    }

    /** Two codes are the same error: with or without {@code SMS.}, in any letter case. */
    public static boolean same(@Nullable String one, @Nullable String other) {
        return !normal(one).isEmpty() && normal(one).equals(normal(other));
    }

    private static String normal(@Nullable String code) {
        String upper = code == null ? "" : code.strip().toUpperCase(Locale.ROOT);
        return upper.replaceFirst("^SMS\\.", "").replaceFirst("^APIGW\\.", "APIG.");
    }

    private static ErrorEntry byStatus(int status) {
        return switch (status) {
            case 0 ->
                entry("no answer came", ErrorClass.TRANSIENT, "Check the endpoint and the network, then try again.");
            case 401 ->
                entry(
                        "the credentials were refused",
                        ErrorClass.OPERATOR,
                        "Check the credentials and the clock of this machine.");
            case 403 -> entry("access is denied", ErrorClass.OPERATOR, "Grant the permissions of SMS to this account.");
            case 404 ->
                entry(
                        "it does not exist",
                        ErrorClass.FIX_AND_RETRY,
                        "Correct the id or the endpoint, then run the server again.");
            case 409 ->
                entry(
                        "it is in the wrong state",
                        ErrorClass.WAIT,
                        "Look at its state in the console, then run the server again.");
            case 429 ->
                entry("too many calls", ErrorClass.TRANSIENT, "Nothing to do, the runner goes slower by itself.");
            default -> byRange(status);
        };
    }

    private static ErrorEntry byRange(int status) {
        if (status >= 500 || status < 300) {
            return entry("the service has trouble", ErrorClass.TRANSIENT, "Wait and try again.");
        }
        return status < 400
                ? entry("the endpoint redirects", ErrorClass.OPERATOR, "Set the endpoint to where the service is.")
                : entry(
                        "the request was refused",
                        ErrorClass.FIX_AND_RETRY,
                        "Correct the row, then run the server again.");
    }

    private static ErrorEntry entry(String meaning, ErrorClass errorClass, String action) {
        return new ErrorEntry(meaning, errorClass, action, false);
    }
}
