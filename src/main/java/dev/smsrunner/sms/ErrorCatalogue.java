package dev.smsrunner.sms;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an error code means, what to do about it, and whether a task that failed with it is started again. */
public final class ErrorCatalogue {

    private static final Map<String, ErrorEntry> ENTRIES = ErrorTable.read();

    private ErrorCatalogue() {}

    /** Some table names the code; with or without {@code SMS.}, gateway codes as {@code APIG.} or {@code APIGW.}. */
    public static boolean knows(@Nullable String code) {
        return ENTRIES.containsKey(normal(code));
    }

    /**
     * What a code means and what to do about it.
     *
     * @param httpStatus explains a call whose code is not known; 0 for a failed task
     */
    public static ErrorEntry explain(@Nullable String code, int httpStatus) {
        ErrorEntry known = ENTRIES.get(normal(code));
        if (known != null) {
            return known;
        }
        return httpStatus == 0 ? unknownTaskError(code) : byStatus(httpStatus);
    }

    /**
     * A task that failed so is started again, within the limit of restarts: the codes that the vendor's list answers with another try, codes
     * that no table knows, and no code at all.
     */
    public static boolean restartable(@Nullable String code) {
        return explain(code, 0).restartable();
    }

    /** Two codes are the same error: with or without {@code SMS.}, in any letter case. */
    public static boolean same(@Nullable String one, @Nullable String other) {
        return !normal(one).isEmpty() && normal(one).equals(normal(other));
    }

    private static String normal(@Nullable String code) {
        String upper = code == null ? "" : code.strip().toUpperCase(Locale.ROOT);
        return upper.replaceFirst("^SMS\\.", "").replaceFirst("^APIGW\\.", "APIG.");
    }

    private static ErrorEntry unknownTaskError(@Nullable String code) {
        String meaning = normal(code).isEmpty() ? "the task named no error" : "error " + code + " is not in the list";
        return new ErrorEntry(
                meaning,
                ErrorClass.OPERATOR,
                "Look at the task in the console of SMS, then run the server again.",
                true);
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
                        "Grant the action that the message names, or sms:server:queryServer and sms:server:migrationServer, to this account.");
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
