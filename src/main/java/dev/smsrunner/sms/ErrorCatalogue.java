package dev.smsrunner.sms;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Catalogue of error codes: meaning, remedy, and whether a failed task is restarted. */
public final class ErrorCatalogue {

    private static final Map<String, ErrorEntry> ENTRIES = ErrorTable.read();

    private ErrorCatalogue() {}

    /** Whether the table contains the code, with or without {@code SMS.}; gateway codes as {@code APIG.} or {@code APIGW.}. */
    public static boolean contains(@Nullable String code) {
        return ENTRIES.containsKey(normal(code));
    }

    /**
     * Explains a code.
     *
     * @param httpStatus explains a call with an unknown code; 0 for a failed task
     */
    public static ErrorEntry explain(@Nullable String code, int httpStatus) {
        ErrorEntry known = ENTRIES.get(normal(code));
        if (known != null) {
            return known;
        }
        return httpStatus == 0 ? unknownTaskError(code) : byStatus(httpStatus);
    }

    /**
     * Whether a task with this error is restarted, within the limit of restarts. Applies to codes for which the vendor
     * recommends a retry, to unknown codes, and to a missing code.
     */
    public static boolean isRestartable(@Nullable String code) {
        return explain(code, 0).restartable();
    }

    /** Whether two codes are equal, with or without {@code SMS.}, in any letter case. */
    public static boolean isSameCode(@Nullable String one, @Nullable String other) {
        return !normal(one).isEmpty() && normal(one).equals(normal(other));
    }

    private static String normal(@Nullable String code) {
        String upper = code == null ? "" : code.strip().toUpperCase(Locale.ROOT);
        return upper.replaceFirst("^SMS\\.", "").replaceFirst("^APIGW\\.", "APIG.");
    }

    private static ErrorEntry unknownTaskError(@Nullable String code) {
        String meaning = normal(code).isEmpty() ? "the task reports no error" : "error " + code + " is not in the list";
        return new ErrorEntry(
                meaning, ErrorClass.OPERATOR, "Check the task in the SMS console, then run the server again.", true);
    }

    private static ErrorEntry byStatus(int status) {
        return switch (status) {
            case 401 ->
                entry(
                        "the credentials were refused",
                        ErrorClass.OPERATOR,
                        "Check the credentials and the clock of this machine.");
            case 403 ->
                entry(
                        "access is denied",
                        ErrorClass.OPERATOR,
                        "Grant the action named in the message, or sms:server:queryServer and sms:server:migrationServer, to this account.");
            case 404 ->
                entry(
                        "it does not exist",
                        ErrorClass.FIX_AND_RETRY,
                        "Correct the id or the endpoint, then run the server again.");
            case 409 ->
                entry(
                        "it is in the wrong state",
                        ErrorClass.WAIT,
                        "Check its state in the console, then run the server again.");
            case 429 ->
                entry("too many calls", ErrorClass.TRANSIENT, "Nothing to do: the runner slows down by itself.");
            default -> byRange(status);
        };
    }

    private static ErrorEntry byRange(int status) {
        if (status >= 500 || status < 300) {
            return entry("the service failed", ErrorClass.TRANSIENT, "Wait and try again.");
        }
        return status < 400
                ? entry(
                        "the endpoint redirects",
                        ErrorClass.OPERATOR,
                        "Set the endpoint to the address of the service.")
                : entry(
                        "the request was refused",
                        ErrorClass.FIX_AND_RETRY,
                        "Correct the row, then run the server again.");
    }

    private static ErrorEntry entry(String meaning, ErrorClass errorClass, String action) {
        return new ErrorEntry(meaning, errorClass, action, false);
    }
}
